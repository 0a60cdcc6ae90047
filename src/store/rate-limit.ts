import type pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { sha256Hex } from "../quantity/index.ts";

/** Calculations one address may ask for in a minute, from all servers of a database together. */
export const CALCULATIONS_A_MINUTE = 3000;

interface Rule {
  readonly points: number;
  readonly seconds: number;
}

/** A limiter that every server on the database counts in the same row of; while the database is away each counts for itself. */
const limiterOn = (pool: pg.Pool, keyPrefix: string, { points, seconds }: Rule) => {
  const rule = { points, duration: seconds, keyPrefix, inMemoryBlockOnConsumed: points + 1 };
  return new RateLimiterPostgres({
    ...rule,
    ...{ storeClient: pool, schemaName: "didym", tableName: "rate", tableCreated: true },
    insuranceLimiter: new RateLimiterMemory(rule),
  });
};

/** Seconds to wait; nothing where there was room. */
async function consumed(limiter: RateLimiterPostgres, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}

/** Seconds until an address may ask for another calculation; nothing where it may now. */
export function calculationsLimit(
  pool: pg.Pool,
  points = CALCULATIONS_A_MINUTE,
): (caller: string) => Promise<number | undefined> {
  const limiter = limiterOn(pool, "calculation", { points, seconds: 60 });
  return (caller) => consumed(limiter, caller);
}

/**
 * Tries to sign in: of a name from an address, where people mistype; of a name from anywhere, where somebody guesses; of an address,
 * which a whole firm may share. NIST SP 800-63B (3.2.2) asks for at most 100 in a row of one name.
 */
export const TRIES = {
  pair: { points: 10, seconds: 15 * 60 },
  login: { points: 50, seconds: 3600 },
  address: { points: 600, seconds: 15 * 60 },
} as const;

/** Seconds until somebody may try again, counted by all servers together; names as their digests: people type passwords there. */
export function signInLimit(
  pool: pg.Pool,
  rules: { readonly [R in keyof typeof TRIES]: Rule } = TRIES,
): (who: { readonly address: string; readonly login?: string }) => Promise<number | undefined> {
  const [pair, name, place] = [
    limiterOn(pool, "sign-in-pair", rules.pair),
    limiterOn(pool, "sign-in-name", rules.login),
    limiterOn(pool, "sign-in-address", rules.address),
  ];
  return async ({ address, login }) => {
    const everyone = await consumed(place, address);
    if (everyone !== undefined || login === undefined) return everyone;
    const digest = sha256Hex(login);
    return (await consumed(pair, `${digest}@${address}`)) ?? (await consumed(name, digest));
  };
}
