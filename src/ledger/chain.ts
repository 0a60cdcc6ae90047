import { canonicalJson, digestOf, sha256Hex } from "../quantity/index.ts";

/** Who acted: as stated, which nothing proves, or as they signed in, and then `verified`. */
export interface Actor {
  readonly role: string;
  readonly party: string;
  readonly verified: boolean;
  /** By an id that means nothing; absent where nobody in particular signed in. */
  readonly person?: string;
  /** The token that spoke. */
  readonly token?: string;
  /** For whom they stand in, in whose role they act. */
  readonly for?: string;
  /** Given on a data folder, by whoever owns the machine; role and party are as they stated. Entries from before do not say it. */
  readonly owner?: true;
}

/** What of an entry may be shown to anyone: it links the chain and names the kind, and gives nothing else away. */
export interface EntryHeader {
  readonly seq: number;
  readonly time: string;
  readonly kind: string;
  /** SHA-256 of the nonce followed by the canonical JSON of actor, key and body. */
  readonly sealed: string;
  readonly prev: string;
  readonly hash: string;
}

/** What the seal covers. The nonce keeps short bodies from being guessed from their digest. */
export interface SealedPart {
  readonly actor: Actor;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly nonce: string;
}

export type Entry = EntryHeader & SealedPart;

/** The hash before the first entry. */
export const GENESIS = "0".repeat(64);

export const sealOf = ({ actor, key, body, nonce }: SealedPart): string =>
  sha256Hex(nonce + canonicalJson({ actor, key, body }));

export const hashOf = ({ seq, time, kind, sealed, prev }: Omit<EntryHeader, "hash">): string =>
  digestOf({ seq, time, kind, sealed, prev });

export function sealEntry(open: Omit<EntryHeader, "sealed" | "hash"> & SealedPart): Entry {
  const sealed = sealOf(open);
  return { ...open, sealed, hash: hashOf({ ...open, sealed }) };
}

export const headerOf = ({ seq, time, kind, sealed, prev, hash }: EntryHeader): EntryHeader => ({
  seq,
  time,
  kind,
  sealed,
  prev,
  hash,
});

export type ChainFault =
  | "sequence_broken"
  | "link_broken"
  | "hash_wrong"
  | "seal_wrong"
  | "time_runs_backwards";

/** Checks one header against the one before it; undefined when it holds. */
export function headerFault(header: EntryHeader, before: EntryHeader | undefined): ChainFault | undefined {
  if (header.seq !== (before ? before.seq + 1 : 1)) return "sequence_broken";
  if (header.prev !== (before ? before.hash : GENESIS)) return "link_broken";
  if (before && header.time < before.time) return "time_runs_backwards";
  if (hashOf(header) !== header.hash) return "hash_wrong";
  return undefined;
}

/** Checks a whole entry: its header, and that its content is what was sealed. */
export function entryFault(entry: Entry, before: EntryHeader | undefined): ChainFault | undefined {
  return headerFault(entry, before) ?? (sealOf(entry) === entry.sealed ? undefined : "seal_wrong");
}
