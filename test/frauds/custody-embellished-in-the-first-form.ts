import { bodyOf, contents, inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "a passport of the first form calls a blend with unsettled metal segregated",
    named: "label_too_strong",
  },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").inputs.push({ lot: "F-0", ...contents(10, 1), feeds_mg: {} });
      b.unshift(["lot_opened", { lot: "F-0" }]);
    },
    facts: (f) => {
      f["provenance"] = {
        collected_in: ["US"],
        sites: [{ step: "calcine", at: "2026-03-01T00:00:00Z" }],
        chain_of_custody: "segregated",
        origin: "recovered",
      };
    },
    subject: (s) => {
      delete s["rules"];
    },
  },
);
