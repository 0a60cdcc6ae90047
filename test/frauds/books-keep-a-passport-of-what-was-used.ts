import { contents, inTheBooks, stepOf } from "./museum.ts";
export default inTheBooks(
  { forged: "the books keep the passport of a lot that was used up", named: "passport_of_reversed_lot" },
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
    stepOf("S-1", { lot: "OX-1", ...contents(1_400_000, 1_200_000) }, [
      { lot: "LIQUOR", kind: "liquor", ...contents(1_400_000, 1_200_000) },
    ]),
  ],
);
