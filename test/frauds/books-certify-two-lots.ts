import { contents, inTheBooks } from "./museum.ts";
export default inTheBooks(
  { forged: "one sample carries the certificates of two lots", named: "certificate_used_twice" },
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
      "lot_opened",
      {
        lot: "OX-2",
        kind: "oxide",
        notes: { oxide: "Nd2O3" },
        at: "2026-02-01T00:00:00Z",
        ...contents(1400000, 1200000),
      },
    ],
    ["certificate_released", { lot: "OX-1", certificate: { sample: "Q-1" }, findings: [] }],
    ["certificate_released", { lot: "OX-2", certificate: { sample: "Q-1" }, findings: [] }],
  ],
);
