import type { Entry } from "../ledger/index.ts";

/** A row of didym.entry; actor and body are the exact text that was hashed. */
export interface EntryRow {
  readonly seq: string;
  readonly time: string;
  readonly kind: string;
  readonly actor: string;
  readonly key: string;
  readonly body: string;
  readonly nonce: string;
  readonly sealed: string;
  readonly prev: string;
  readonly hash: string;
}

export const entryOf = (row: EntryRow): Entry => ({
  seq: Number(row.seq),
  time: row.time,
  kind: row.kind,
  actor: JSON.parse(row.actor),
  key: row.key,
  body: JSON.parse(row.body),
  nonce: row.nonce,
  sealed: row.sealed,
  prev: row.prev,
  hash: row.hash,
});
