import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a doubt as wide as the lot lets any balance close", named: "balance failed" },
  {
    bodies: (b) => {
      for (const output of bodyOf(b, "step_recorded").outputs) output.mass_mg.moves = { scale: 500_000 };
    },
  },
);
