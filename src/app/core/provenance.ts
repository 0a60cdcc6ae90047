import {
  consignmentSource,
  type Descent,
  type FeedTraced,
  feedSource,
  type PlaceStated,
  type Provenance,
  provenanceOf,
  type Source,
  type SourceStated,
  traceOf,
  unsettledSource,
} from "../../certify/index.ts";
import type { StepRecord } from "../../ledger/index.ts";
import { canonicalJson, done, refuse } from "../../quantity/index.ts";
import { everyRecord } from "./pages.ts";
import type { NewEntry } from "./ports.ts";
import type { Scope } from "./use-case.ts";

/** Lots and steps looked at upstream of one lot; beyond it nothing is said rather than half of it. */
const LINEAGE_MAX = 20_000;

/** What stands upstream of a lot, down from the feeds or from where it came onto the books. */
interface Upstream {
  readonly makers: Map<string, StepRecord>;
  readonly feeds: Set<string>;
  /** Lots that no step made, by what they were opened from. */
  readonly opened: Map<string, string>;
  readonly places: Map<string, PlaceStated>;
}

/**
 * The provenance that a passport of this lot states, and the entries that must be written with it so that a buyer can work it out
 * again: of each feed what lies upstream of it, where that was not written yet or is no longer so (C30 to C32).
 */
export async function provenanceFor(
  scope: Scope,
  given: { readonly lot: string; readonly elements: readonly string[] },
) {
  const { lot, elements } = given;
  const upstream = await gather(scope, lot, { toFeeds: true });
  if (!upstream) return tooLarge(lot);
  const entries: NewEntry[] = [];
  const traces = new Map<string, FeedTraced>();
  for (const feed of [...upstream.feeds].sort()) {
    const traced = await traceFeed(scope, feed);
    if (!traced) return tooLarge(lot);
    traces.set(feed, traced);
    entries.push(...(await tracedAnew(scope, traced)));
  }
  const sourceOf = (id: string): Source | undefined => {
    const traced = traces.get(id);
    if (traced) return feedSource(traced);
    return upstream.opened.has(id) ? unsettledSource(id) : undefined;
  };
  const provenance: Provenance = provenanceOf(lot, elements, { ...readers(upstream), sourceOf });
  // A step that made several of the lots is one step.
  const steps = new Map([...upstream.makers.values()].map((step) => [step.step, step]));
  return done({
    provenance,
    entries,
    steps: [...steps.values()],
    traceOf: (feed: string) => traces.get(feed)?.trace,
  });
}

/** The entry of a trace that is not what the books have; of one that replaces another it says so. */
async function tracedAnew(scope: Scope, traced: FeedTraced): Promise<NewEntry[]> {
  const before = await scope.get("feed_trace", traced.feed);
  if (canonicalJson(before ?? {}) === canonicalJson(traced)) return [];
  const anew = before ? { rules: 2 as const, at: scope.now } : {};
  return [{ kind: "feed_traced", body: { ...traced, ...anew } }];
}

/**
 * What a statement on a consignment changes downstream of it: what passports said of each feed is worked out anew with it, so that a
 * buyer of before can see it (C32).
 */
export async function feedsTracedAnew(
  scope: Scope,
  consignment: { readonly consignment: string; readonly lots: readonly string[] },
  after: SourceStated,
) {
  const entries: NewEntry[] = [];
  const seen = new Set(consignment.lots);
  const open = [...consignment.lots];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.size > LINEAGE_MAX) return tooLarge(consignment.consignment);
    if (await scope.get("feed_trace", next)) {
      const traced = await traceFeed(scope, next, { after });
      if (!traced) return tooLarge(next);
      entries.push(...(await tracedAnew(scope, traced)));
    }
    for (const child of (await scope.get("lot", next))?.children ?? []) {
      if (seen.has(child)) continue;
      seen.add(child);
      open.push(child);
    }
  }
  return done(entries);
}

/**
 * What a country stated anew of a site changes: every feed whose trace passed through its old one is traced with the new one (C32,
 * intake N42). It reads the traces there are, one for each feed with a passport.
 */
