import { z } from "zod";
import type { Actor } from "../../ledger/index.ts";
import type { Result } from "../../quantity/index.ts";
import type { Request } from "./perform.ts";
import type { BarePorts, LedgerStore, NewEntry, Ports, StoredDocument } from "./ports.ts";
import type { Collection, Records } from "./records.ts";

/** What a command may see while it decides. Every `get` is remembered and must still hold when its entries are written. */
export interface Scope {
  get<K extends Collection>(collection: K, id: string): Promise<Records[K] | undefined>;
  /** A record that the decision does not look at, but whose change by another must make it be decided again. */
  watch(collection: Collection, id: string): Promise<void>;
  /** Not remembered: for choices that may be a moment old, such as which centres exist. */
  readonly store: Pick<LedgerStore, "list" | "document" | "head" | "entries" | "lineage">;
  readonly ports: Omit<Ports, "store" | "clock">;
  readonly now: string;
  readonly actor: Actor;
  /** An id that is the same when the same request is decided again: "L-" gives "L-7K2M9QXA". `nth` tells several apart. */
  newId(prefix: string, nth?: number): string;
}

export interface Decision<A> {
  readonly entries: readonly NewEntry[];
  readonly answer: A;
  readonly documents?: readonly StoredDocument[];
}

interface Named<I> {
  /** The room and verb name it everywhere: `didym ROOM VERB`, `/api/ROOM/VERB`, the web. */
  readonly room: string;
  readonly verb: string;
  /** One sentence, in the words of its user. */
  readonly summary: string;
  readonly input: z.ZodType<I>;
  /** Shown by --help and in the API pages; the tests run it against the schema. */
  readonly example: I;
  /** The top-level text field that takes a raw file (CSV, pasted text) on the command line. */
  readonly raw?: string;
  /** The top-level field that a bare word fills on the command line: `didym column select EDTA`. JSON files are still files. */
  readonly word?: string;
  /** May take longer than a request should: it can be asked for as a job, and forms do. Begun again, it must do no harm. */
  readonly long?: true;
  /** On the command line, whole JSON files go into fields: the first, any more, and those named by flags. */
  readonly files?: {
    readonly first: string;
    readonly more?: string;
    readonly flags: Readonly<Record<string, string>>;
  };
}

/** Read, decide, append: changes the books. */
export interface Command<I, A> extends Named<I> {
  readonly type: "command";
  decide(scope: Scope, input: I): Promise<Result<Decision<A>>>;
}

/** Looks at the books. Its input has only scalar fields (they travel in the query string). */
export interface Query<I, A> extends Named<I> {
  readonly type: "query";
  answer(ports: Ports, input: I): Promise<Result<A>>;
}

/** Works something out from its input alone. With `rows`, the answer is an array shown as NDJSON. */
export interface Calculation<I, A> extends Named<I> {
  readonly type: "calculation";
  readonly rows?: boolean;
  compute(ports: BarePorts, input: I): Promise<Result<A>>;
}

/** Does something beside the books, such as starting a job: nothing of it is an entry. Without a key, no repeat is known. */
export interface Action<I, A> extends Named<I> {
  readonly type: "action";
  run(
    ports: Ports,
    given: { readonly input: I; readonly request: Pick<Request, "actor"> & Partial<Request> },
  ): Promise<Result<A>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds use cases of every input and answer
export type UseCase = Command<any, any> | Query<any, any> | Calculation<any, any> | Action<any, any>;

/** A misspelt field is refused by name, not dropped. */
const strictly = <I>(input: z.ZodType<I>): z.ZodType<I> =>
  input instanceof z.ZodObject ? (input.strict() as unknown as z.ZodType<I>) : input;

export const command = <I, A>(given: Omit<Command<I, A>, "type">): Command<I, A> => ({
  type: "command",
  ...given,
  input: strictly(given.input),
});

export const query = <I, A>(given: Omit<Query<I, A>, "type">): Query<I, A> => ({
  type: "query",
  ...given,
  input: strictly(given.input),
});

export const calculation = <I, A>(given: Omit<Calculation<I, A>, "type">): Calculation<I, A> => ({
  type: "calculation",
  ...given,
});

export const action = <I, A>(given: Omit<Action<I, A>, "type">): Action<I, A> => ({
  type: "action",
  ...given,
  input: strictly(given.input),
});
