import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "more is attributed to a feed than is drawn", named: "share_above_content" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").inputs[0].elements_mg.Nd.best = 940_000;
    },
  },
);
