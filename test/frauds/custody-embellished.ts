import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the passport calls a blend segregated", named: "label_too_strong" },
  {
    facts: (f) => {
      f["provenance"].chain_of_custody = "segregated";
    },
  },
);
