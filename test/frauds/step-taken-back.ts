import { inTheLog, put } from "./museum.ts";
export default inTheLog(
  {
    forged: "the step that made the lot is taken back, and its passport stays",
    named: "passport_of_reversed_lot",
  },
  {
    bodies: (b) => {
      put(b, "end", ["step_reversed", { step: "S-1", at: "2026-03-08T00:00:00Z", why: "mistake" }]);
    },
  },
);
