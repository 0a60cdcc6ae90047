import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "metal that was never used is called recycled, all of it", named: "label_too_strong" },
  {
    bodies: (b) => {
      bodyOf(b, "feed_traced").trace.feedstock = { Nd: { virgin: 1 } };
    },
    facts: (f) => {
      Object.assign(f["provenance"], { feedstock: { Nd: { virgin: "1.0000" } }, origin: "virgin" });
    },
  },
);
