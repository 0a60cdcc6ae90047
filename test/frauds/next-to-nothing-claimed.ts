import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "a passport claims a few milligrams of a kilogram, to have a passport at all",
    named: "recycled_share failed",
  },
  {
    bodies: (b) => {
      bodyOf(b, "passport_issued", 1).feeds_mg = { "F-1": { Nd: 13 } };
    },
    facts: (f) => {
      f["claims_mg"] = { "F-1": { Nd: 13 } };
      f["recycled_share"] = "0.0000";
    },
  },
);
