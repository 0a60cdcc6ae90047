import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the recycled share is stated higher than the claims bear", named: "recycled_share failed" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].elements_mg.Nd.best += 3000;
    },
    facts: (f) => {
      f["recycled_share"] = "1.0000";
    },
  },
);
