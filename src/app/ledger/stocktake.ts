import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { beside, LotOnHandId, NewOrMadeId, SiteId } from "../../contract/identifiers.ts";
import { weightFields } from "../../contract/weight.ts";
import { type Count, decideStocktake, type Lot, type StockTaken, takenOf } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { everyRecord, pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";
import { weigh } from "../programme/weigh.ts";
import { withdrawals } from "./withdraw.ts";

const Counted = z.strictObject({
  lot: LotOnHandId(beside("site")),
  ...weightFields(beside("site")),
  missing: z.boolean().optional().describe("it was looked for and is not there"),
});

/** A count that agrees changes nothing; one that does not, books what is missing or was found. */
const writesOff = ({ kind, body }: NewEntry): boolean =>
  kind === "stock_taken" && (body as StockTaken).counts.some((line) => !line.agrees);

export const stocktake = inTwo(
  command({
    room: "ledger",
    verb: "stocktake",
    summary:
      "Count what stands at a site against the books: what differs by more than chance is corrected, with the reason.",
    input: z.strictObject({
      stocktake: NewOrMadeId("stocktake"),
      site: SiteId(),
      counts: z.array(Counted).min(1).max(2000),
      whole: z.boolean().default(false).describe("every lot that stands there was looked for"),
      why: Text,
      at: Instant.optional(),
    }),
    example: {
      site: "plainfield",
      counts: [{ lot: "L-MAGNETS", mass: "1250.1 kg", scale: "plainfield-floor" }],
      whole: false,
      why: "count at the end of the month",
    },
    concerns: { says: "the party of the site", of: async ({ site }, records) => ofSite(records, site) },
    async decide(scope, { stocktake: named, site, counts: given, whole, why, at: when }) {
      const at = notInFuture(when, scope.now);
      if (!at.ok) return at;
      if (!(await scope.get("site", site)))
        return refuse("site_unknown", "site", `no site ${site} is registered`);
      const id = named ?? scope.newId("T-");
      if (await scope.get("stocktake", id))
        return refuse("stocktake_name_taken", "stocktake", `${id} is already on the books`);
      const lots = new Map<string, Lot>();
      const counts: Count[] = [];
      for (const [i, counted] of given.entries()) {
        const count = await countOf(scope, site, { ...counted, at: `counts[${i}]` });
        if (!count.ok) return count;
        counts.push(count.value);
        const lot = await scope.get("lot", counted.lot);
        if (lot) lots.set(counted.lot, lot);
      }
      const expected = whole ? { expected: await standingAt(scope, site) } : {};
      const keep = await statedElsewhere(scope, lots.keys());
      const decided = decideStocktake(lots, {
        stocktake: id,
        site,
        at: at.value,
        why,
        counts,
        keep,
        ...expected,
      });
      if (!decided.ok) return decided;
      const { taken, restated } = decided.value;
      const { entries, withdrawn } = await withdrawals(scope, restated, lots);
      return done({
        entries: [
          { kind: "stock_taken", body: taken },
          ...restated.map((body) => ({ kind: "lot_restated", body })),
          ...entries,
        ],
        answer: {
          stocktake: id,
          counted: counts.length,
          corrected: taken.counts.filter((line) => !line.agrees).length,
          counts: taken.counts,
          withdrawn,
        },
      });
    },
  }),
  { takes: (_scope, _input, entries) => entries.some(writesOff) },
);

/** Lots whose mass a certificate of analysis, a passport or a promise states: a count that agrees leaves it as it is stated. */
async function statedElsewhere(scope: Scope, lots: Iterable<string>): Promise<Set<string>> {
  const keep = new Set<string>();
  for (const lot of lots) {
    const takings = await scope.get("taking", lot);
    const taken = takenOf(takings, "claimed") + takenOf(takings, "promised") > 0;
    if (taken || (await scope.get("certificate", lot))) keep.add(lot);
  }
  return keep;
}

async function countOf(scope: Scope, site: string, given: z.infer<typeof Counted> & { readonly at: string }) {
  const { lot, missing, ...weight } = given;
  const { at } = weight;
  const read = weight.mass !== undefined || weight.gross !== undefined || weight.tare !== undefined;
  if (missing) {
    return !read
      ? done({ lot, at, found: "missing" as const })
      : refuse("count_contradicts", at, `${lot} has a mass, and is said to be missing`);
  }
  if (!read) return refuse("count_missing", at, `${lot}: state its mass, or that it is missing`);
  const found = await weigh(scope, site, weight);
  return found.ok ? done({ lot, at, found: found.value }) : found;
}

async function standingAt(scope: Scope, site: string): Promise<string[]> {
  const lots = await everyRecord(scope.store, "lot", { where: { place: site, state: "on_hand" } });
  return lots.filter((l) => l.mass_mg.best > 0).map((l) => l.id);
}

export const stocktakes = query({
  room: "ledger",
  verb: "stocktakes",
  summary: "Stocktakes with what was found, a page at a time.",
  input: z.strictObject({ site: SiteId().optional(), ...PageOf }),
  example: { limit: 20 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "stocktake", { after, limit, filter }),
});
