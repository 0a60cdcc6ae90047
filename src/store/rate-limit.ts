import type pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** Calculations one address may ask for in a minute, from all servers of a database together. */
export const CALCULATIONS_A_MINUTE = 3000;

/**
 * Seconds until an address may ask for another calculation; nothing where it may now. Every server on the database counts in the
 * same row; while the database is away each counts for itself.
 */
export function calculationsLimit(
  pool: pg.Pool,
  points = CALCULATIONS_A_MINUTE,
): (caller: string) => Promise<number | undefined> {
  const rule = { points, duration: 60, keyPrefix: "calculation", inMemoryBlockOnConsumed: points + 1 };
  const limiter = new RateLimiterPostgres({
    ...rule,
    ...{ storeClient: pool, schemaName: "didym", tableName: "rate", tableCreated: true },
    insuranceLimiter: new RateLimiterMemory(rule),
  });
  return async (caller) => {
    try {
      await limiter.consume(caller);
      return undefined;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    }
  };
}
