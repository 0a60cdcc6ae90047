import type { KINDS_BY_ROOM, WritingRoom } from "../../contract/entry-kinds.ts";
import type { Entry } from "../../ledger/index.ts";
import { isOfCompartment } from "../../trust/index.ts";
import {
  EVERY_FIRM,
  EVERYONE,
  type Look,
  ofAgreement,
  ofCampaign,
  ofCompartment,
  ofConsignment,
  ofEveryLot,
  ofIncident,
  ofLot,
  ofOrder,
  ofParty,
  ofPassport,
  ofSite,
  ofStep,
  type Readers,
} from "./look.ts";

// biome-ignore lint/suspicious/noExplicitAny: bodies of every kind, of all releases; what is not there is nobody
type Body = any;
type Rule = (body: Body, look: Look) => Readers | Promise<Readers>;

type Kind = { [R in WritingRoom]: keyof (typeof KINDS_BY_ROOM)[R] & string }[WritingRoom];

const everyone: Rule = () => [EVERYONE];
const onlyBy: Rule = () => [];
const lot: Rule = (body, look) => ofLot(look, body.lot);
const feed: Rule = (body, look) => ofLot(look, body.feed);
const site: Rule = (body, look) => ofSite(look, body.site);
const consignment: Rule = (body, look) => ofConsignment(look, body.consignment);
const shipment: Rule = async ({ shipment: id }, { book }) => {
  const known = await book.get("shipment", id);
  return [known?.shipper, known?.consignee, known?.carrier];
};
const agreement: Rule = (body, look) => ofAgreement(look, body.agreement);
const campaign: Rule = (body, look) => ofCampaign(look, body.campaign);
const order: Rule = (body, look) => ofOrder(look, body.order);
const passport: Rule = (body, look) => ofPassport(look, body.passport);
const step: Rule = (body, look) => ofStep(look, body.step);
const approval: Rule = async ({ approval: id }, { book }) => {
  const known = await book.get("approval", id);
  return [known?.party, ...(known?.parties ?? [])];
};
const compartment: Rule = (body, look) => ofCompartment(look, body.compartment);
const party: Rule = (body) => [body.party];
const everyFirm: Rule = () => EVERY_FIRM;

/** The firms between whom a sample was drawn. */
const sampled: Rule = async ({ sample: id }, look) => {
  const sample = await look.book.get("sample", id);
  const firms = sample && "firms" in sample ? Object.values(sample.firms ?? {}) : [];
  return firms.length > 0 ? firms : ofLot(look, sample?.lot);
};

/** Results are of who measured and of the side they were measured for; an umpire's are of both. The other reads the sample. */
const reported: Rule = async (body, look) => {
  const sample = await look.book.get("sample", body.sample);
  const firms: Readonly<Record<string, string | undefined>> =
    (sample && "firms" in sample ? sample.firms : undefined) ?? {};
  const sides = body.side === "umpire" ? Object.values(firms) : [firms[body.side]];
  return [body.laboratory, ...sides];
};

const partyItself: Rule = async (body, { book, by }) => {
  const id: string = body.id ?? body.party;
  const known = await book.get("party", id);
  return known ? ofParty(known, by) : [EVERYONE];
};

const unit: Rule = async (body, look) => {
  const known = await look.book.get("unit", body.id ?? body.unit);
  return known?.kind === "scale" ? [EVERYONE] : ofSite(look, known?.site);
};

