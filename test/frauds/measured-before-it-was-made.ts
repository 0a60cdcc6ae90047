import { contents, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "a lot is measured anew before it was made", named: "time_before_input" },
  {
    bodies: (b) => {
      put(b, "before", [
        "lot_restated",
        {
          lot: "OX-1",
          at: "2020-01-01T00:00:00Z",
          before: contents(1_000_000, 851_356),
          after: contents(1_000_000, 851_356),
        },
      ]);
    },
  },
);
