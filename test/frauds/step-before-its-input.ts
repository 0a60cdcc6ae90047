import { bodyOf, contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  { forged: "a step is dated before its input was made", named: "time_before_input" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].lot = "DRUM";
      const early = stepOf("S-2", { lot: "DRUM", ...contents(1_000_000, 851_356, 850_000) }, [
        { lot: "OX-1", ...contents(1_000_000, 851_356, 850_000) },
      ]);
      put(b, "before", ["step_recorded", { ...early[1], at: "2019-01-01T00:00:00Z" }]);
    },
  },
);
