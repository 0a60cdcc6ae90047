import type { Source, StepMade, Trace } from "./descent.ts";
import { UNKNOWN_MIX } from "./descent.ts";
import type { DisclosedBook } from "./disclosed-book.ts";
import { NOT_STATED } from "./not-stated.ts";
import { feedSource, type Provenance, provenanceOf, unsettledSource } from "./provenance.ts";

/** What the log says upstream of a feed, up to an entry. */
export function traceIn(book: DisclosedBook, before: number): (feed: string) => Trace | undefined {
  const traces = new Map<string, Trace>();
  for (const { kind, seq, body } of book.told) {
    if (seq >= before) break;
    if (kind === "feed_traced") traces.set(body.feed, body.trace as Trace);
  }
  return (feed) => traces.get(feed);
}

/** The provenance of a lot from what is disclosed up to an entry, worked out as the issuer had to (C32). */
export function provenanceIn(
  book: DisclosedBook,
  given: { readonly lot: string; readonly elements: readonly string[]; readonly before: number },
): Provenance {
  const traceOf = traceIn(book, given.before);
  const places = new Map<string, { readonly country: string; readonly region?: string }>();
  for (const { kind, seq, body } of book.told) {
    if (seq >= given.before) break;
    if (kind === "site_country_stated") {
      const { site, country, region } = body;
      places.set(site, { country, ...(region === undefined ? {} : { region }) });
    }
  }
  const sourceOf = (lot: string): Source | undefined => {
    const trace = traceOf(lot);
    if (book.feeds.has(lot)) return trace ? feedSource({ feed: lot, trace }) : untraced(lot);
    return book.openedAt.has(lot) ? unsettledSource(lot) : undefined;
  };
  return provenanceOf(given.lot, given.elements, {
    sourceOf,
    makerOf: (lot) => book.madeBy.get(lot)?.step as StepMade | undefined,
    placeOf: (site) => places.get(site),
  });
}

/** A feed of which the log says nothing upstream. */
const untraced = (feed: string): Source => ({
  name: `feed ${feed}`,
  trace: { collected_in: [NOT_STATED], sites: [], custody: NOT_STATED, stated_later: false },
  mixOf: () => UNKNOWN_MIX,
  settled: "where_attributed",
});
