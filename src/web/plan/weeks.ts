const DAY_MS = 86_400_000;

export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface Scale {
  readonly start: number;
  readonly end: number;
  /** The Mondays in between, at midnight UTC. */
  readonly mondays: readonly number[];
  /** Where an instant lies, from 0 to 1. */
  at(instant: string): number;
}

const WEEKS_MAX = 60;

/** Whole weeks around what is shown and today; a span too long for a page is cut at its early end. */
export function weeksAround(spans: readonly Span[], today: string): Scale {
  const times = [today, ...spans.flatMap((s) => [s.from, s.to])]
    .map((t) => Date.parse(t))
    .filter((t) => !Number.isNaN(t));
  const monday = (t: number) => Math.floor((t - 4 * DAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + 4 * DAY_MS;
  const last = monday(Math.max(...times)) + 7 * DAY_MS;
  const start = Math.max(monday(Math.min(...times)), last - WEEKS_MAX * 7 * DAY_MS);
  const mondays = Array.from(
    { length: Math.round((last - start) / (7 * DAY_MS)) },
    (_, k) => start + k * 7 * DAY_MS,
  );
  return {
    start,
    end: last,
    mondays,
    at: (instant) => Math.min(1, Math.max(0, (Date.parse(instant) - start) / (last - start))),
  };
}
