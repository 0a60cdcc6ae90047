import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "the books settle in a feed more metal than it weighs", named: "content_above_mass" },
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
    [
      "lot_restated",
      { lot: "OX-1", before: contents(1_400_000, 1_200_000), after: contents(1_400_000, 1_500_000) },
    ],
    ["feed_measured", { feed: "OX-1", elements_mg: { Nd: { best: 1_500_000, sd: 1 } } }],
  ],
);
