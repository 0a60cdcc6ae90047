import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the log records the passport with another mass", named: "this_passport_recorded failed" },
  {
    bodies: (b) => {
      bodyOf(b, "passport_issued", 1).mass_mg = 999_999;
    },
  },
);
