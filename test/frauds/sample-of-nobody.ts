import { inTheLog } from "./museum.ts";
import { never, restOn } from "./museum-analysis.ts";
export default inTheLog(
  { forged: "nobody drew the sample that it rests on", named: "certificate_not_released" },
  { bodies: (b) => restOn(b, ({ sample }) => never(sample)) },
);
