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
/** Of a span that is too long for a page so much of what is over stays in sight. */
const WEEKS_BACK = 8;
/** Weeks that are shown ahead, planned or not: a plan is laid into them. */
const WEEKS_AHEAD = 6;

/**
 * Whole weeks around what is shown and today, and some ahead. A span too long for a page is cut at its early end, and at its far
 * end only where today would leave the page otherwise.
 */
export function weeksAround(spans: readonly Span[], today: string): Scale {
  const times = [today, ...spans.flatMap((s) => [s.from, s.to])]
    .map((t) => Date.parse(t))
    .filter((t) => !Number.isNaN(t));
  const monday = (t: number) => Math.floor((t - 4 * DAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + 4 * DAY_MS;
  const week = 7 * DAY_MS;
  const now = monday(Date.parse(today));
  const far = Math.max(monday(Math.max(...times)), now + WEEKS_AHEAD * week) + week;
  const last = Math.min(far, now + (WEEKS_MAX - WEEKS_BACK) * week);
  const start = Math.max(monday(Math.min(...times)), last - WEEKS_MAX * week);
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
