import { digestOf } from "../quantity/index.ts";
import type { AssayReported, Party, Sample, Side } from "./sample.ts";

/** What the moisture is called beside elements: in a consent, and in what a correction changes. */
export const MOISTURE = "moisture";

/** What another laboratory's report changes beside its figures: a consent to some of them is not to that. */
const LABORATORY = "the laboratory";

/** In what a report says something else than the one before it: elements, and the moisture. */
export function changedBetween(before: AssayReported | undefined, after: AssayReported): string[] {
  const told = (reading: object | undefined) => (reading === undefined ? "" : digestOf(reading));
  const names = new Set([...Object.keys(before?.mg_per_kg ?? {}), ...Object.keys(after.mg_per_kg)]);
  const changed = [...names].filter(
    (element) => told(before?.mg_per_kg[element]) !== told(after.mg_per_kg[element]),
  );
  const drier = told(before?.moisture_pct) !== told(after.moisture_pct);
  return [...changed.sort(), ...(drier ? [MOISTURE] : [])];
}

/** The report of a side that both firms know as its result: as exchanged, or as the other firm last consented to. */
const knownToBoth = ({ reports, earlier }: Sample, side: Party): AssayReported | undefined =>
  earlier?.[side]?.[0] ?? reports[side];

/** What a correction changes beyond what the other firm consented to; everything it changes where there is no consent. */
export function beyondConsent(sample: Sample, given: AssayReported & { readonly side: Party }): string[] {
  const consent = sample.consents?.[given.side];
  if (consent && consent.for === undefined) return [];
  const known = knownToBoth(sample, given.side);
  const measured = known === undefined || known.laboratory === given.laboratory;
  const changed = [...changedBetween(known, given), ...(measured ? [] : [LABORATORY])];
  return consent ? changed.filter((what) => !consent.for?.includes(what)) : changed;
}

/** Whether the other firm's consent is there for this correction, and used up by it. */
const isConsented = (sample: Sample, given: AssayReported & { readonly side: Party }): boolean =>
  sample.consents?.[given.side] !== undefined && beyondConsent(sample, given).length === 0;

/**
 * A sample with one report more. A correction after the exchange that the other firm did not consent to leaves the one before it
 * readable: it is what both know (Y23). A consent serves once. What was released was the report before: the new one waits for its own.
 */
export function withReport(sample: Sample, given: AssayReported): Sample {
  const { side } = given;
  const reports = { ...sample.reports, [side]: given };
  const state = reports.supplier && reports.processor ? "exchanged" : "half_reported";
  const { earlier: _, ...others } = sample;
  const earlier = side === "umpire" ? sample.earlier : earlierWith(sample, { ...given, side });
  const used = side !== "umpire" && isConsented(sample, { ...given, side });
  return {
    ...others,
    reports,
    state,
    ...(earlier && Object.keys(earlier).length > 0 ? { earlier } : {}),
    ...(sample.released ? { released: without(sample.released, side) } : {}),
    ...(sample.consents ? { consents: used ? without(sample.consents, side) : sample.consents } : {}),
  };
}

function earlierWith(sample: Sample, given: AssayReported & { readonly side: Party }): Sample["earlier"] {
  const before = sample.reports[given.side];
  if (sample.state !== "exchanged" || !before) return sample.earlier;
  if (isConsented(sample, given)) return without(sample.earlier ?? {}, given.side);
  return { ...sample.earlier, [given.side]: [...(sample.earlier?.[given.side] ?? []), before] };
}

function without<T extends object>(of: T, side: string): T {
  return Object.fromEntries(Object.entries(of).filter(([name]) => name !== side)) as T;
}

/** A correction that is on the books and counts for no money: the other firm did not consent to it. */
export interface CorrectedSince {
  readonly side: Party;
  readonly at: string;
  readonly why: string;
  /** Elements, and the moisture. */
  readonly changed: readonly string[];
}

/** The reports of both sides by their digest: what a statement was made of. */
export type ResultsNamed = Readonly<Partial<Record<Party, string>>>;

export const resultsOf = ({ reports }: Pick<Sample, "reports">): ResultsNamed =>
  Object.fromEntries(PARTIES.flatMap((side) => (reports[side] ? [[side, digestOf(reports[side])]] : [])));

const PARTIES = ["supplier", "processor"] as const satisfies readonly Side[];

/**
 * A sample as a lot that is settled on it is settled on: of each side the report that the last statement was made of, or what both
 * know since the other firm consented; and beside it what a side corrected alone (settle S50).
 */
export function asSettled(
  sample: Sample,
  isSettledOn: (side: Party, report: AssayReported) => boolean,
): { readonly sample: Sample; readonly corrected_since: readonly CorrectedSince[] } {
  const reports = { ...sample.reports };
  let released = sample.released;
  const corrected_since: CorrectedSince[] = [];
  for (const side of PARTIES) {
    const [earlier, now] = [sample.earlier?.[side], sample.reports[side]];
    if (!earlier || !now) continue;
    const counts = [...earlier, now].findLast((one) => isSettledOn(side, one)) ?? earlier[0] ?? now;
    const changed = changedBetween(counts, now);
    if (changed.length === 0) continue;
    reports[side] = counts;
    released = released && without(released, side);
    corrected_since.push({ side, at: now.at, why: now.corrects ?? "", changed });
  }
  return { sample: { ...sample, reports, ...(released ? { released } : {}) }, corrected_since };
}
