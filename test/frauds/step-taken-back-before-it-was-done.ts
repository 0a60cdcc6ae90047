import { contents, inTheBooks, stepOf } from "./museum.ts";
export default inTheBooks(
  { forged: "a step is taken back before it was done", named: "time_before_input" },
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
    stepOf("S-1", { lot: "OX-1", ...contents(1_400_000, 1_200_000) }, [
      { lot: "DRUM", ...contents(1_400_000, 1_200_000) },
    ]),
    ["step_reversed", { step: "S-1", at: "2026-02-20T00:00:00Z", why: "mistake" }],
  ],
);
