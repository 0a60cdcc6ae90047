// biome-ignore lint/suspicious/noExplicitAny: an ask is spoilt as text would be, whatever its schema promises
type Input = Record<string, any>;
type Spoil = (input: Input, nth: number) => Input | undefined;
type Acts = (input: Input, nth: number) => readonly Asked[];

export interface Asked {
  readonly name: string;
  readonly as: string;
  readonly input: object;
}

/**
 * What somebody dishonest or tired makes of a lawful ask: one thing in it is wrong, on books on which it would be let through
 * without that. So each is refused by the code of the very check that is meant: a refusal by another one hides it.
 */
export interface Spoilt {
  readonly name: string;
  readonly what: string;
  readonly code: string;
  /** The ask with one thing wrong; nothing where this one has no such thing. */
  readonly spoil: Spoil;
  /** Who asks, where that is the wrong thing. */
  readonly as?: (as: string) => string;
  /** Lawful acts that make the ask wrong, and those that put the world right again. */
  readonly detour?: Acts;
  readonly back?: Acts;
}

type Row = readonly [
  what: string,
  code: string,
  spoil: Spoil,
  more?: Omit<Spoilt, "name" | "what" | "code" | "spoil">,
];
const waysToSpoil = (name: string, rows: readonly Row[]): Spoilt[] =>
  rows.map(([what, code, spoil, more]) => ({ name, what, code, spoil, ...more }));

const SELLER = "commercial manager@sample-recycler";
const by = (party: string) => ({ as: (as: string) => `${as.split("@")[0]}@${party}` });
const STRANGER = by("sample-carrier");

const same: Spoil = (input) => input;
const set =
  (change: object): Spoil =>
  (input) => ({ ...input, ...change });
const longAgo = set({ at: "2026-01-05T14:00:00Z" });
const first = (input: Input, list: string, change: object): Input => ({
  ...input,
  [list]: input[list].map((one: Input, i: number) => (i === 0 ? { ...one, ...change } : one)),
});
const every = (input: Input, list: string, change: (one: Input) => object): Input => ({
  ...input,
  [list]: input[list].map((one: Input) => ({ ...one, ...change(one) })),
});
const twice = (input: Input, list: string): Input => ({ ...input, [list]: [...input[list], input[list][0]] });
const tenfold = (input: Input): Input => {
  const [amount, unit] = input["outputs"][0].mass.split(" ");
  return first(input, "outputs", { mass: `${(10 * Number(amount)).toFixed(6)} ${unit}` });
};
const where =
  (holds: (input: Input) => unknown, spoil: Spoil): Spoil =>
  (input, nth) =>
    holds(input) ? spoil(input, nth) : undefined;
const ofKind =
  (...kinds: string[]) =>
  (input: Input): boolean =>
    kinds.includes(input["kind"]);
const run =
  (spoil: Spoil): Spoil =>
  (input, nth) => ({ ...input, run: spoil(input["run"], nth) });

const ALL_ND = { by: "assay", laboratory: "sample-lab-a", mg_per_kg: { Nd: { best: 900_000, sd: 1 } } };

const MATTER: readonly Spoilt[] = [
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
    ["of no kind", "step_kind_unknown", set({ kind: "transmute" })],
    ["before its input was there", "time_before_input", longAgo],
    ["some day", "date_in_future", set({ at: "2099-01-01T00:00:00Z" })],
    [
      "more of a metal than went in",
      "content_negative",
      where(ofKind("dismantle"), (i) => first(i, "outputs", { content: ALL_ND })),
    ],
    [
      "a metal out of nothing",
      "element_does_not_close",
      where(ofKind("demagnetise"), (i) => first(i, "outputs", { content: ALL_ND })),
    ],
  ]),
  ...waysToSpoil("refine record-run", [
    ["of no lot", "lot_unknown", run((i) => first(i, "inputs", { lot: "NO-LOT" }))],
    ["makes ten times as much", "content_negative", run(tenfold)],
    ["before it was planned", "time_before_input", run(longAgo)],
    ["of no campaign", "campaign_unknown", set({ campaign: "K-NONE" })],
  ]),
  ...waysToSpoil("refine plan", [
    ["of no lot", "lot_unknown", set({ lot: "NO-LOT" })],
    ["on columns elsewhere", "column_elsewhere", set({ columns: ["marion-c1"] })],
    ["before the lot was there", "lot_not_yet_there", longAgo],
    ["for what is not in it", "target_unknown", set({ targets: { Eu: 0.99 } })],
  ]),
];

