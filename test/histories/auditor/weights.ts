import { causesOf, summed } from "./doubt.ts";
import type { Body } from "./read.ts";
import type { Seen } from "./seen.ts";

/** Beyond so many standard uncertainties a difference is more than chance. */
const SIGMAS = 3;

const length = (of: Iterable<number>): number => Math.hypot(...of);

/** One side's weight, with as much of its doubt as counts beside the other's; what one side weighed before is kept by its figure. */
export function weigh(seen: Seen, key: string, side: "sent" | "received", of: Body): void {
  const causes = causesOf(of["mass_mg"]);
  const most = Number(of["doubt_at_most_mg"] ?? Number.POSITIVE_INFINITY);
  const part = Math.min(1, most / Math.max(length(causes.values()), Number.MIN_VALUE));
  const best = Number(of["mass_mg"].best);
  const weight = { best, causes: summed([[part, causes]]) };
  for (const name of side === "received" ? [key, `${key}|${best}`] : [key])
    seen.weights.set(name, { ...seen.weights.get(name), [side]: weight });
}

/** What was sent, where this weight that the receiver gave is above it by more than chance. */
export function aboveSent(seen: Seen, key: string, mg: number): number | undefined {
  const sent = seen.weights.get(key)?.sent;
  const received = seen.weights.get(`${key}|${mg}`)?.received;
  if (!sent || !received || mg <= sent.best) return undefined;
  const causes = summed([
    [1, received.causes],
    [-1, sent.causes],
  ]);
  return mg - sent.best > SIGMAS * Math.max(length(causes.values()), 1) ? sent.best : undefined;
}
