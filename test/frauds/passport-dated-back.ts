import { inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "a passport is dated back to before its certificate of analysis was released",
    named: "time_before_input",
  },
  {
    facts: (f) => {
      f["validFrom"] = "2026-03-02T00:00:00.000Z";
    },
  },
);
