import { contents, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "the lot is measured anew after its passport, which stays", named: "passport_of_reversed_lot" },
  {
    bodies: (b) => {
      put(b, "end", [
        "lot_restated",
        { lot: "OX-1", before: contents(1_000_000, 851_356), after: contents(900_000, 766_220) },
      ]);
    },
  },
);
