import { impurities } from "../support/passport-world.ts";
import { inTheLog } from "./museum.ts";
import { restOn } from "./museum-analysis.ts";
export default inTheLog(
  { forged: "the laboratory found forty times the praseodymium", named: "certificate_not_released" },
  {
    bodies: (b) =>
      restOn(b, ({ report }) => {
        report["results"] = impurities("924.1");
      }),
  },
);
