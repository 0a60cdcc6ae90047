import { contents, inTheBooks, stepOf } from "./museum.ts";
export default inTheBooks(
  { forged: "a step attributes to a feed more than came in of it", named: "share_above_content" },
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
    stepOf("S-1", { lot: "OX-1", ...contents(700_000, 600_000), feeds_mg: { "OX-1": { Nd: 600_000 } } }, [
      { lot: "DRUM", ...contents(700_000, 700_000), feeds_mg: { "OX-1": { Nd: 600_001 } } },
    ]),
  ],
);
