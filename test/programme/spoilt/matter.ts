import {
  every,
  first,
  longAgo,
  ofKind,
  run,
  type Spoilt,
  set,
  tenfold,
  twice,
  waysToSpoil,
  where,
} from "./ways.ts";

const assay = (element: string, best: number) => ({
  ...{ by: "assay", laboratory: "sample-lab-a" },
  mg_per_kg: { [element]: { best, sd: 1 } },
});
/** What came apart on the bench holds this instead of what was found. */
const holding = (content: object) => where(ofKind("dismantle"), (i) => first(i, "outputs", { content }));
const allHolding = (content: object) =>
  where(ofKind("dismantle"), (i) => every(i, "outputs", () => ({ content })));
const WHOLE = { best: 1, sd: 0 };

export const MATTER: readonly Spoilt[] = [
  ...waysToSpoil("prepare step", [
    ["of no lot", "lot_unknown", (i) => first(i, "inputs", { lot: "NO-LOT" })],
    ["one lot twice", "lot_named_twice", (i) => twice(i, "inputs")],
    ["more than the lot", "mass_exceeds_lot", (i) => first(i, "inputs", { mass: "900 t" })],
    ["makes what is there", "lot_name_taken", (i) => first(i, "outputs", { lot: i["inputs"][0].lot })],
    ["makes one twice", "lot_named_twice", (i) => twice(i, "outputs")],
    ["makes ten times as much", "mass_does_not_close", where((i) => !i["accept_open"], tenfold)],
    [
      "where it is not",
      "lot_not_here",
      where(ofKind("split"), (i) => ({
        ...every(i, "outputs", () => ({ scale: undefined, sd: "1 kg" })),
        site: "sumner",
      })),
    ],
    ["where nobody can", "site_cannot", where(ofKind("demagnetise"), set({ site: "goodyear" }))],
    ["nothing of the lot", "mass_not_positive", (i) => first(i, "inputs", { mass: "0 kg" })],
    ["makes nothing", "step_empty", set({ outputs: [], losses: [] })],
    ["makes what weighs nothing", "mass_not_positive", (i) => first(i, "outputs", { mass: "0 kg" })],
    ["of no kind", "step_kind_unknown", set({ kind: "transmute" })],
    ["before its input was there", "time_before_input", longAgo],
    ["some day", "date_in_future", set({ at: "2099-01-01T00:00:00Z" })],
    ["more of a metal than went in", "content_negative", holding(assay("Nd", 900_000))],
    ["what is no metal", "element_unknown", holding(assay("Zz", 1))],
    [
      "twice all that went in",
      "fractions_exceed_one",
      allHolding({ by: "transfer", fractions: { "*": WHOLE } }),
    ],
    ["two rests", "rest_named_twice", allHolding({ by: "rest" })],
    [
      "a metal out of nothing",
      "element_does_not_close",
      where(ofKind("demagnetise"), (i) => first(i, "outputs", { content: assay("Nd", 350_000) })),
    ],
  ]),
  ...waysToSpoil("refine record-run", [
    ["of no lot", "lot_unknown", run((i) => first(i, "inputs", { lot: "NO-LOT" }))],
    ["makes ten times as much", "content_negative", run(tenfold)],
    ["before it was planned", "time_before_input", run(longAgo)],
    ["of no campaign", "campaign_unknown", set({ campaign: "K-NONE" })],
    [
      "a product it did not make",
      "lot_unknown",
      (i) => ({ ...i, products: { ...i["products"], "NO-LOT": "Nd" } }),
    ],
  ]),
  ...waysToSpoil("refine plan", [
    ["of no lot", "lot_unknown", set({ lot: "NO-LOT" })],
    ["on columns elsewhere", "column_elsewhere", set({ columns: ["marion-c1"] })],
    ["on no column", "column_unknown", set({ columns: ["noblesville-floor"] })],
    [
      "on one column twice",
      "column_named_twice",
      (i) => ({ ...i, columns: ["noblesville-c1", "noblesville-c1"] }),
    ],
    ["of iron", "feed_not_clean", set({ lot: "R-2601-IRON" })],
    ["before the lot was there", "lot_not_yet_there", longAgo],
    ["for what is not in it", "target_unknown", set({ targets: { Eu: 0.99 } })],
  ]),
];

export const GOODS: readonly Spoilt[] = [
  ...waysToSpoil("intake receive", [
    ["from nowhere", "zip_unknown", set({ from_zip: "00000" })],
    ["of nobody", "party_unknown", set({ owner: "nobody" })],
    ["at no centre", "site_unknown", set({ site: "nowhere" })],
  ]),
  ...waysToSpoil("intake weigh-pallets", [
    ["less than its tare", "net_not_positive", (i) => first(i, "pallets", { tare: "900 t" })],
    ["one pallet twice", "pallet_named_twice", (i) => twice(i, "pallets")],
    ["on no scale", "scale_unknown", (i) => first(i, "pallets", { scale: "no-scale" })],
    ["before it came", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("intake read-manifest", [
    ["of no consignment", "consignment_unknown", set({ consignment: "C-NONE" })],
    ["before it came", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("intake open-lots", [
    ["of no consignment", "consignment_unknown", set({ consignment: "C-NONE" })],
    ["before it came", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("intake resolve-row", [
    ["of no row", "row_unknown", set({ row: 2 })],
    ["before it was read", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("intake sanitize", [
    [
      "more than there are",
      "no_record_accepted",
      (i) => every(i, "records", (r) => ({ devices: r["devices"] + 1 })),
    ],
    [
      "not verified",
      "no_record_accepted",
      (i) => every(i, "records", () => ({ verification: { method: "m", result: "failed" } })),
    ],
    [
      "validated by who did it",
      "no_record_accepted",
      (i) => every(i, "records", (r) => ({ validated_by: r["sanitized_by"] })),
    ],
    ["before it came", "time_before_input", longAgo],
  ]),
  ...waysToSpoil("intake issue-certificate", [
    ["of no consignment", "consignment_unknown", set({ consignment: "C-NONE" })],
  ]),
  ...waysToSpoil("ship send", [
    ["of no lot", "lot_unknown", (i) => first(i, "lots", { lot: "NO-LOT" })],
    [
      "one lot twice",
      "lot_named_twice",
      (i) =>
        twice(
          every(i, "lots", () => ({ seals: [] })),
          "lots",
        ),
    ],
    ["one seal twice", "seal_used_twice", (i) => first(i, "lots", { seals: ["S-1", "S-1"] })],
    [
      "from where it is not",
      "lot_not_here",
      (i) => ({ ...every(i, "lots", () => ({ scale: undefined, sd: "1 kg" })), from: "badin" }),
    ],
    ["to where it is", "same_place", (i) => ({ ...i, to: i["from"] })],
    ["before it was there", "lot_not_yet_there", longAgo],
  ]),
  ...waysToSpoil("ship receive", [
    ["what is no shipment", "shipment_unknown", set({ shipment: "B-NONE" })],
    ["what was not sent", "lot_not_in_shipment", (i) => first(i, "lots", { lot: "R-2601-IRON" })],
    ["one lot twice", "lot_named_twice", (i) => twice(i, "lots")],
    ["before it was sent", "time_before_input", longAgo],
  ]),
];
