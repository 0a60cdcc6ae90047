import { inTheLog } from "./museum.ts";
import { restOn } from "./museum-analysis.ts";
export default inTheLog(
  { forged: "the sample that it rests on was drawn of another drum", named: "certificate_not_released" },
  {
    bodies: (b) =>
      restOn(b, ({ sample }) => {
        sample["lot"] = "OX-0";
      }),
  },
);
