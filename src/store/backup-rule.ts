/** How many backups stay: the newest of each of so many days, weeks and months that have one (UTC; weeks begin on Monday). */
export interface KeepRule {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

export const KEEP: KeepRule = { days: 14, weeks: 8, months: 24 };

/** "14d,8w,24m" in any order; what is not named keeps none. Undefined where it cannot be read or would keep nothing. */
export function readKeepRule(text: string): KeepRule | undefined {
  const found = { d: 0, w: 0, m: 0 };
  for (const part of text.split(",")) {
    const [, count, unit] = /^\s*(\d{1,4})([dwm])\s*$/.exec(part) ?? [];
    if (count === undefined || unit === undefined) return undefined;
    found[unit as keyof typeof found] = Number(count);
  }
  const rule = { days: found.d, weeks: found.w, months: found.m };
  return rule.days + rule.weeks + rule.months > 0 ? rule : undefined;
}

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const MONDAY_SHIFT = 3;

const dayOf = (time: number): string => String(Math.floor(time / DAY_MS));
const weekOf = (time: number): string => String(Math.floor((time / DAY_MS + MONDAY_SHIFT) / 7));
const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);

/** Which of the backups made at these times may go. The newest always stays. */
export function superfluous(times: readonly number[], { days, weeks, months }: KeepRule): number[] {
  const newestFirst = [...new Set(times)].sort((a, b) => b - a);
  const stays = new Set(newestFirst.slice(0, 1));
  const spans = [
    [days, dayOf],
    [weeks, weekOf],
    [months, monthOf],
  ] as const;
  for (const [count, spanOf] of spans) {
    const seen = new Set<string>();
    for (const time of newestFirst) {
      const span = spanOf(time);
      if (seen.has(span) || seen.size === count) continue;
      seen.add(span);
      stays.add(time);
    }
  }
  return newestFirst.filter((time) => !stays.has(time));
}
