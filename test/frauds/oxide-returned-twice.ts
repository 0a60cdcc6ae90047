import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "one oxide lot is returned under two agreements", named: "returned_twice" },
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
    ["account_posted", { agreement: "A-1", returned: { lot: "OX-1", mass_mg: 1_400_000 } }],
    ["account_posted", { agreement: "A-2", returned: { lot: "OX-1", mass_mg: 1_400_000 } }],
  ],
);
