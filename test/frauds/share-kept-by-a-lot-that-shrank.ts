import { contents, inTheLog, put } from "./museum.ts";
export default inTheLog(
  {
    forged: "a stocktake finds a tenth of a lot, and its share of the feed stays whole",
    named: "share_above_content",
  },
  {
    bodies: (b) => {
      put(b, "before", [
        "lot_restated",
        {
          lot: "OX-1",
          rules: 2,
          before: contents(1_000_000, 851_356, 850_000),
          after: contents(100_000, 85_135, 850_000),
        },
      ]);
    },
  },
);