const GOODS: readonly Spoilt[] = [
  ...waysToSpoil("intake receive", [
    ["from nowhere", "zip_unknown", set({ from_zip: "00000" })],
    ["of nobody", "party_unknown", set({ owner: "nobody" })],
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
    ["what was not sent", "lot_not_in_shipment", (i) => first(i, "lots", { lot: "R-2601-IRON" })],
    ["one lot twice", "lot_named_twice", (i) => twice(i, "lots")],
    ["before it was sent", "time_before_input", longAgo],
  ]),
];

const FINDINGS: readonly Spoilt[] = [
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
    ["on no sample", "sample_unknown", set({ sample: "Q-NONE" })],
    ["on better results", "results_differ", set({ reo_pct: "99.99" })],
    ["before its results were released", "results_not_released", longAgo],
  ]),
  ...waysToSpoil("certify issue", [
    ["by a stranger", "party_differs", same, by("sample-lab-a")],
    ["in a stranger's name", "party_differs", set({ issuer: "sample-carrier" })],
    ["in the owner's name", "party_differs", set({ issuer: "sample-recycler" })],
    ["of what has no certificate", "certificate_missing", set({ lot: "R-2601-IRON" })],
  ]),
];

const title = (i: Input, from: string, to: string): Asked => ({
  name: "settle pass-title",
  as: `commercial manager@${from}`,
  input: { lot: i["lot"], to, why: "a sale that was thought better of" },
});
/** The lot is another's for a while. */
const soldTo = (to: string) => ({
  detour: (i: Input) => [title(i, "sample-recycler", to)],
  back: (i: Input) => [title(i, to, "sample-recycler")],
});

const TERMS: readonly Spoilt[] = [
  ...waysToSpoil("settle agree", [["by a stranger", "party_differs", same, STRANGER]]),
  ...waysToSpoil("settle accept", [
    ["by who proposed it", "party_differs", same, by("sample-recycler")],
    ["by a stranger", "party_differs", same, STRANGER],
    ["of no version", "version_unknown", set({ version: 2 })],
  ]),
  ...waysToSpoil("settle lot", [
    ["by a stranger", "party_differs", same, STRANGER],
    ["under no agreement", "agreement_unknown", set({ agreement: "A-NONE" })],
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
    ["a part of its own lot", "split_first", set({ mass: "1 g" }), soldTo("sample-refiner")],
  ]),
];

const besideOrder = (nth: number, specification: string): Asked => ({
  name: "orders place",
  as: SELLER,
  input: {
    ...{ order: `O-D${nth}`, buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3" },
    ...{ specification, mass: "1 kg", due: "2099-01-01" },
  },
});
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

const TRADE: readonly Spoilt[] = [
  ...waysToSpoil("orders qualify", [
    ["two steps at once", "qualification_skips", where((i) => i["to"] === "trial", set({ to: "qualified" }))],
  ]),
  ...waysToSpoil("orders place", [
    ["for nobody", "buyer_unknown", set({ buyer: "sample-lab-a" })],
    ["too late", "due_date_past", set({ due: "2020-01-01" })],
    ["beyond its trial", "trial_limit_exceeded", set({ buyer: "sample-buyer-b", mass: "5.000001 kg" })],
  ]),
  ...waysToSpoil("orders allocate", [
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

export const SPOILT: readonly Spoilt[] = [...MATTER, ...GOODS, ...FINDINGS, ...TERMS, ...TRADE];
