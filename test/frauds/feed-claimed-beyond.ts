import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "two passports claim more of a feed than was measured in it", named: "feed_claims failed" },
  {
    bodies: (b) => {
      bodyOf(b, "passport_issued").feeds_mg["F-1"].Nd = 150_001;
    },
  },
);
