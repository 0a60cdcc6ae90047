import { contents, inTheBooks, stepOf } from "./museum.ts";
export default inTheBooks(
  {
    forged: "the books keep the share of a lot in another feed when a stocktake finds a tenth of it",
    named: "share_above_content",
  },
  () => [
    [
      "lot_opened",
      {
        lot: "OX-1",
        kind: "oxide",
        notes: { oxide: "Nd2O3" },
        at: "2026-02-01T00:00:00Z",
        ...contents(1400000, 1200000),
      },
    ],
    ["feed_measured", { feed: "OX-1", elements_mg: { Nd: { best: 1_200_000, sd: 1 } } }],
    stepOf(
      "S-1",
      { lot: "OX-1", ...contents(1_400_000, 1_200_000), feeds_mg: { "OX-1": { Nd: 1_200_000 } } },
      [{ lot: "DRUM", ...contents(1_400_000, 1_200_000), feeds_mg: { "OX-1": { Nd: 1_200_000 } } }],
    ),
    [
      "lot_restated",
      { lot: "DRUM", before: contents(1_400_000, 1_200_000), after: contents(140_000, 120_000) },
    ],
  ],
);
