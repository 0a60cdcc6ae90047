import { inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "the results were corrected, and the passport stays", named: "certificate_superseded" },
  {
    bodies: (b) => {
      put(b, "end", [
        "certificate_superseded",
        { lot: "OX-1", sample: "Q-1", why: "a blank was subtracted twice", at: "2026-03-08T00:00:00Z" },
      ]);
    },
  },
);
