import { canonicalJson } from "../quantity/index.ts";
import { type Custody, isTooStrong } from "./custody.ts";
import type { Descent, PlaceStated, Source, Stop, Trace } from "./descent.ts";
import { traceOf, UNKNOWN_MIX } from "./descent.ts";
import { isRecovered } from "./less-recovered.ts";
import { NOT_STATED, type NotStated } from "./not-stated.ts";

/** Where the metal is from, in one word; the classes with their shares stand beside it. */
export type Origin = "recovered" | "virgin" | "mixed" | NotStated;

/** The second form of a passport's provenance: nothing in it is said that no record states (C30). */
export interface Provenance {
  readonly rules: 2;
  readonly collected_in: readonly (PlaceStated | NotStated)[];
  readonly sites: readonly Stop[];
  readonly chain_of_custody: Custody;
  readonly origin: Origin;
  /** Parts of each metal of the lot by what it was before it was collected. */
  readonly feedstock: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Some of it was not asked at receipt and stated later. */
  readonly stated_later: boolean;
}

/** What lies upstream of a feed, worked out when a passport first needs it. It names no consignment: a buyer may see it. */
export interface FeedTraced {
  readonly feed: string;
  readonly trace: Trace;
  /** From 2 on, what it says otherwise than the one before supersedes the passports that said so. */
  readonly rules?: 2;
  readonly at?: string;
}

/** What a consignment is known to be; see intake. */
export interface SourceStated {
  readonly consignment: string;
  readonly collected_in?: PlaceStated | undefined;
  readonly feedstock?: string | undefined;
  readonly stated_later: boolean;
}

/** A consignment as a source: its lots are its own until a step joins them with others. */
export function consignmentSource({
  consignment,
  collected_in,
  feedstock,
  stated_later,
}: SourceStated): Source {
  return {
    name: `consignment ${consignment}`,
    trace: {
      collected_in: [collected_in ?? NOT_STATED],
      sites: [],
      custody: "identity_preserved",
      stated_later,
    },
    mixOf: () => (feedstock === undefined ? UNKNOWN_MIX : { [feedstock]: 1 }),
    // Upstream of a feed nothing is settled yet, and nothing need be: the feed as a whole is.
    settled: true,
  };
}

/** A feed as a source: what its trace says, of the metal that the steps attribute to it. */
export const feedSource = ({ feed, trace }: FeedTraced): Source => ({
  name: `feed ${feed}`,
  trace,
  mixOf: (element) => trace.feedstock[element] ?? UNKNOWN_MIX,
  settled: "where_attributed",
});

/** A lot that no agreement settled, met on the way down from the feeds: nothing can be said of it. */
export const unsettledSource = (lot: string): Source => ({
  name: `lot ${lot}`,
  trace: { collected_in: [NOT_STATED], sites: [], custody: "mass_balance", stated_later: false },
  mixOf: () => UNKNOWN_MIX,
  settled: false,
});

/**
 * The provenance of a lot from the records upstream of it, by the elements of its product (C30 to C32).
 *
 * A verifier makes the same `Descent` from a bundle. It needs disclosed: every `step_recorded` between the feeds and the lot (`makerOf`),
 * every `feed_traced` up to the passport, of which the last of each feed counts (`sourceOf`: `feedSource`), every `feed_measured` (a feed
 * without a trace is a feed of which nothing is stated), every `lot_opened` that is no feed (`unsettledSource`), and every
 * `site_country_stated`, of which the last of each site counts (`placeOf`). The first and the last kind tell nobody's secrets, so all
 * of them can be disclosed: then a missing one is found by its header.
 */
export function provenanceOf(lot: string, elements: readonly string[], descent: Descent): Provenance {
  const { collected_in, sites, custody, feedstock, stated_later } = traceOf(lot, elements, descent);
  const shares = Object.entries(feedstock).map(([element, mix]) => [
    element,
    Object.fromEntries(Object.entries(mix).map(([part, share]) => [part, share.toFixed(4)])),
  ]);
  return {
    rules: 2,
    collected_in,
    sites,
    chain_of_custody: custody,
    origin: originOf(Object.values(feedstock).flatMap((mix) => Object.keys(mix))),
    feedstock: Object.fromEntries(shares),
    stated_later,
  };
}

function originOf(classes: readonly string[]): Origin {
  const all = new Set(classes);
  if (all.size === 0 || [...all].some((c) => c !== "virgin" && !isRecovered(c))) return NOT_STATED;
  if (!all.has("virgin")) return "recovered";
  return all.size === 1 ? "virgin" : "mixed";
}

/** Parts of a metal by what it was, in numbers or as a passport prints them. */
type Mixed = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

/** Parts of the metal of a lot or feed whose records state that it was waste, from 0 to 1, by element. */
export const recoveredShares = ({
  feedstock,
}: {
  readonly feedstock: Mixed;
}): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(feedstock).map(([element, mix]) => [
      element,
      Object.entries(mix).reduce((sum, [part, share]) => sum + (isRecovered(part) ? Number(share) : 0), 0),
    ]),
  );

