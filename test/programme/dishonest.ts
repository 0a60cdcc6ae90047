export interface DishonestAsk {
  readonly name: string;
  readonly input: object;
  /** By which it is refused on books that hold the whole story: any other code would hide the check that is meant. */
  readonly code: string;
  /** Lawful, once: whoever of the two firms asks it first does it, and the story's own people, who ask the very same, come second. */
  readonly once?: true;
}

/** What someone dishonest, tired or twice might ask at any moment. Each must be refused, whatever the books hold. */
export const DISHONEST: readonly DishonestAsk[] = [
  {
    name: "prepare step",
    input: {
      kind: "split",
      site: "noblesville",
      inputs: [{ lot: "C-2601-DEM", mass: "900 t" }],
      outputs: [{ kind: "magnets", mass: "900 t", sd: "1 kg" }],
    },
    code: "lot_not_on_hand",
  },
  {
    name: "prepare step",
    input: {
      kind: "blend",
      site: "noblesville",
      inputs: [{ lot: "R-2601-RESIDUE", mass: "1 kg" }],
      outputs: [{ kind: "gold", mass: "3 kg", sd: "1 g" }],
    },
    code: "mass_does_not_close",
  },
  {
    name: "prepare step",
    input: {
      kind: "split",
      site: "sumner",
      inputs: [{ lot: "OX-2601-Nd", mass: "1 kg" }],
      outputs: [{ kind: "oxide", mass: "1 kg", sd: "1 g" }],
    },
    code: "lot_not_here",
  },
  {
    name: "ship send",
    input: {
      from: "plainfield",
      to: "noblesville",
      carrier: "sample-carrier",
      lots: [{ lot: "C-2606-D", mass: "1 kg", scale: "plainfield-floor" }],
    },
    code: "data_not_destroyed",
  },
  {
    name: "ship send",
    input: {
      from: "plainfield",
      to: "noblesville",
      carrier: "sample-carrier",
      lots: [{ lot: "C-2606-O", mass: "1 kg", scale: "plainfield-floor" }],
    },
    code: "data_not_destroyed",
  },
  {
    name: "intake resolve-row",
    input: { consignment: "C-2601", row: 2, why: "not a row that waits" },
    code: "row_unknown",
  },
  {
    name: "orders allocate",
    input: { order: "O-2602", lot: "OX-2601-Nd", mass: "900 kg" },
    code: "already_promised",
  },
  {
    name: "orders ship",
    input: { order: "O-2602", lot: "OX-2601-Dy", passport: "P-OX-2601-Nd", carrier: "sample-carrier" },
    code: "allocation_unknown",
  },
  {
    name: "orders place",
    input: {
      buyer: "sample-buyer-b",
      seller: "sample-recycler",
      oxide: "Nd2O3",
      specification: "4N",
      mass: "900 kg",
      due: "2099-01-01",
    },
    code: "trial_limit_exceeded",
  },
  {
    name: "certify issue",
    input: { lot: "R-2601-IRON", issuer: "sample-refiner" },
    code: "certificate_missing",
  },
  {
    name: "intake open-lots",
    input: { consignment: "C-2601" },
    code: "lots_already_opened",
    once: true,
  },
  {
    name: "settle lot",
    input: { agreement: "A-2026-01", sample: "Y-C-2601-DEM", shipment: "B-C-2601-DEM" },
    code: "reason_missing",
    once: true,
  },
  {
    name: "settle return-oxide",
    input: { agreement: "A-2026-01", lot: "OX-2601-Nd" },
    code: "already_returned",
    once: true,
  },
  {
    name: "assay report",
    input: {
      sample: "Y-C-2601-DEM",
      side: "umpire",
      laboratory: "sample-lab-a",
      method: "m",
      mg_per_kg: { Nd: { best: 2_000_000, sd: 1 } },
    },
    code: "laboratory_not_independent",
  },
  {
    name: "refine plan",
    input: { lot: "R-2601-LIQUOR", columns: ["noblesville-c1"], targets: { Nd: 0.999 } },
    code: "lot_not_on_hand",
  },
];

