import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the passport claims more of a feed than its lot has of it", named: "share_above_content" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].feeds_mg["F-1"].Nd = 849_999;
    },
  },
);
