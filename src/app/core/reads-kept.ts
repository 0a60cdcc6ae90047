import type { Page } from "./ports.ts";

/** Something of the books that was told to somebody who signed in (Z100). */
export interface ToldTo {
  /** "ROOM/VERB", or what is no use case: "documents", "events". */
  readonly query: string;
  /** By the id of person or token. */
  readonly by: string;
  readonly party: string;
}

/** How often on one day. */
export interface ReadCount {
  readonly day: string;
  readonly query: string;
  /** Null where a batch was full. */
  readonly by: string | null;
  readonly party: string | null;
  readonly count: number;
  readonly last_at: string;
}

export interface ReadsAsked {
  readonly limit: number;
  /** Days from this one on. */
  readonly since?: string;
  /** Of people and tokens of this party alone. */
  readonly party?: string;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** One answer that told something of compartments (Z102). */
export interface CompartmentRead {
  readonly at: string;
  /** By the id of person or token; null where nobody signed in. */
  readonly by: string | null;
  readonly party: string | null;
  readonly query: string;
  readonly compartments: readonly string[];
}

/** What is kept of reads, beside the books: nothing happened in the loop. */
export interface ReadsKept {
  counts(asked: ReadsAsked): Promise<Page<ReadCount>>;
  /** Rows that name any of these compartments, and of each row these alone. */
  ofCompartments(
    asked: ReadsAsked & { readonly compartments: readonly string[] },
  ): Promise<Page<CompartmentRead>>;
  /** On disk when it resolves. */
  noteCompartments(read: CompartmentRead): Promise<void>;
}

/** By this the machine's owner stands among those who read; no id has a space. */
export const OWNER = "machine's owner";
