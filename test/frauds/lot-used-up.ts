import { contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  {
    forged: "what the passport describes is dissolved, and the passport stays",
    named: "passport_of_reversed_lot",
  },
  {
    bodies: (b) => {
      put(
        b,
        "end",
        stepOf("S-2", { lot: "OX-1", ...contents(1_000_000, 851_356, 850_000) }, [
          { lot: "LIQUOR", kind: "liquor", ...contents(1_000_000, 851_356, 850_000) },
        ]),
      );
    },
  },
);
