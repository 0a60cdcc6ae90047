import { z } from "zod";
import { done } from "../../quantity/index.ts";
import type { LedgerStore } from "../core/ports.ts";
import { query } from "../core/use-case.ts";

/** What people look for by its number: the field that holds it, and the page that shows it. */
const KINDS = [
  { what: "consignment", field: "consignment", page: "/consignments/" },
  { what: "lot", field: "id", page: "/lots/" },
  { what: "shipment", field: "shipment", page: "/ship/" },
  { what: "sample", field: "sample", page: "/samples/" },
  { what: "campaign", field: "campaign", page: "/campaigns/" },
  { what: "passport", field: "passport", page: "/passport/" },
  { what: "order", field: "order", page: "/orders/" },
] as const;

const EACH_MAX = 6;

/** The last text before all that begin with `prefix`: stores order ids by code unit. */
const justBefore = (prefix: string): string => {
  const last = prefix.charCodeAt(prefix.length - 1);
  return prefix.slice(0, -1) + (last > 0x20 ? `${String.fromCharCode(last - 1)}\u{10ffff}` : "");
};

async function beginning(store: Pick<LedgerStore, "list">, kind: (typeof KINDS)[number], prefix: string) {
  const page = await store.list({ collection: kind.what, after: justBefore(prefix), limit: EACH_MAX });
  return page.items
    .map(({ record }) => String(record[kind.field as keyof typeof record]))
    .filter((id) => id.startsWith(prefix))
    .map((id) => ({ what: kind.what, id, link: kind.page + encodeURIComponent(id) }));
}

export const find = query({
  room: "overview",
  verb: "find",
  summary: "Consignments, lots, shipments, samples, campaigns, passports and orders whose number begins so.",
  input: z.strictObject({ text: z.string().trim().min(1).max(64) }),
  example: { text: "C-1" },
  async answer({ store }, { text }) {
    const found = await Promise.all(KINDS.map((kind) => beginning(store, kind, text)));
    return done({ items: found.flat() });
  },
});
