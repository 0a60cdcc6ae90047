import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the log records that another key signs this passport", named: "this_passport_recorded failed" },
  {
    bodies: (b) => {
      bodyOf(b, "passport_issued", 1).signed_by = "did:key:zCarrier";
    },
  },
);