/** What is tried at the end alone, when everything it needs is there. */
export const AT_LAST: readonly DishonestAsk[] = [
  {
    name: "certify issue",
    input: { lot: "OX-2601-Dy", issuer: "sample-refiner", passport: "P-AGAIN" },
    code: "passport_exists",
  },
  {
    name: "prepare step",
    input: {
      kind: "blend",
      site: "noblesville",
      inputs: [{ lot: "OX-2601-Nd", mass: "1 kg" }],
      outputs: [{ kind: "oxide", mass: "1 kg", sd: "1 g" }],
    },
    code: "already_promised",
  },
  {
    name: "settle pass-title",
    input: { lot: "OX-2601-Nd", to: "sample-refiner", why: "it was promised to a buyer" },
    code: "already_promised",
  },
  {
    name: "prepare reverse",
    input: { step: "S-R-2601-iron", why: "what it made is long used" },
    code: "output_already_used",
  },
  {
    name: "settle return-oxide",
    input: { agreement: "A-2026-01", lot: "OX-2601-Nd", mass: "1 mg" },
    code: "already_returned",
  },
  { name: "certify revoke", input: { passport: "P-OX-2601-Nd", why: "not mine" }, code: "party_differs" },
  { name: "assay consent", input: { sample: "Y-C-2601-DEM", side: "supplier" }, code: "party_differs" },
  { name: "orders cancel", input: { order: "O-2601", why: "it left long ago" }, code: "order_closed" },
  { name: "orders cancel", input: { order: "O-NONE", why: "no order" }, code: "order_unknown" },
  {
    name: "orders release",
    input: { order: "O-2602", lot: "OX-2601-Dy", why: "not promised" },
    code: "allocation_unknown",
  },
  {
    name: "orders qualify",
    input: { buyer: "sample-lab-a", to: "trial", why: "w", evidence: "e" },
    code: "buyer_unknown",
  },
  {
    name: "ship send",
    input: {
      ...{ shipment: "B-C-2601-DEM", from: "noblesville", to: "marion", carrier: "sample-carrier" },
      lots: [{ lot: "R-2601-RESIDUE", mass: "1 kg", sd: "1 g" }],
    },
    code: "shipment_name_taken",
  },
  { name: "refine cancel", input: { campaign: "K-R-2601", why: "it ran" }, code: "campaign_already_run" },
  {
    name: "ship correct-weight",
    input: {
      shipment: "B-C-2605-DEM",
      side: "receiver",
      why: "w",
      lot: "C-2605-DEM",
      mass: "1 kg",
      sd: "1 g",
    },
    code: "not_received",
  },
  {
    name: "ship correct-weight",
    input: { shipment: "B-C-2601-DEM", side: "sender", why: "w", lot: "C-2602-DEM", mass: "1 kg", sd: "1 g" },
    code: "lot_not_in_shipment",
  },
  {
    name: "intake correct-line",
    input: { consignment: "C-2601", row: 1, quantity: 1, why: "fewer, afterwards" },
    code: "lots_already_opened",
  },
  {
    name: "ledger stocktake",
    input: {
      site: "noblesville",
      why: "on the road",
      counts: [{ lot: "C-2605-DEM", mass: "1 kg", sd: "1 g" }],
    },
    code: "lot_not_on_hand",
  },
];

/** What they hear who ask, right after a colleague did it, for the very same. One command may be done as often as one likes. */
const SECOND: Readonly<Record<string, string | "may be done again">> = {
  "programme register-party": "party_name_taken",
  "programme register-site": "site_name_taken",
  "programme register-unit": "unit_name_taken",
  "settle agree": "reason_missing",
  "settle accept": "already_accepted",
  "settle lot": "reason_missing",
  "settle return-oxide": "already_returned",
  "orders register-buyer": "buyer_already_registered",
  "orders qualify": "qualification_skips",
  "orders place": "order_name_taken",
  "orders allocate": "more_than_ordered",
  "orders ship": "allocation_unknown",
  "intake receive": "consignment_name_taken",
  "intake weigh-pallets": "reason_missing",
  "intake read-manifest": "file_read_before",
  "intake open-lots": "lots_already_opened",
  "intake resolve-row": "row_already_resolved",
  "intake sanitize": "no_record_accepted",
  // A certificate of what is sanitized so far; each is a document of its day.
  "intake issue-certificate": "may be done again",
  "prepare step": "step_name_taken",
  "ship send": "shipment_name_taken",
  "ship receive": "already_received",
  "assay sample": "sample_name_taken",
  "assay report": "already_reported",
  "assay release": "already_released",
  "assay register-reference": "reference_name_taken",
  "assay measure-reference": "check_name_taken",
  "refine plan": "campaign_name_taken",
  "refine record-run": "step_name_taken",
  "certify release": "reason_missing",
  "certify issue": "passport_name_taken",
};

/** Where the doer names what is made, the same matter under another name: it is still gone. */
const RENAMED: Readonly<Record<string, { readonly code: string; readonly by: (name: string) => object }>> = {
  "prepare step": { code: "lot_not_on_hand", by: (step) => ({ step }) },
  "ship send": { code: "lot_not_on_hand", by: (shipment) => ({ shipment }) },
  "refine plan": { code: "already_planned", by: (campaign) => ({ campaign }) },
  "certify issue": { code: "passport_exists", by: (passport) => ({ passport }) },
  "orders ship": { code: "allocation_unknown", by: (shipment) => ({ shipment }) },
};

export interface SecondAsk {
  readonly input: object;
  readonly code: string;
}

/** The ask of somebody who comes second, under another name of its own where one is given; nothing where that is lawful. */
export function secondAsk(name: string, input: object, rename?: string): SecondAsk | undefined {
  const renamed = rename === undefined ? undefined : RENAMED[name];
  if (renamed) return { input: { ...input, ...renamed.by(rename ?? "") }, code: renamed.code };
  const code = SECOND[name];
  if (code === undefined) throw new Error(`what a second "${name}" hears stands in dishonest.ts`);
  return code === "may be done again" ? undefined : { input, code };
}
