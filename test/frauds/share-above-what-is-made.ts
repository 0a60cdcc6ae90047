import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "more is attributed to a feed than the lot holds", named: "share_above_content" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].elements_mg.Nd.best = 849_000;
    },
  },
);
