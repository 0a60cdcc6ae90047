import { bodyOf, contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  {
    forged: "after a stocktake that found a tenth, metal never settled is drawn as recycled",
    named: "share_above_content",
  },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].lot = "DRUM";
      put(
        b,
        "before",
        [
          "lot_restated",
          { lot: "DRUM", before: contents(1_000_000, 851_356), after: contents(100_000, 85_135) },
        ],
        stepOf("S-2", { lot: "DRUM", ...contents(100_000, 85_135, 85_001) }, [
          { lot: "OX-1", ...contents(1_000_000, 851_356, 85_000) },
        ]),
      );
    },
  },
);
