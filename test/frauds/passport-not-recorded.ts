import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a passport that the log does not know", named: "this_passport_recorded failed" },
  {
    bodies: (b) => {
      bodyOf(b, "passport_issued", 1).passport = "P-2";
    },
  },
);
