import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "one lot is promised to two orders in full", named: "promised_twice" },
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
    ["order_allocated", { order: "O-2", lot: "OX-1", mass_mg: 1 }],
  ],
);
