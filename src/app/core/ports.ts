import type { Actor, Book, CollectionOf, Entry, EntryHeader, Lot } from "../../ledger/index.ts";
import type { Refusal, Result } from "../../quantity/index.ts";
import type { Directories } from "./directories.ts";
import type { EvidenceSources } from "./evidence-sources.ts";
import type { JobQueue } from "./job-queue.ts";
import type { Keys } from "./keys.ts";
import type { Notices } from "./notices.ts";
import type { PeopleBeside } from "./people-beside.ts";
import type { ReadsKept } from "./reads-kept.ts";
import type { Records } from "./records.ts";
import type { RefusalsKept } from "./refusals-kept.ts";
import type { UseCase } from "./use-case.ts";

/** A record as the store holds it, and the entry that last changed it. */
export interface Versioned<T = object> {
  readonly seq: number;
  readonly record: T;
}

/** Immutable bytes named by the SHA-256 of themselves: manifests, PDFs, chromatograms, signed passports. */
export interface StoredDocument {
  readonly digest: string;
  readonly media_type: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface NewEntry {
  readonly kind: string;
  readonly body: object;
}

export interface Batch {
  /** The request key: repeated, it gives the same answer; used for other content, it is refused. */
  readonly key: string;
  /** Digest of the command, to tell a repeat from a reuse. */
  readonly request: string;
  readonly actor: Actor;
  readonly time: string;
  readonly entries: readonly NewEntry[];
  /** What the decision was made on: "collection/id" to the seq it was read at, 0 for "was not there". */
  readonly reads: ReadonlyMap<string, number>;
  readonly answer: unknown;
  readonly documents: readonly StoredDocument[];
}

export interface Answered {
  readonly request: string;
  readonly answer: unknown;
  readonly seq: number;
  /** Whose request it was. */
  readonly party?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/** A record in a list, by its number. */
export interface Listed<T = object> extends Versioned<T> {
  readonly id: string;
}

/** How far the books are, and how often their views were folded anew because they were not what the entries say. */
export interface Moment {
  readonly seq: number;
  readonly rebuilt: number;
}

/** Fields that any of the shapes of a record has. */
type FieldOf<T> = T extends unknown ? keyof T & string : never;

export interface ListQuery<K extends CollectionOf<R>, R = Records> {
  readonly collection: K;
  readonly after?: string;
  readonly limit: number;
  /** Only records that an entry after this one changed. */
  readonly since?: number;
  /** Top-level fields of the record that must equal these texts. */
  readonly where?: { readonly [F in FieldOf<R[K]>]?: string };
  /** A truth value deep in the record, by the names that lead to it. */
  readonly flag?: { readonly path: readonly string[]; readonly is: boolean };
}

export interface LineageNode {
  readonly lot: string;
  readonly depth: number;
  readonly record: Lot;
}

/**
 * What the programme asks of a place that keeps entries. Every store passes the same contract suite
 * (`test/contract/ledger-store.ts`). Views are folded inside `append`, in the same transaction as the entries.
 */
export interface LedgerStore<R = Records> {
  /** The same books as one reader may see them; what they may not see does not exist there. Nothing is appended by it. */
  readBy(reader: Reader): SeenStore<R>;
  answerTo(key: string): Promise<Answered | undefined>;
  load<K extends CollectionOf<R>>(collection: K, id: string): Promise<Versioned<R[K]> | undefined>;
  /** All or nothing. Refuses when something in `reads` changed since; the use case then tries again, a bounded number of times. */
  append(
    batch: Batch,
  ): Promise<
    Result<
      { readonly first: number; readonly last: number },
      Refusal<"someone_wrote_first" | "key_already_answered" | "clock_far_from_books">
    >
  >;
  list<K extends CollectionOf<R>>(query: ListQuery<K, R>): Promise<Page<Listed<R[K]>>>;
  moment(): Promise<Moment>;
  head(): Promise<EntryHeader | undefined>;
  entries(query: {
    readonly after: number;
    readonly limit: number;
    readonly kind?: string;
  }): Promise<readonly Entry[]>;
  /** Lots upstream ("up": where it came from) or downstream of a lot, nearest first. */
  lineage(query: {
    readonly lot: string;
    readonly direction: "up" | "down";
    readonly limit: number;
  }): Promise<{ readonly nodes: readonly LineageNode[]; readonly truncated: boolean }>;
  document(digest: string): Promise<StoredDocument | undefined>;
}

/** Who reads: a party by its name and by its kind (`readerOf`), or who reads everything. */
export type Reader = readonly string[] | "everything";

declare const SEEN: unique symbol;
/** Books as a reader may see them: all that a query gets. A store that nobody looked through is none. */
export interface SeenStore<R = Records> extends LedgerStore<R> {
  readonly [SEEN]: true;
}

/** What is read by whom, worked out after an entry was folded into the book. */
export type WhoReads<R = Records> = (of: {
  readonly book: Pick<Book<R>, "get">;
  readonly entry: Entry;
  /** Names of the records that it changed, as "collection/id". */
  readonly changed: readonly string[];
  /** Who read a record before. */
  readonly before: (name: string) => Promise<readonly string[]>;
}) => Promise<{
  readonly entry: readonly string[];
  readonly records: ReadonlyMap<string, readonly string[]>;
  /** Documents of before that others read from now on, by their digest, with the entries that name them. */
  readonly papers: ReadonlyMap<string, readonly string[]>;
}>;

/** Folds one entry into the book; given to the stores by `main`, so that they know no room. */
export type ApplyEntry<R = Records> = (book: Book<R>, entry: Entry) => Promise<void>;

export interface Clock {
  now(): Date;
}

export interface Ids {
  /** 32 hexadecimal characters that nobody can guess. */
  nonce(): string;
}

/** Pure work spread over what processors there are; answers come in the order of the inputs. See `pooled-work.ts`. */
export interface WorkerPool {
  each(
    job: string,
    inputs: readonly unknown[],
    progress?: (count: number) => void,
  ): Promise<readonly unknown[]>;
}

/** How far long work has come, a part of one, and what it is at. Throws where it is no longer wanted. */
export type Progress = (part: number, said: string) => void;

export interface Rebuilt {
  readonly entries: number;
  readonly records: number;
  readonly digest_before: string;
  readonly digest_after: string;
  /** Whether the views were what the entries fold to before anything was done. */
  readonly same: boolean;
}

export interface ZipPlace {
  readonly zip: string;
  readonly city: string;
  readonly state: string;
  readonly lat: number;
  readonly lon: number;
}

export interface ZipCodes {
  find(zip: string): ZipPlace | undefined;
}

/** Turns a document of the trade into a printable page. */
export interface Printer {
  pdf(page: PrintedPage): Promise<Uint8Array>;
}

export interface PrintedPage {
  readonly title: string;
  readonly subtitle?: string;
  readonly sample: boolean;
  readonly sections: readonly {
    readonly heading?: string;
    readonly text?: string;
    readonly fields?: readonly (readonly [label: string, value: string])[];
    readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  }[];
  readonly footer?: string;
  readonly qr?: string;
}

export interface Ports {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keys: Keys;
  readonly zips: ZipCodes;
  readonly printer: Printer;
  readonly version: string;
  /** Who asks a query: who signed in, or the machine's owner; absent where nobody is known. */
  readonly asker?: Asker | "owner";
  /** Absent where everything is worked out in one thread. */
  readonly pool?: WorkerPool;
  /** Absent where nobody asks how far the work is. */
  readonly progress?: Progress;
  /** Folds every view again from the entries; absent where the views are folded nowhere else. */
  readonly rebuild?: (progress?: Progress) => Promise<Rebuilt>;
  /** Takes away the bytes of documents that an entry says are erased, and of no others; answers how many of the party went. Absent where nothing is erased. */
  readonly documents?: { erase(party: string): Promise<number> };
  /** Absent where nobody signs in. */
  readonly sessions?: Sessions;
  /** Ways in and profiles; absent where people sign in nowhere. */
  readonly people?: PeopleBeside;
  /** Absent where nobody is turned away. */
  readonly refusals?: RefusalsKept;
  /** Absent where reads are kept nowhere. */
  readonly reads?: ReadsKept;
  /** Absent where nothing is known of the installation. */
  readonly evidence?: EvidenceSources;
  /** Absent where no notices are kept. */
  readonly notices?: Notices;
  /** Where e-mail of a person goes: beside the books, so that it can be erased. Absent where no addresses are kept. */
  readonly addressOf?: (person: string) => Promise<string | undefined>;
  /** Absent where no directory is asked. */
  readonly directories?: Directories;
  /** Absent where no long work is kept. */
  readonly jobs?: JobQueue;
  /** The use case called "room/verb", for the work that waits in the queue; given by `main`, so that no room knows the others. */
  readonly loadUseCase?: (name: string) => Promise<UseCase | undefined>;
}

/** Who signed in, by whom they are and what they speak for. */
export interface Asker {
  readonly party: string;
  /** Of its party: recycler, refiner, buyer … */
  readonly kind: string;
  readonly role: string;
  readonly person?: string;
  readonly token?: string;
  readonly scope?: readonly string[];
  /** Those that they are in, where any. */
  readonly compartments?: readonly string[];
  readonly until: string;
}

/** Someone signed in, known by the digest of what they show. */
export interface Session {
  readonly digest: string;
  readonly person: string;
  readonly until: string;
  readonly began_at: string;
  /** To the minute. */
  readonly seen_at: string;
  /** The device in words, as its browser told of it. */
  readonly device: string;
}

/** Who is signed in: beside the books, since it is nothing that happened in the loop. */
export interface Sessions {
  start(session: Session): Promise<void>;
  find(digest: string): Promise<Session | undefined>;
  /** Notes that it was seen. */
  seen(digest: string, at: string): Promise<void>;
  /** Those of some people, or of all, newest first; a thousand at most. */
  list(persons?: readonly string[]): Promise<readonly Session[]>;
  end(digest: string): Promise<void>;
  endOf(person: string): Promise<void>;
}

/** What a query may use: the books as who asks may see them. */
export type QueryPorts = Omit<Ports, "store"> & { readonly store: SeenStore };

/** What a calculation may use: it looks at no books. */
export type BarePorts = Pick<Ports, "version" | "clock" | "pool" | "progress">;
