import { contents, inTheBooks, stepOf } from "./museum.ts";

export default inTheBooks(
  {
    forged: "a lot that an order waits for is spilt, with a hundredth left",
    named: "promised_matter_changed",
  },
  () => [
    [
      "lot_opened",
      {
        ...{ lot: "OX-1", kind: "oxide", notes: { oxide: "Nd2O3" }, at: "2026-02-01T00:00:00Z" },
        ...contents(1_400_000, 1_200_000),
      },
    ],
    ["order_allocated", { order: "O-1", lot: "OX-1", mass_mg: 1_400_000 }],
    stepOf("S-1", { lot: "OX-1", ...contents(1_400_000, 1_200_000) }, [
      { lot: "REST", ...contents(14_000, 12_000) },
    ]),
  ],
);
