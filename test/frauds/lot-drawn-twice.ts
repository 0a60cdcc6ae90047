import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "one lot goes into two batches in full", named: "balance failed" },
  {
    bodies: (b) => {
      const step = bodyOf(b, "step_recorded");
      const again = structuredClone(step);
      Object.assign(again, { step: "S-0" });
      again.outputs[0].lot = "HALF";
      again.outputs[1].lot = "OTHER-HALF";
      step.inputs.push({ ...structuredClone(again.outputs[0]) });
      step.additions = [];
      step.outputs.push({ ...structuredClone(again.outputs[0]), lot: "LEFT-OVER" });
      b.splice(2, 0, ["step_recorded", again]);
    },
  },
);
