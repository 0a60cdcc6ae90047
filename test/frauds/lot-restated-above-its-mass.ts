import { contents, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "a lot is measured anew with elements that weigh more than it", named: "content_above_mass" },
  {
    bodies: (b) => {
      put(b, "before", [
        "lot_restated",
        { lot: "OX-1", before: contents(1_000_000, 851_356), after: contents(800_000, 851_356) },
      ]);
    },
  },
);
