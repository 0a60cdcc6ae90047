import { z } from "zod";
import { Id, Instant, Mass, notInFuture, Text, UsZip } from "../../contract/fields.ts";
import {
  beside,
  ConsignmentId,
  type FieldValue,
  NewOrMadeId,
  OwnReference,
  PartyId,
  ScaleId,
  Sd,
  SiteId,
  titled,
} from "../../contract/identifiers.ts";
import { TicketFields } from "../../contract/weight.ts";
import {
  beforeItCame,
  decideFeedstock,
  decidePallets,
  decideSiteOf,
  type Pallet,
  rankCentres,
} from "../../intake/index.ts";
import { weighed } from "../../ledger/index.ts";
import { done, refuse, refusedAt } from "../../quantity/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { LedgerStore, NewEntry, ZipCodes } from "../core/ports.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofConsignment, ofSite } from "../core/whose.ts";
import { weigh } from "../programme/weigh.ts";
import { Provenance, statedOf } from "./provenance.ts";

/** Offers kept with a consignment, beside the one that was taken. */
const OFFERS_KEPT = 3;

const palletAt = (site: FieldValue) =>
  z.strictObject({
    pallet: OwnReference(Id, "pallet"),
    gross: Mass,
    tare: Mass,
    scale: ScaleId(site).optional().describe("a scale registered at the centre; its doubt is used"),
    sd: Sd(Mass)
      .optional()
      .describe("standard uncertainty of one weighing, where no registered scale is named"),
    ...TicketFields,
    stream: z.enum(["data_bearing", "other"]).optional(),
  });

/** The centres for a ZIP code, nearest first (N1). Places: GeoNames, CC BY 4.0. */
export async function offersFor(
  ports: { readonly store: Pick<LedgerStore, "list">; readonly zips: ZipCodes },
  zip: string,
  needs: readonly string[],
) {
  const from = ports.zips.find(zip.slice(0, 5));
  if (!from) return refuse("zip_unknown", "zip", `no place is known for the ZIP code ${zip}`);
  const sites = await everyRecord(ports.store, "site");
  const parties = await everyRecord(ports.store, "party", { where: { kind: "recycler" } });
  const recyclers = new Set(parties.map((p) => p.id));
  const centres = sites.filter((s) => recyclers.has(s.party)).map((s) => ({ ...s, site: s.id }));
  return done(rankCentres(from, centres, needs));
}

export const offer = query({
  room: "intake",
  verb: "offer",
  summary:
    "The centre for a consignment from a ZIP code, and why: open centres that can take it in, nearest first.",
  input: z.strictObject({
    zip: UsZip,
    needs: z.string().max(200).optional().describe("capabilities, separated by commas"),
  }),
  example: { zip: "46168" },
  async answer(ports, { zip, needs }) {
    const wanted = (needs ?? "")
      .split(",")
      .map((n) => n.trim())
      .filter(Boolean);
    const offers = await offersFor(ports, zip, wanted);
    if (!offers.ok) return offers;
    return done({ zip, offers: offers.value, places_from: "GeoNames, CC BY 4.0" });
  },
});

/** Weighs pallets (N2): full and empty, the tare taken on the same scale or called up. */
async function weighPallets(
  scope: Scope,
  { consignment, site }: { readonly consignment: string; readonly site: string },
  given: readonly z.infer<ReturnType<typeof palletAt>>[],
) {
  const pallets: Pallet[] = [];
  for (const [i, { pallet, stream, ...weight }] of given.entries()) {
    const net = await weigh(scope, site, { ...weight, at: `pallets[${i}]` });
    if (!net.ok) return net;
    const { gross_mg = 0, tare_mg = 0, ...ticket } = net.value.weighing_ticket ?? {};
    pallets.push({
      pallet,
      gross_mg,
      tare_mg,
      net_mg: weighed(net.value, `${consignment}/${pallet}@${scope.now}`),
      ...ticket,
      ...(stream ? { stream } : {}),
    });
  }
  return done(pallets);
}

/** N58: what is told to a customer is told to a party that is one. */
async function notCustomer(scope: Scope, customer: string | undefined) {
  if (
    customer === undefined ||
    ((await scope.knows("party", customer)) && (await scope.get("party", customer))?.kind === "customer")
  )
    return undefined;
  return refuse("party_unknown", "customer", `no customer ${customer} is registered`);
}

