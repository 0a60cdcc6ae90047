import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "more metal is claimed than the oxide can hold", named: "stoichiometry failed" },
  {
    facts: (f) => {
      f["claims_mg"] = { "F-1": { Nd: 870_000 } };
    },
  },
);
