import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "an input that nobody made", named: "lineage failed" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").inputs[0].lot = "F-9";
    },
  },
);
