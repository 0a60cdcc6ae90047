import { inTheLog } from "./museum.ts";
import { never, restOn } from "./museum-analysis.ts";
export default inTheLog(
  { forged: "no laboratory reported on the sample that it rests on", named: "certificate_not_released" },
  {
    bodies: (b) =>
      restOn(b, ({ report, release }) => {
        never(report);
        never(release);
      }),
  },
);
