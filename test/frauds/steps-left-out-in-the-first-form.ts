import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a passport of the first form leaves out a step", named: "provenance_differs" },
  {
    facts: (f) => {
      f["provenance"] = {
        collected_in: ["US"],
        sites: [],
        chain_of_custody: "controlled_blending",
        origin: "recovered",
      };
    },
    subject: (s) => {
      delete s["rules"];
    },
  },
);
