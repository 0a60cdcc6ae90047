import type pg from "pg";
import { GENESIS } from "../ledger/index.ts";

/** The last entry of the chain at some moment, as somebody noted it outside of these books. */
export interface NotedHead {
  readonly seq: number;
  readonly hash: string;
}

const ASKED_AT_ONCE = 1000;

/** Which of these heads the chain does not hold, by their place in the list, and why. Within a transaction of the caller's. */
export async function notHeld(
  client: pg.PoolClient,
  heads: readonly NotedHead[],
): Promise<ReadonlyMap<number, string>> {
  const faults = new Map<number, string>();
  for (let from = 0; from < heads.length; from += ASKED_AT_ONCE) {
    const asked = heads.slice(from, from + ASKED_AT_ONCE);
    const { rows } = await client.query<{ seq: string; hash: string }>(
      "select seq, hash from didym.entry where seq = any($1::bigint[])",
      [asked.map(({ seq }) => seq)],
    );
    const hashes = new Map(rows.map(({ seq, hash }) => [Number(seq), hash]));
    for (const [i, head] of asked.entries()) {
      const why = whyNotHeld(head, hashes.get(head.seq));
      if (why !== undefined) faults.set(from + i, why);
    }
  }
  return faults;
}

/** Why an entry with this hash does not hold a head; undefined where it does. Before the first entry there is one head only. */
export function whyNotHeld({ seq, hash }: NotedHead, found: string | undefined): string | undefined {
  const held = seq === 0 ? GENESIS : found;
  if (held === undefined) return `entry ${seq} is not there: the end was cut off, or the books were set back`;
  return held === hash
    ? undefined
    : `entry ${seq} is ${held}, not ${hash}: what stands up to it was written anew`;
}
