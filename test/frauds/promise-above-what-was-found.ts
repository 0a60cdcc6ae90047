import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "a stocktake finds half of a lot that is promised in full", named: "promised_twice" },
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
    ["order_allocated", { order: "O-1", lot: "OX-1", mass_mg: 1_400_000 }],
    [
      "lot_restated",
      { lot: "OX-1", before: contents(1_400_000, 1_200_000), after: contents(700_000, 600_000) },
    ],
  ],
);