export interface ProvenanceFinding {
  readonly code: "provenance_differs" | "label_too_strong" | "not_stated";
  readonly at: string;
  readonly message: string;
}

/** What a passport says of its provenance against what the records say (C32). */
export function compareProvenance(said: Provenance, found: Provenance): ProvenanceFinding[] {
  const findings: ProvenanceFinding[] = [];
  if (isTooStrong(said.chain_of_custody, found.chain_of_custody)) {
    const message = `it says ${said.chain_of_custody}, the lineage bears ${found.chain_of_custody}`;
    findings.push({ code: "label_too_strong", at: "provenance.chain_of_custody", message });
  }
  for (const part of ["collected_in", "sites", "feedstock", "origin", "stated_later"] as const) {
    if (canonicalJson(said[part]) === canonicalJson(found[part])) continue;
    const message = `it says ${shown(said[part])}, the records say ${shown(found[part])}`;
    findings.push({ code: "provenance_differs", at: `provenance.${part}`, message });
  }
  for (const part of ["collected_in", "sites", "chain_of_custody", "feedstock", "origin"] as const) {
    if (JSON.stringify(found[part]).includes(`"${NOT_STATED}"`))
      findings.push({
        code: "not_stated",
        at: `provenance.${part}`,
        message: "no record states it, or not all of it",
      });
  }
  return findings;
}

/** Of a provenance or a trace, what can be said otherwise later. */
type Words = Pick<Trace, "collected_in" | "sites"> & {
  readonly custody: Custody;
  readonly feedstock: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  readonly origin?: Origin;
};

/** A share is printed with four places. */
const SHARE_ROUNDING = 0.0001;
/** Classes that say nothing: what is known later contradicts none of them. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([NOT_STATED, "unknown"]);

/**
 * What was said of provenance that the records no longer say, where it was stated anew since (C32): the parts that are contradicted.
 * What was not stated then and is now contradicts nothing: who said less lied in nothing.
 */
export function contradicted(said: Words, now: Words): (keyof Words)[] {
  const parts: (keyof Words)[] = [];
  const texts = (of: readonly unknown[]) => new Set(of.map((one) => canonicalJson(one)));
  const [mine, theirs] = [texts(said.collected_in), texts(now.collected_in)];
  const silent = canonicalJson(NOT_STATED);
  const gone = [...mine].some((place) => place !== silent && !theirs.has(place));
  const more = !mine.has(silent) && [...theirs].some((place) => !mine.has(place));
  if (gone || more) parts.push("collected_in");
  const where = new Map(now.sites.map((stop) => [canonicalJson([stop.step, stop.at]), stop]));
  const moved = said.sites.some((stop) => {
    const other = where.get(canonicalJson([stop.step, stop.at]));
    return stop.country !== NOT_STATED && canonicalJson(stop) !== canonicalJson(other ?? {});
  });
  if (moved) parts.push("sites");
  const above = Object.entries(said.feedstock).some(([element, mix]) =>
    Object.entries(mix).some(
      ([part, share]) =>
        !SAYS_NOTHING.has(part) &&
        Number(share) > Number(now.feedstock[element]?.[part] ?? 0) + SHARE_ROUNDING,
    ),
  );
  if (above) parts.push("feedstock");
  if (said.origin !== undefined && said.origin !== NOT_STATED && said.origin !== now.origin)
    parts.push("origin");
  if (isTooStrong(said.custody, now.custody)) parts.push("custody");
  return parts;
}

/** What a passport said rightly when it was issued, and what the records say otherwise since (C32). */
export function statedAnew(
  said: Provenance,
  { found, now }: { readonly found: Provenance; readonly now: Provenance },
): ProvenanceFinding[] {
  const wordsOf = ({ chain_of_custody: custody, ...of }: Provenance): Words => ({ ...of, custody });
  const [mine, then] = [wordsOf(said), wordsOf(found)];
  return contradicted(mine, wordsOf(now)).flatMap((part) => {
    // What the records never said is found already.
    if (canonicalJson(mine[part] ?? "") !== canonicalJson(then[part] ?? "")) return [];
    const field = part === "custody" ? "chain_of_custody" : part;
    const message = `it says ${shownBeside(said[field], now[field])}, and it was stated anew since: the records now say ${shownBeside(now[field], said[field])}`;
    return [{ code: "provenance_differs" as const, at: `provenance.${field}`, message }];
  });
}

/** Of a list, what stands in this one alone. */
function shownBeside(value: unknown, other: unknown): string {
  if (!Array.isArray(value) || !Array.isArray(other)) return shown(value);
  const there = new Set(other.map((one) => canonicalJson(one)));
  return shown(value.filter((one) => !there.has(canonicalJson(one))));
}

/** Enough of it to see where it differs. */
const shown = (value: unknown): string => {
  const text = canonicalJson(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};
