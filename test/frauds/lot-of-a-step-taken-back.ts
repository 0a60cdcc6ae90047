import { inTheLog, put } from "./museum.ts";
export default inTheLog(
  {
    forged: "a passport is issued for a lot whose step had been taken back",
    named: "passport_of_reversed_lot",
  },
  {
    bodies: (b) => {
      put(b, "before", ["step_reversed", { step: "S-1", at: "2026-03-04T00:00:00Z", why: "mistake" }]);
    },
  },
);