export const receive = command({
  room: "intake",
  verb: "receive",
  summary:
    "Receive a consignment from a ZIP code at the centre offered, or at the one named, with its pallets.",
  input: z.strictObject({
    consignment: NewOrMadeId("consignment"),
    owner: PartyId(),
    from_zip: titled(UsZip, "from ZIP code"),
    from_name: Text.optional(),
    customer: PartyId("customer")
      .optional()
      .describe("whose devices they were: it reads what becomes of them"),
    site: SiteId({ can: "intake" }).optional(),
    at: Instant.optional(),
    pallets: z
      .array(palletAt(beside("site")))
      .max(200)
      .default([]),
    ...Provenance,
  }),
  example: {
    consignment: "C-1",
    owner: "sample-recycler",
    from_zip: "60601",
    collected_in: { country: "US", region: "IL" },
    feedstock: { class: "post_consumer_device" as const, evidence: "supplier's declaration SD-16" },
    pallets: [
      {
        pallet: "P-1",
        gross: "412.5 kg",
        tare: "18.5 kg",
        scale: "plainfield-floor",
        stream: "data_bearing" as const,
      },
    ],
  },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that takes it in",
    of: async ({ owner, site, from_zip }, records) => {
      const offers =
        site === undefined
          ? await offersFor({ store: records.store, zips: records.ports.zips }, from_zip, [])
          : undefined;
      const chosen = offers?.ok ? decideSiteOf(offers.value, site) : undefined;
      return [owner, ...(await ofSite(records, chosen?.ok ? chosen.value.site : site))];
    },
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    if (!(await scope.get("party", input.owner)))
      return refuse("party_unknown", "owner", `no party ${input.owner} is registered`);
    const stranger = await notCustomer(scope, input.customer);
    if (stranger) return stranger;
    const offers = await offersFor({ store: scope.store, zips: scope.ports.zips }, input.from_zip, []);
    if (!offers.ok) return refusedAt(offers.refusal, "from_zip");
    const chosen = decideSiteOf(offers.value, input.site);
    if (!chosen.ok) return chosen;
    const { site, why } = chosen.value;
    const consignment = input.consignment ?? scope.newId("C-");
    if (await scope.get("consignment", consignment))
      return refuse("consignment_name_taken", "consignment", `${consignment} was received before`);
    // A lot says by one name what made it, a step or a consignment.
    if (await scope.get("step", consignment))
      return refuse(
        "consignment_name_taken",
        "consignment",
        `${consignment} is a step: what it made says so by that name`,
      );
    const pallets = await weighPallets(scope, { consignment, site }, input.pallets);
    if (!pallets.ok) return pallets;
    const decided = decidePallets(pallets.value, []);
    if (!decided.ok) return decided;
    const feedstock = decideFeedstock(statedOf(input)?.feedstock);
    if (!feedstock.ok) return feedstock;
    const { owner, from_zip, from_name, customer } = input;
    const body = {
      consignment,
      from_zip,
      owner,
      site,
      offers: offers.value.filter((o, i) => i < OFFERS_KEPT || o.site === site),
      pallets: pallets.value,
      at: at.value,
      ...(from_name ? { from_name } : {}),
      ...(customer === undefined ? {} : { customer }),
    };
    const entries: NewEntry[] = [{ kind: "consignment_received", body }];
    const stated = statedOf(input);
    if (stated) {
      const said = { consignment, ...stated, stated: "at_receipt", at: at.value };
      entries.push({ kind: "consignment_provenance_stated", body: said });
    }
    return done({ entries, answer: { consignment, site, why } });
  },
});

export const weighPalletsLater = command({
  room: "intake",
  verb: "weigh-pallets",
  summary: "Weigh pallets of a consignment, or weigh them again with the reason.",
  input: z.strictObject({
    consignment: ConsignmentId(),
    pallets: z
      .array(palletAt(beside("consignment", "site")))
      .min(1)
      .max(200),
    why: Text.optional(),
    at: Instant.optional(),
  }),
  example: {
    consignment: "C-1",
    pallets: [
      { pallet: "P-2", gross: "305 kg", tare: "18 kg", scale: "plainfield-floor", stream: "other" as const },
    ],
  },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, { consignment: id, pallets: given, why, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const consignment = await scope.get("consignment", id);
    if (!consignment)
      return refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
    if (consignment.lots.length > 0)
      return refuse(
        "lots_already_opened",
        "consignment",
        "its lots are on the books: what they weigh is counted (ledger stocktake), a pallet more is a consignment of its own (intake receive)",
      );
    const pallets = await weighPallets(scope, { consignment: id, site: consignment.site }, given);
    if (!pallets.ok) return pallets;
    const decided = decidePallets(pallets.value, consignment.pallets, why);
    if (!decided.ok) return decided;
    const early = beforeItCame(consignment, when.value);
    if (early) return early;
    const body = {
      consignment: id,
      pallets: pallets.value,
      at: when.value,
      ...(why === undefined ? {} : { why }),
    };
    return done({
      entries: [{ kind: "pallets_weighed", body }],
      answer: { consignment: id, pallets: given.length },
    });
  },
});
