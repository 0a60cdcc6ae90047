import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a step makes more metal than went in", named: "balance failed" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].elements_mg.Nd.best += 9000;
    },
  },
);
