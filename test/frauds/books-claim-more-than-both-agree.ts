import { drumOf, inTheBooks } from "./museum.ts";

/** Both laboratories correct their results to half after the passport; the passport is neither revoked nor made anew. */
export default inTheBooks(
  {
    forged: "a passport keeps claims on a feed of which both firms agree since that it held half",
    named: "share_above_content",
  },
  () => [
    ...drumOf({ feeds_mg: { "F-1": { Nd: 840_000 } } }),
    [
      "feed_agreed",
      {
        feed: "F-1",
        at: "2026-03-05T00:00:00Z",
        evidence: "",
        elements_mg: { Nd: { best: 600_000, sd: 0 } },
      },
    ],
  ],
);
