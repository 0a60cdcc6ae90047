import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "a passport of the first form states more than the claims are of what the books held",
    named: "recycled_share failed",
  },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].elements_mg.Nd.best += 3000;
    },
    facts: (f) => {
      f["recycled_share"] = "1.0000";
    },
    subject: (s) => {
      delete s["rules"];
    },
  },
);
