import type { AssayBodies } from "../../assay/index.ts";
import type { CertifyBodies } from "../../certify/index.ts";
import type { IntakeBodies } from "../../intake/index.ts";
import type { Entry, LedgerBodies } from "../../ledger/index.ts";
import type { OrderBodies } from "../../orders/index.ts";
import type { RefineBodies } from "../../refine/index.ts";
import type { SettleEntry } from "../../settle/index.ts";
import type { ShipBodies } from "../../ship/index.ts";
import type { TrustBodies } from "../../trust/index.ts";
import type { About, NewNotice } from "../core/notices.ts";
import { ofLot, ofSite } from "../core/whose.ts";
import { type Books, buyersOfLot, buyersOfPassport, firmsOfSample, partiesOf } from "./belongs.ts";
import { NOTICE_KINDS, type NoticeKindName } from "./kinds.ts";
import { mayBeTold } from "./may-be-told.ts";

type SettleBodies = { [E in SettleEntry as E["kind"]]: E["body"] };
type Bodies = IntakeBodies &
  ShipBodies &
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

const waits = (
  kind: NoticeKindName,
  about: About,
  more: Pick<Waits, "parties" | "link" | "due" | "once">,
): Waits => ({ kind, about, ...more });

type Rules = {
  readonly [K in keyof Bodies]?: (body: Bodies[K], books: Books) => Promise<Waits | undefined>;
};

/** Kinds of entry that somebody waits for (Z90). The others tell nobody anything. */
const RULES: Rules = {
  sanitization_certified: async ({ consignment: id }, { get }) => {
    const said = { parties: [(await get("consignment", id))?.customer], link: at("consignments", id) };
    return waits("sanitization_certified", { collection: "consignment", id }, said);
  },
  shipment_sent: async ({ shipment: id, consignee }) =>
    waits("shipment_coming", { collection: "shipment", id }, { parties: [consignee], link: at("ship", id) }),
  sample_taken: async ({ sample: id, portions }) => {
    const parties = portions.map(({ laboratory }) => laboratory);
    return waits("sample_to_assay", { collection: "sample", id }, { parties, link: at("samples", id) });
  },
  assay_reported: async ({ sample: id }, books) => {
    const sample = await books.get("sample", id);
    if (!sample || !("supplier" in sample.reports && "processor" in sample.reports)) return undefined;
    const parties = await firmsOfSample(books, sample);
    const said = { parties, link: at("samples", id), once: `sample ${id}` };
    return waits("results_exchanged", { collection: "sample", id }, said);
  },
  statement_issued: async ({ lot: id, statement: { parties } }) => {
    const said = { parties: [parties.supplier, parties.processor], link: at("settle", id) };
    return waits("statement_made", { collection: "statement", id }, said);
  },
  agreement_proposed: async ({ agreement: { id, parties, effective }, proposed, version }) => {
    const other = but([parties.supplier, parties.processor], proposed.by.party);
    const said = { parties: other, link: "/settle", due: effective.from };
    return waits("terms_proposed", { collection: "agreement", id, version }, said);
  },
  lot_move_proposed: async ({ lot: id, agreement, by }, { get }) => {
    const other = but(partiesOf(await get("agreement", agreement)), by.party);
    const said = { parties: other, link: at("settle", id) };
    return waits("lot_move_proposed", { collection: "statement", id }, said);
  },
  return_take_back_proposed: async ({ agreement: id, by }, { get }) => {
    const other = but(partiesOf(await get("agreement", id)), by.party);
    return waits("take_back_proposed", { collection: "account", id }, { parties: other, link: "/settle" });
  },
  campaign_planned: async ({ campaign: id, site, starts_at, at: planned_at }, books) => {
    const said = {
      parties: await ofSite(books, site),
      link: at("campaigns", id),
      due: starts_at ?? planned_at,
    };
    return waits("campaign_planned", { collection: "campaign", id }, said);
  },
  stock_taken: async ({ stocktake: id, site, counts }, books) => {
    if (counts.every(({ agrees }) => agrees)) return undefined;
    const said = { parties: await ofSite(books, site), link: "/account" };
    return waits("stock_differs", { collection: "stocktake", id }, said);
  },
  order_placed: async ({ order: id, seller, due }) =>
    waits("order_placed", { collection: "order", id }, { parties: [seller], link: at("orders", id), due }),
  certificate_superseded: async ({ lot: id }, books) => {
    const parties = [...(await ofLot(books, id)), ...(await buyersOfLot(books, id))];
    return waits(
      "certificate_superseded",
      { collection: "certificate", id },
      { parties, link: at("lots", id) },
    );
  },
  passport_revoked: ({ passport }, books) => passportFell(passport, books),
  passport_superseded: ({ passport }, books) => passportFell(passport, books),
  person_registered: async ({ id, party }) =>
    waits("person_registered", { collection: "person", id }, { parties: [party], link: "/" }),
  person_left: async ({ person: id }, { get }) => {
    const parties = [(await get("person", id))?.party];
    return waits("person_ended", { collection: "person", id }, { parties, link: "/" });
  },
  // A first key is no change, and one that retires for the next is told by that one's birth.
  signing_key_born: async ({ party, key, replaces }) =>
    replaces === undefined ? undefined : keyChanged(party, key),
  signing_key_retired: async ({ party, key, next }) =>
    next === undefined ? keyChanged(party, key) : undefined,
  signing_key_revoked: async ({ party, key }) => keyChanged(party, key),
};

async function passportFell(id: string, books: Books): Promise<Waits> {
  const lot = (await books.get("passport", id))?.lot;
  const parties = [...(await ofLot(books, lot)), ...(await buyersOfPassport(books, id))];
  return waits("passport_fell", { collection: "passport", id }, { parties, link: at("passport", id) });
}

const keyChanged = (party: string, id: string): Waits =>
  waits("key_changed", { collection: "signing_key", id }, { parties: [party], link: "/certify" });

/** Whom an entry is told to: what its rule says, of those who may read of it (Z90, Z91). */
export async function noticesOf(
  entry: Pick<Entry, "seq" | "time" | "kind"> & { readonly body: object },
  books: Books,
): Promise<readonly NewNotice[]> {
  const rule = Object.hasOwn(RULES, entry.kind) ? RULES[entry.kind as keyof Bodies] : undefined;
  const told = await rule?.(entry.body as never, books);
  if (!told) return [];
  const { kind, about, link, due, once } = told;
  const notices: NewNotice[] = [];
  for (const party of new Set(told.parties)) {
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