export async function siteTracedAnew(
  scope: Scope,
  { site, before, now }: { readonly site: string; readonly before: string; readonly now: PlaceStated },
) {
  const entries: NewEntry[] = [];
  for (const { feed, trace } of await everyRecord(scope.store, "feed_trace")) {
    if (!trace.sites.some(({ country }) => country === before)) continue;
    const traced = await traceFeed(scope, feed, { place: { site, now } });
    if (!traced) return tooLarge(feed);
    entries.push(...(await tracedAnew(scope, traced)));
  }
  return done(entries);
}

const tooLarge = (lot: string) =>
  refuse("lineage_too_large", "lot", `${lot} descends from more than ${LINEAGE_MAX} lots`);

/** A statement that is being decided and is not on the books yet: on a consignment, or on the country of a site. */
interface Deciding {
  readonly after?: SourceStated;
  readonly place?: { readonly site: string; readonly now: PlaceStated };
}

/** What lies upstream of a feed, from the consignments down; undefined where that is too much to follow. */
async function traceFeed(
  scope: Scope,
  feed: string,
  { after, place }: Deciding = {},
): Promise<FeedTraced | undefined> {
  const upstream = await gather(scope, feed, { toFeeds: false, ...(place ? { place } : {}) });
  if (!upstream) return undefined;
  const stated = new Map<string, SourceStated>();
  for (const consignment of new Set(upstream.opened.values())) {
    const found = await scope.get("consignment", consignment);
    if (!found) continue;
    const { collected_in, feedstock, stated_later = false } = found.provenance ?? {};
    stated.set(consignment, { consignment, collected_in, feedstock: feedstock?.class, stated_later });
  }
  if (after && stated.has(after.consignment)) stated.set(after.consignment, after);
  const measured = await scope.get("feed", feed);
  const elements = Object.keys(measured?.measured_mg ?? {}).sort();
  const sourceOf = (lot: string): Source | undefined => {
    const known = stated.get(upstream.opened.get(lot) ?? "");
    return known && consignmentSource(known);
  };
  const made = upstream.makers.get(feed)?.outputs.find((output) => output.lot === feed)?.elements_mg ?? {};
  const less = (element: string) => {
    const settled = measured?.measured_mg[element]?.best ?? 0;
    return settled > 0 ? (made[element]?.best ?? 0) / settled : 1;
  };
  const estimated = {
    contents: "estimated",
    settled_mg: (element: string) => measured?.measured_mg[element]?.best ?? 0,
  } as const;
  return { feed, trace: traceOf(feed, elements, { ...readers(upstream), sourceOf, ...estimated }, less) };
}

const readers = ({ makers, places }: Upstream): Pick<Descent, "makerOf" | "placeOf"> => ({
  makerOf: (lot) => makers.get(lot),
  placeOf: (site) => places.get(site),
});

async function gather(
  scope: Scope,
  lot: string,
  { toFeeds, place }: Pick<Deciding, "place"> & { readonly toFeeds: boolean },
): Promise<Upstream | undefined> {
  const places = new Map(place ? [[place.site, place.now]] : []);
  const found: Upstream = { makers: new Map(), feeds: new Set(), opened: new Map(), places };
  const seen = new Set([lot]);
  const open = [lot];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.size > LINEAGE_MAX) return undefined;
    if (toFeeds && (await scope.get("feed", next))) {
      found.feeds.add(next);
      continue;
    }
    const record = await scope.get("lot", next);
    const by_name = record && (await scope.get("step", record.made_by));
    // A consignment may have the name of a step in books of before names were kept apart.
    const step = by_name?.outputs.some((output) => output.lot === next) ? by_name : undefined;
    if (!step) {
      if (record) found.opened.set(next, record.made_by);
      continue;
    }
    found.makers.set(next, step);
    await addPlace(scope, found.places, step.site);
    for (const input of step.inputs) {
      if (seen.has(input.lot)) continue;
      seen.add(input.lot);
      open.push(input.lot);
    }
  }
  return found;
}

/** Of a site whose country nobody stated, nothing is known here: its ZIP code is no proof of it. */
async function addPlace(scope: Scope, places: Map<string, PlaceStated>, id: string): Promise<void> {
  if (places.has(id)) return;
  const site = await scope.get("site", id);
  if (!site?.country) return;
  const { country, state } = site;
  places.set(id, country === "US" ? { country, region: state } : { country });
}
