import { inTheLog } from "./museum.ts";
import { never, restOn } from "./museum-analysis.ts";
export default inTheLog(
  { forged: "the results that it rests on were never released", named: "certificate_not_released" },
  { bodies: (b) => restOn(b, ({ release }) => never(release)) },
);
