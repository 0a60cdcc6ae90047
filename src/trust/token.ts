import { done, refuse, sha256Hex } from "../quantity/index.ts";

/** What a token may be used for: everything its role may, or the rooms and commands that are named. */
export type Scope = readonly string[];

/** A token as the books know it: by the digest of what its bearer shows, never by that itself. */
export interface Token {
  readonly id: string;
  readonly digest: string;
  readonly party: string;
  readonly role: string;
  /** Whose it is, where it is somebody's. */
  readonly person?: string;
  /** Absent: all that its role may. */
  readonly scope?: Scope;
  readonly until: string;
  readonly issued_at: string;
  readonly ended_at?: string;
}

const MARK = "didym_";
const DAY_MS = 86_400_000;
/** An access that nobody looked at for longer than a year is one that nobody knows of. */
export const DAYS_MAX = 400;
export const DAYS_USUAL = 90;

/** What the bearer shows, made of two numbers that nobody can guess. */
export const bearerOf = (one: string, two: string): string => `${MARK}${one}${two}`;
export const digestOfBearer = (bearer: string): string => sha256Hex(bearer);
/** By this a token is found and spoken of; it gives nothing away. */
export const tokenId = (digest: string): string => `T-${digest.slice(0, 20)}`;

/** Until when it holds. Refusals: until_past, until_too_far. */
export function decideUntil(asked: string | undefined, now: string) {
  const most = new Date(Date.parse(now) + DAYS_MAX * DAY_MS).toISOString();
  const until = asked ?? new Date(Date.parse(now) + DAYS_USUAL * DAY_MS).toISOString();
  if (Date.parse(until) <= Date.parse(now)) return refuse("until_past", "until", `${until} has passed`);
  if (Date.parse(until) > Date.parse(most))
    return refuse("until_too_far", "until", `a token holds ${DAYS_MAX} days at most, until ${most}`);
  return done(new Date(until).toISOString());
}

/** Ends a token, from now on. Refusals: token_unknown, token_ended. */
export function decideTokenEnd(known: Token | undefined, { id, at }: { id: string; at: string }) {
  if (!known) return refuse("token_unknown", "token", `there is no token ${id}`);
  if (known.ended_at)
    return refuse("token_ended", "token", `${id} was ended on ${known.ended_at.slice(0, 10)}`);
  return done({ token: id, at });
}

/** Whether a token speaks at this moment, for what is shown. */
export const speaks = (token: Token, { digest, now }: { digest: string; now: string }): boolean =>
  token.digest === digest && token.ended_at === undefined && Date.parse(now) < Date.parse(token.until);

/** Whether what is asked for lies within a scope. */
export const isWithin = (scope: Scope | undefined, room: string, verb: string): boolean =>
  scope === undefined || scope.includes(room) || scope.includes(`${room}/${verb}`);
