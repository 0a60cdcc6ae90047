import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a purity that its own impurities do not give", named: "certificate failed" },
  {
    facts: (f) => {
      f["certificate"] = {
        ...f["certificate"],
        purity: { ...f["certificate"].purity, purity_pct: "99.999" },
      };
    },
  },
);
