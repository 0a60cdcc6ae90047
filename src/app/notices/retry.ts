const MINUTE_S = 60;
const HOUR_S = 3600;

/** How long after each failure it is tried again; the times add up to a day (Z99). */
const WAITS_S = [
  5,
  MINUTE_S,
  5 * MINUTE_S,
  30 * MINUTE_S,
  2 * HOUR_S,
  5 * HOUR_S,
  8 * HOUR_S,
  8 * HOUR_S,
] as const;
const DAY_MS = 24 * HOUR_S * 1000;

const plus = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** When what failed is tried again, or nothing where it was tried for a day. */
export function againAt(
  { attempt, made_at }: { readonly attempt: number; readonly made_at: string },
  at: string,
): string | undefined {
  const wait_s = WAITS_S[attempt - 1];
  if (wait_s === undefined || Date.parse(at) - Date.parse(made_at) >= DAY_MS) return undefined;
  return plus(at, wait_s * 1000);
}

/** Whether a webhook that fails has done so for a day. */
export const isGivenUp = (failing_since: string | undefined, at: string): boolean =>
  failing_since !== undefined && Date.parse(at) - Date.parse(failing_since) >= DAY_MS;
