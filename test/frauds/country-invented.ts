import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the passport names a country that no record states", named: "provenance_differs" },
  {
    facts: (f) => {
      f["provenance"].sites[0].country = "US";
    },
  },
);
