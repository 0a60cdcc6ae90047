import type { AnySample } from "../../assay/index.ts";
import { readersOfCompartment } from "../../trust/index.ts";
import type { Collection, Records } from "../core/records.ts";
import {
  administratorOf,
  EVERY_FIRM,
  EVERYONE,
  type Look,
  ofAgreement,
  ofCampaign,
  ofConsignment,
  ofEveryLot,
  ofIncident,
  ofLot,
  ofParty,
  ofSite,
  ofStep,
  type Readers,
} from "./look.ts";

interface Rule<T> {
  of(record: T, look: Look): Readers | Promise<Readers>;
  /** Who once read it goes on reading it: what they know of it they have. */
  readonly keeps?: true;
}

const everyone: Rule<unknown> = { of: () => [EVERYONE] };
const everyFirm: Rule<unknown> = { of: (_record, { by }) => [...EVERY_FIRM, by], keeps: true };
const byLot: Rule<{ readonly lot: string }> = { of: ({ lot }, look) => ofLot(look, lot), keeps: true };
const byFeed: Rule<{ readonly feed: string }> = { of: ({ feed }, look) => ofLot(look, feed), keeps: true };
const byConsignment: Rule<{ readonly consignment: string }> = {
  of: ({ consignment }, look) => ofConsignment(look, consignment),
};
const byParty: Rule<{ readonly party: string }> = { of: ({ party }) => [party] };
const byParties: Rule<{ readonly agreement: string }> = {
  of: ({ agreement }, look) => ofAgreement(look, agreement),
  keeps: true,
};

/** Whose the lot was when it was drawn, and at whose site; of samples of before that was kept, the lot as it stands. */
async function ofSample(sample: AnySample, look: Look): Promise<Readers> {
  const laboratories = [
    ...sample.portions.map((portion) => ("laboratory" in portion ? portion.laboratory : undefined)),
    ...Object.values(sample.reports).map((report) => report?.laboratory),
  ];
  const firms = "firms" in sample ? Object.values(sample.firms ?? {}) : [];
  // Any laboratory may be asked to measure what waits.
  const waits = sample.state === "waiting" || sample.state === "half_reported" ? "*laboratory" : undefined;
  return [...(firms.length > 0 ? firms : await ofLot(look, sample.lot)), ...laboratories, waits];
}

/** Who may read a record of each collection (Z11). One that is not named here would not compile. */
export const OF_RECORD: { readonly [K in Collection]: Rule<Records[K]> } = {
  // A buyer or a customer is known to those who deal with it, and to nobody else.
  party: { of: (party, { by }) => ofParty(party, by), keeps: true },
  site: everyone,
  unit: {
    of: async (unit, look) => (unit.kind === "scale" ? [EVERYONE] : ofSite(look, unit.site)),
  },
  product: everyone,
  method: everyone,
  consignment: byConsignment,
  line: byConsignment,
  manifest: byConsignment,
  manifest_row: byConsignment,
  serial: byConsignment,
  sanitization: byConsignment,
  consignment_papers: byConsignment,
  erased_document: byConsignment,
  serial_key: { of: () => [] },
  wording: { of: (_wording, { by }) => [by], keeps: true },
  lot: {
    of: async ({ owner, owned_before = [], place }, look) => [
      ...[owner, ...owned_before],
      ...(await ofSite(look, place)),
    ],
    keeps: true,
  },
  place: { of: ({ owner }) => [owner] },
  step: { of: async ({ owner, site }, look) => [owner, ...(await ofSite(look, site))], keeps: true },
  feed: byFeed,
  // What is taken names orders and others: it is for those who hold the lot now.
  taking: { of: ({ lot }, look) => ofLot(look, lot) },
  run: { of: ({ site }, look) => ofSite(look, site) },
  instrument: everyFirm,
  stocktake: { of: ({ site }, look) => ofSite(look, site) },
  step_kind: { of: ({ party }) => [party ?? EVERYONE] },
  shipment: { of: ({ shipper, consignee, carrier }) => [shipper, consignee, carrier] },
  sample: { of: ofSample },
  reference: everyFirm,
  reference_check: everyFirm,
  product_samples: byLot,
  certificate: byLot,
  sample_certificates: { of: ({ carried }, look) => ofEveryLot(look, Object.keys(carried)), keeps: true },
  passport: byLot,
  lot_passport: byLot,
  feed_claims: byFeed,
  feed_passports: byFeed,
  feed_trace: byFeed,
  signing_key: everyone,
  party_keys: everyone,
  campaign: { of: ({ campaign }, look) => ofCampaign(look, campaign) },
  unit_bookings: {
    of: async ({ unit }, look) => ofSite(look, (await look.book.get("unit", unit))?.site),
  },
  lot_plans: byLot,
  step_run: { of: ({ step }, look) => ofStep(look, step) },
  agreement: { of: ({ agreement: { parties } }) => [parties.supplier, parties.processor], keeps: true },
  statement: byParties,
  account: byParties,
  buyer: { of: ({ buyer }, { by }) => [buyer, by], keeps: true },
  order: {
    of: ({ buyer, seller, compartment }) =>
      compartment === undefined ? [buyer, seller] : [readersOfCompartment(compartment)],
  },
  person: byParty,
  token: byParty,
  invitation: byParty,
  party_rules: byParty,
  approval: { of: ({ party, parties }) => [party, ...parties] },
  clearance: { of: async ({ person }, { book }) => [(await book.get("person", person))?.party] },
  incident: { of: ofIncident },
  stands_in: byParty,
  owner_rule: everyone,
  directory: byParty,
  retention: byParty,
  hands: { of: ({ hands }) => hands.map(({ party }) => party) },
  compartment: {
    of: ({ compartment, party }) => [readersOfCompartment(compartment), administratorOf(party)],
  },
  person_compartments: { of: () => [] },
};

/** Collections whose records stand under the id of a lot, and are read by who reads that. */
export const BESIDE_LOT = [
  "feed",
  "taking",
  "product_samples",
  "certificate",
  "lot_passport",
  "feed_claims",
  "feed_passports",
  "feed_trace",
  "lot_plans",
] as const satisfies readonly Collection[];
