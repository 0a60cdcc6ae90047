import type { AssayBodies } from "../../assay/index.ts";
import type { CertifyBodies } from "../../certify/index.ts";
import type { Entry, LedgerBodies } from "../../ledger/index.ts";
import type { OrderBodies } from "../../orders/index.ts";
import type { RefineBodies } from "../../refine/index.ts";
import type { SettleBodies } from "../../settle/index.ts";
import type { ShipBodies } from "../../ship/index.ts";
import type { TrustBodies } from "../../trust/index.ts";
import type { About, NewNotice } from "../core/notices.ts";
import { ofLot, ofSite } from "../core/whose.ts";
import { type Books, buyersOfLot, buyersOfPassport, firmsOfSample, partiesOf } from "./belongs.ts";
import { NOTICE_KINDS, type NoticeKindName } from "./kinds.ts";
import { mayBeTold } from "./may-be-told.ts";

type Bodies = ShipBodies &
  AssayBodies &
  SettleBodies &
  RefineBodies &
  LedgerBodies &
  CertifyBodies &
  OrderBodies &
  TrustBodies;

/** What one entry says waits, and for which parties; who may not read of it is left out afterwards. */
interface Waits {
  readonly kind: NoticeKindName;
  readonly parties: readonly (string | undefined)[];
  readonly about: About;
  readonly link: string;
  readonly due?: string | undefined;
  /** Where several entries could say it: what they have in common. */
  readonly once?: string;
}

const at = (folder: string, id: string): string => `/${folder}/${encodeURIComponent(id)}`;
const but = (parties: readonly (string | undefined)[], who: string) => parties.filter((one) => one !== who);

type Rules = {
  readonly [K in keyof Bodies]?: (body: Bodies[K], books: Books) => Promise<Waits | undefined>;
};

/** Kinds of entry that somebody waits for (Z90). The others tell nobody anything. */
const RULES: Rules = {
  shipment_sent: async ({ shipment, consignee }) => ({
    ...{ kind: "shipment_coming", parties: [consignee] },
    ...{ about: { collection: "shipment", id: shipment }, link: at("ship", shipment) },
  }),
  sample_taken: async ({ sample, portions }) => ({
    ...{ kind: "sample_to_assay", parties: portions.map(({ laboratory }) => laboratory) },
    ...{ about: { collection: "sample", id: sample }, link: at("samples", sample) },
  }),
  assay_reported: async ({ sample: id }, books) => {
    const sample = await books.get("sample", id);
    if (!sample || !("supplier" in sample.reports && "processor" in sample.reports)) return undefined;
    return {
      ...{ kind: "results_exchanged", parties: await firmsOfSample(books, sample) },
      ...{ about: { collection: "sample", id }, link: at("samples", id), once: `sample ${id}` },
    };
  },
  statement_issued: async ({ lot, statement: { parties } }) => ({
    ...{ kind: "statement_made", parties: [parties.supplier, parties.processor] },
    ...{ about: { collection: "statement", id: lot }, link: at("settle", lot) },
  }),
  agreement_proposed: async ({ agreement: { id, parties, effective }, proposed, version }) => ({
    kind: "terms_proposed",
    parties: but([parties.supplier, parties.processor], proposed.by.party),
    ...{ about: { collection: "agreement", id, version }, link: "/settle", due: effective.from },
  }),
  lot_move_proposed: async ({ lot, agreement, by }, { get }) => ({
    ...{ kind: "lot_move_proposed", parties: but(partiesOf(await get("agreement", agreement)), by.party) },
    ...{ about: { collection: "statement", id: lot }, link: at("settle", lot) },
  }),
  return_take_back_proposed: async ({ agreement, by }, { get }) => ({
    ...{ kind: "take_back_proposed", parties: but(partiesOf(await get("agreement", agreement)), by.party) },
    ...{ about: { collection: "account", id: agreement }, link: "/settle" },
  }),
  campaign_planned: async (body, books) => ({
    ...{ kind: "campaign_planned", parties: await ofSite(books, body.site) },
    ...{ about: { collection: "campaign", id: body.campaign }, link: at("campaigns", body.campaign) },
    due: body.starts_at ?? body.at,
  }),
  stock_taken: async ({ stocktake, site, counts }, books) =>
    counts.every(({ agrees }) => agrees)
      ? undefined
      : {
          ...{ kind: "stock_differs", parties: await ofSite(books, site) },
          ...{ about: { collection: "stocktake", id: stocktake }, link: "/account" },
        },
  order_placed: async ({ order, seller, due }) => ({
    ...{ kind: "order_placed", parties: [seller], due },
    ...{ about: { collection: "order", id: order }, link: at("orders", order) },
  }),
  certificate_superseded: async ({ lot }, books) => ({
    kind: "certificate_superseded",
    parties: [...(await ofLot(books, lot)), ...(await buyersOfLot(books, lot))],
    ...{ about: { collection: "certificate", id: lot }, link: at("lots", lot) },
  }),
  passport_revoked: ({ passport }, books) => passportFell(passport, books),
  passport_superseded: ({ passport }, books) => passportFell(passport, books),
  person_registered: async ({ id, party }) => ({
    ...{ kind: "person_registered", parties: [party], about: { collection: "person", id }, link: "/" },
  }),
  person_left: async ({ person: id }, { get }) => ({
    ...{ kind: "person_ended", parties: [(await get("person", id))?.party] },
    ...{ about: { collection: "person", id }, link: "/" },
  }),
  // A first key is no change, and one that retires for the next is told by that one's birth.
  signing_key_born: async ({ party, key, replaces }) =>
    replaces === undefined ? undefined : keyChanged(party, key),
  signing_key_retired: async ({ party, key, next }) =>
    next === undefined ? keyChanged(party, key) : undefined,
  signing_key_revoked: async ({ party, key }) => keyChanged(party, key),
};

async function passportFell(passport: string, books: Books): Promise<Waits> {
  const lot = (await books.get("passport", passport))?.lot;
  return {
    kind: "passport_fell",
    parties: [...(await ofLot(books, lot)), ...(await buyersOfPassport(books, passport))],
    ...{ about: { collection: "passport", id: passport }, link: at("passport", passport) },
  };
}

const keyChanged = (party: string, key: string): Waits => ({
  ...{ kind: "key_changed", parties: [party], about: { collection: "signing_key", id: key }, link: "/certify" },
});

/** Whom an entry is told to: what its rule says, of those who may read of it (Z90, Z91). */
export async function noticesOf(
  entry: Pick<Entry, "seq" | "time" | "kind" | "body">,
  books: Books,
): Promise<readonly NewNotice[]> {
  const rule = Object.hasOwn(RULES, entry.kind) ? RULES[entry.kind as keyof Bodies] : undefined;
  const waits = await rule?.(entry.body as never, books);
  if (!waits) return [];
  const { kind, about, link, due, once } = waits;
  const notices: NewNotice[] = [];
  for (const party of new Set(waits.parties)) {
    if (party === undefined || !(await mayBeTold(party, about, books))) continue;
    notices.push({
      ...{ source: once ?? `entry ${entry.seq}`, seq: entry.seq, kind, party },
      ...{ roles: NOTICE_KINDS[kind].roles, about, link, at: entry.time },
      ...(due === undefined ? {} : { due }),
    });
  }
  return notices;
}

/** Whether any entry of a kind tells somebody something. */
export const isTold = (kind: string): boolean => Object.hasOwn(RULES, kind);
