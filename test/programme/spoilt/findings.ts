import { by, every, longAgo, type Spoilt, STRANGER, same, set, waysToSpoil, where } from "./ways.ts";

export const FINDINGS: readonly Spoilt[] = [
  ...waysToSpoil("assay sample", [
    ["of no lot", "lot_unknown", set({ lot: "NO-LOT" })],
    ["one seal for all", "seal_used_twice", (i) => every(i, "portions", () => ({ seal: "S-1" }))],
    ["before the lot was there", "lot_not_yet_there", longAgo],
  ]),
  ...waysToSpoil("assay report", [
    [
      "more than the whole",
      "sum_above_whole",
      where(
        (i) => i["mg_per_kg"],
        (i) => ({ ...i, mg_per_kg: { ...i["mg_per_kg"], Nd: { best: 999_999, sd: 1 } } }),
      ),
    ],
    [
      "by the other's laboratory",
      "laboratory_not_independent",
      where((i) => i["side"] === "processor", set({ laboratory: "sample-lab-a" })),
    ],
    [
      "as umpire before the exchange",
      "exchange_not_complete",
      where((i) => i["mg_per_kg"], set({ side: "umpire" })),
    ],
    ["before it was drawn", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("assay release", [
    ["by who reported", "released_by_reporter", same, { as: (as) => `chemist@${as.split("@")[1]}` }],
    ["before it was reported", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("certify release", [
    [
      "on another lot's sample",
      "sample_of_another_lot",
      where((i) => i["lot"] !== "OX-2601-Dy", set({ sample: "Q-OX-2601-Dy" })),
    ],
    ["on what two firms exchanged", "sample_of_another_lot", set({ sample: "Y-C-2601-DEM" })],
    ["of no lot", "lot_unknown", set({ lot: "NO-LOT" })],
    ["of what is no product", "product_differs", set({ lot: "R-2601-IRON" })],
    ["on no sample", "sample_unknown", set({ sample: "Q-NONE" })],
    ["on better results", "results_differ", set({ reo_pct: "99.99" })],
    ["before its results were released", "results_not_released", longAgo],
  ]),
  ...waysToSpoil("certify issue", [
    ["by a stranger", "party_differs", same, by("sample-lab-a")],
    ["in its own name by a stranger", "party_differs", set({ issuer: "sample-carrier" }), STRANGER],
    ["in nobody's name", "party_unknown", set({ issuer: "nobody" })],
    ["of no lot", "lot_unknown", set({ lot: "NO-LOT" })],
    ["of what is used up", "lot_not_on_hand", (i) => ({ ...i, lot: `${i["lot"]}-OXALATE` })],
    ["in the owner's name", "party_differs", set({ issuer: "sample-recycler" })],
    ["of what has no certificate", "certificate_missing", set({ lot: "R-2601-IRON" })],
  ]),
];
