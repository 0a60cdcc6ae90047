import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "a lot is delivered before it came onto the books", named: "time_before_input" },
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
      "lot_delivered",
      { lot: "OX-1", mass_mg: 1, to: "b", shipment: "D-1", at: "2025-01-01T00:00:00Z", rules: 2 },
    ],
  ],
);
