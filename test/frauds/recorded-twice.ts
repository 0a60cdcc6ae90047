import { bodyOf, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "one passport is recorded twice in the log", named: "feed_claims failed" },
  {
    bodies: (b) => {
      put(b, "end", ["passport_issued", { ...bodyOf(b, "passport_issued", 1) }]);
    },
  },
);
