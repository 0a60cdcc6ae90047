import { contents, inTheBooks } from "./museum.ts";

const back = { agreement: "A-1", lot: "OX-1", freed: [{ lot: "OX-1", mass_mg: 1_400_000 }] };
export default inTheBooks(
  {
    forged: "a return is taken back twice, so that the oxide is owed twice",
    named: "taken_back_beyond_return",
  },
  () => [
    [
      "lot_opened",
      {
        ...{ lot: "OX-1", kind: "oxide", notes: { oxide: "Nd2O3" }, at: "2026-02-01T00:00:00Z" },
        ...contents(1400000, 1200000),
      },
    ],
    ["account_posted", { agreement: "A-1", returned: { lot: "OX-1", mass_mg: 1_400_000 } }],
    ["return_taken_back", back],
    ["return_taken_back", back],
  ],
);
