import {
  type Asked,
  besideOrder,
  by,
  type Input,
  longAgo,
  SELLER,
  type Spoil,
  type Spoilt,
  STRANGER,
  same,
  set,
  soldTo,
  title,
  waysToSpoil,
  where,
} from "./ways.ts";

export const TERMS: readonly Spoilt[] = [
  ...waysToSpoil("settle agree", [["by a stranger", "party_differs", same, STRANGER]]),
  ...waysToSpoil("settle accept", [
    ["by who proposed it", "party_differs", same, by("sample-recycler")],
    ["by a stranger", "party_differs", same, STRANGER],
    ["of no version", "version_unknown", set({ version: 2 })],
    ["of no agreement", "agreement_unknown", set({ agreement: "A-NONE" })],
    ["before it was proposed", "time_before_input", set({ at: "2026-01-02T00:00:00Z" })],
  ]),
  ...waysToSpoil("settle lot", [
    ["by a stranger", "party_differs", same, STRANGER],
    ["under no agreement", "agreement_unknown", set({ agreement: "A-NONE" })],
    ["on no sample", "sample_unknown", set({ sample: "Y-NONE" })],
    ["on no shipment", "shipment_unknown", set({ shipment: "B-NONE" })],
    ["before its grounds", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("settle return-oxide", [
    ["by a stranger", "party_differs", same, STRANGER],
    ["under no agreement", "account_unknown", set({ agreement: "A-NONE" })],
    ["what is no oxide", "product_differs", set({ lot: "R-2601-IRON" })],
    ["more than the lot", "mass_exceeds_lot", set({ mass: "900 t" })],
    ["on another certificate", "certificate_differs", set({ certificate: "0".repeat(64) })],
    ["before the lot was there", "lot_not_yet_there", longAgo],
    ["of a stranger's lot", "owner_differs", same, soldTo("sample-buyer-b")],
    // The last: what is the processor's stays so, for its title to pass by the return (settle S60).
    ["a part of its own lot", "split_first", set({ mass: "1 g" }), { detour: passedOn }],
  ]),
];

function passedOn(i: Input): Asked[] {
  return [title(i, "sample-recycler", "sample-refiner")];
}

const cancelled = (nth: number): Asked => ({
  name: "orders cancel",
  as: SELLER,
  input: { order: `O-D${nth}`, why: "thought better of" },
});
const qualified = (to: string): Asked => ({
  name: "orders qualify",
  as: SELLER,
  input: { buyer: "sample-buyer-a", to, why: "trade has its ups and downs", evidence: "QA-D" },
});
const onTrial = (i: Input): boolean => i["order"] === "O-2601";
const toBeside: Spoil = (i, nth) => ({ ...i, order: `O-D${nth}`, mass: "1 g" });

export const TRADE: readonly Spoilt[] = [
  ...waysToSpoil("orders qualify", [
    ["two steps at once", "qualification_skips", where((i) => i["to"] === "trial", set({ to: "qualified" }))],
  ]),
  ...waysToSpoil("orders place", [
    ["nothing", "mass_not_positive", set({ mass: "0 kg" })],
    ["of no seller", "party_unknown", set({ seller: "nobody" })],
    ["for nobody", "buyer_unknown", set({ buyer: "sample-lab-a" })],
    ["too late", "due_date_past", set({ due: "2020-01-01" })],
    ["beyond its trial", "trial_limit_exceeded", set({ buyer: "sample-buyer-b", mass: "5.000001 kg" })],
  ]),
  ...waysToSpoil("orders allocate", [
    ["nothing", "mass_not_positive", set({ mass: "0 kg" })],
    ["to no order", "order_unknown", set({ order: "O-NONE" })],
    [
      "to a closed order",
      "order_closed",
      toBeside,
      { detour: (_, nth) => [besideOrder(nth, "4N"), cancelled(nth)] },
    ],
    [
      "to who may not buy",
      "buyer_not_qualified",
      same,
      {
        detour: () => [qualified("unqualified")],
        back: (i) => [qualified("trial"), ...(onTrial(i) ? [] : [qualified("qualified")])],
      },
    ],
    [
      "beyond its trial",
      "trial_limit_exceeded",
      where((i) => !onTrial(i), same),
      { detour: () => [qualified("trial")], back: () => [qualified("qualified")] },
    ],
    ["of no lot", "lot_unknown", set({ lot: "NO-LOT" })],
    ["of what is used up", "lot_not_on_hand", (i) => ({ ...i, lot: `${i["lot"]}-OXALATE` })],
    ["of another oxide", "product_differs", set({ lot: "OX-2601-Pr" })],
    ["of another's lot", "owner_differs", same, soldTo("sample-refiner")],
    [
      "of less than was asked",
      "specification_not_met",
      toBeside,
      { detour: (_, nth) => [besideOrder(nth, "5N")], back: (_, nth) => [cancelled(nth)] },
    ],
    ["more than there is", "already_promised", set({ mass: "900 kg" })],
    ["more than is asked", "more_than_ordered", set({ mass: "60.000001 kg" })],
    ["before it was ordered", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("orders ship", [
    ["for no order", "order_unknown", set({ order: "O-NONE" })],
    ["by no carrier", "party_unknown", set({ carrier: "nobody" })],
    ["what was not promised", "allocation_unknown", set({ lot: "OX-2601-Pr" })],
    [
      "what is promised no more",
      "allocation_unknown",
      same,
      {
        detour: (i) => [
          { name: "orders release", as: SELLER, input: { order: i["order"], lot: i["lot"], why: "waits" } },
        ],
        back: (i) => [
          { name: "orders allocate", as: SELLER, input: { order: i["order"], lot: i["lot"], mass: "4 kg" } },
        ],
      },
    ],
    ["with another lot's passport", "passport_missing", set({ passport: "P-OX-2601-Dy" })],
    ["with no passport", "passport_missing", set({ passport: "P-NONE" })],
    ["before it was ordered", "time_before_input", longAgo],
    [
      "to who may not buy",
      "buyer_not_qualified",
      same,
      { detour: () => [qualified("unqualified")], back: () => [qualified("trial")] },
    ],
  ]),
];
