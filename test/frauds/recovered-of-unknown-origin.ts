import { inTheLog, mixedWithVirgin } from "./museum.ts";
export default inTheLog(
  {
    forged: "a lot that is mostly metal of unknown origin says its true share, and calls itself recovered",
    named: "label_too_strong",
  },
  {
    ...mixedWithVirgin,
    facts: (f) => {
      mixedWithVirgin.facts(f);
      f["recycled_share"] = "0.0990";
      f["provenance"].origin = "recovered";
    },
  },
);
