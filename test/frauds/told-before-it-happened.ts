import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "an entry tells of what happens next year", named: "time_after_entry" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").at = "2027-01-01T00:00:00Z";
    },
  },
);
