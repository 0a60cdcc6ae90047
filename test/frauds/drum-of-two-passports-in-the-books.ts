import { contents, inTheBooks, stepOf } from "./museum.ts";
export default inTheBooks(
  { forged: "a drum with a passport is divided, and its part gets another", named: "promised_twice" },
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
      "certificate_released",
      { lot: "OX-1", certificate: { sample: "Q-1", net_mass_mg: 1_400_000 }, findings: [] },
    ],
    ["passport_issued", { passport: "P-1", lot: "OX-1", mass_mg: 1_400_000, feeds_mg: {} }],
    stepOf("S-1", { lot: "OX-1", ...contents(700_000, 600_000) }, [
      { lot: "DRUM", ...contents(700_000, 600_000) },
    ]),
    [
      "certificate_released",
      { lot: "DRUM", certificate: { sample: "Q-2", net_mass_mg: 700_000 }, findings: [] },
    ],
    ["passport_issued", { passport: "P-2", lot: "DRUM", mass_mg: 700_000, feeds_mg: {} }],
  ],
);
