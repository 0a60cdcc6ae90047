import { certificateOf, impurities } from "../support/passport-world.ts";
import { inTheLog } from "./museum.ts";

export default inTheLog(
  { forged: "a specification that its own figures do not meet", named: "certificate failed" },
  {
    facts: (f) => {
      const poor = certificateOf("OX-1", 1_000_000, impurities("400"));
      f["certificate"] = { ...poor, specifications: f["certificate"].specifications };
    },
  },
);
