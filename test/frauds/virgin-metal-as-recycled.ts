import { inTheLog, mixedWithVirgin } from "./museum.ts";
export default inTheLog(
  {
    forged:
      "ninefold virgin oxide is mixed in as an addition, and the share is still of what the books hold alone",
    named: "metal_not_traced",
  },
  {
    ...mixedWithVirgin,
    // The first form counted so, and its share holds by its own arithmetic.
    subject: (s) => {
      delete s["rules"];
    },
  },
);
