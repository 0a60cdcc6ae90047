import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "a passport of a lot that was never certified", named: "certificate_not_released" },
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
    ["passport_issued", { passport: "P-1", lot: "OX-1", mass_mg: 1_400_000, feeds_mg: {} }],
  ],
);
