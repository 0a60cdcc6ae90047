import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a passport that is valid from next year", named: "validity failed" },
  {
    facts: (f) => {
      f["validFrom"] = "2027-01-01T00:00:00Z";
    },
  },
);
