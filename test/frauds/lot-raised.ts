import { contents, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "a lot is said to hold more after it was made", named: "balance failed" },
  {
    bodies: (b) => {
      put(b, "before", [
        "lot_restated",
        { lot: "OX-1", before: contents(1_000_000, 851_356), after: contents(1_100_000, 900_000) },
      ]);
    },
  },
);
