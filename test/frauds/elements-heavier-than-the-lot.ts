import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the elements of a lot weigh more than the lot", named: "content_above_mass" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].elements_mg.Fe = { best: 200_000, moves: { assay: 300_000 } };
    },
  },
);
