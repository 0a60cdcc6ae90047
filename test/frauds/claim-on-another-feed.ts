import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the passport claims on a feed from which no step leads to its lot", named: "lineage failed" },
  {
    bodies: (b) => {
      b.splice(2, 0, ["feed_measured", { feed: "F-2", elements_mg: { Nd: { best: 900_000, sd: 1 } } }]);
      bodyOf(b, "passport_issued", 1).feeds_mg = { "F-2": { Nd: 850_000 } };
    },
    facts: (f) => {
      f["claims_mg"] = { "F-2": { Nd: 850_000 } };
    },
  },
);