/** Who may read what an entry says, beside the party that gave the command (Z11). A kind that is not named would not compile. */
const OF_ENTRY: { readonly [K in Kind]: Rule } = {
  party_registered: partyItself,
  party_changed: partyItself,
  site_registered: everyone,
  site_country_stated: everyone,
  site_changed: everyone,
  unit_registered: unit,
  unit_changed: unit,
  product_defined: everyone,
  method_registered: everyone,
  method_changed: everyone,
  consignment_received: consignment,
  consignment_provenance_stated: consignment,
  pallets_weighed: consignment,
  manifest_read: consignment,
  lines_identified: consignment,
  rows_found: consignment,
  row_resolved: consignment,
  line_corrected: consignment,
  media_sanitized: consignment,
  consignment_booked: consignment,
  sanitization_certified: consignment,
  serial_key_made: onlyBy,
  documents_erased: consignment,
  wording_taught: onlyBy,
  step_kind_defined: (body) => [body.party ?? EVERYONE],
  lot_opened: lot,
  lots_moved: (body, look) => ofEveryLot(look, body.lots),
  lots_held: (body, look) => ofEveryLot(look, body.lots),
  lot_restated: lot,
  stock_taken: site,
  feed_measured: feed,
  feed_agreed: feed,
  lot_delivered: lot,
  title_passed: lot,
  step_recorded: step,
  step_reversed: step,
  shipment_sent: shipment,
  shipment_received: shipment,
  shipment_weight_corrected: shipment,
  sample_taken: sampled,
  assay_reported: reported,
  assay_released: sampled,
  correction_consented: sampled,
  umpire_accepted: sampled,
  assay_booked: sampled,
  product_sample_taken: sampled,
  product_reported: async (body, look) => [body.laboratory, ...(await sampled(body, look))],
  reference_registered: everyFirm,
  reference_measured: everyFirm,
  agreement_made: (body, look) => ofAgreement(look, body.agreement?.id),
  agreement_proposed: (body, look) => ofAgreement(look, body.agreement?.id),
  agreement_accepted: agreement,
  lot_move_proposed: agreement,
  lot_moved: agreement,
  statement_issued: (body, look) => ofAgreement(look, body.statement?.agreement?.id),
  account_posted: agreement,
  return_take_back_proposed: agreement,
  return_taken_back: agreement,
  campaign_planned: campaign,
  campaign_moved: campaign,
  campaign_cancelled: campaign,
  campaign_run: campaign,
  certificate_released: lot,
  certificate_superseded: lot,
  feed_traced: feed,
  passport_issued: lot,
  passport_signed: passport,
  passport_revoked: passport,
  passport_superseded: passport,
  signing_key_born: everyone,
  signing_key_retired: everyone,
  signing_key_revoked: everyone,
  buyer_registered: (body) => [body.buyer],
  buyer_qualified: (body) => [body.buyer],
  order_placed: order,
  order_allocated: order,
  allocation_released: order,
  order_shipped: order,
  order_cancelled: order,
  person_registered: party,
  person_left: async ({ person }, { book }) => [(await book.get("person", person))?.party],
  party_rules_set: party,
  approval_asked: ({ party: asking, parties = [] }) => [asking, ...parties],
  approval_given: approval,
  approval_declined: approval,
  clearance_given: async ({ person }, { book }) => [(await book.get("person", person))?.party],
  incident_opened: (body) => ofIncident(body),
  incident_closed: async ({ incident }, { book }) => ofIncident(await book.get("incident", incident)),
  substitute_named: party,
  directory_named: party,
  directory_forgotten: party,
  person_vouched_for: party,
  retention_set: party,
  legal_hold_set: party,
  legal_hold_lifted: party,
  owner_forbidden: everyone,
  owner_allowed: everyone,
  access_reviewed: party,
  person_invited: (body) => [body.party],
  invitation_taken: async ({ invitation }, { book }) => [(await book.get("invitation", invitation))?.party],
  person_erased: async ({ person }, { book }) => [(await book.get("person", person))?.party],
  token_issued: party,
  token_ended: async ({ token }, { book }) => [(await book.get("token", token))?.party],
  compartment_opened: compartment,
  compartment_admitted: compartment,
  compartment_dismissed: compartment,
};

export const ofEntry = async ({ kind, body }: Entry, look: Look): Promise<Readers> => {
  const rule = Object.hasOwn(OF_ENTRY, kind) ? OF_ENTRY[kind as Kind] : undefined;
  const readers = (await rule?.(body, look)) ?? [];
  // Of what a compartment holds not even the rest of its own firm is told.
  return readers.some((reader) => reader !== undefined && isOfCompartment(reader))
    ? readers
    : [look.by, ...readers];
};
