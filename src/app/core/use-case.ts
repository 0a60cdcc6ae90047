import type { z } from "zod";
import type { Actor } from "../../ledger/index.ts";
import type { Done, Refusal, Refused, Result } from "../../quantity/index.ts";
import type { Concerns } from "./concerns.ts";
import type { Request } from "./perform.ts";
import type { BarePorts, LedgerStore, NewEntry, Ports, QueryPorts, StoredDocument } from "./ports.ts";
import type { Collection, Records } from "./records.ts";

/** What a command may see while it decides. Every `get` is remembered and must still hold when its entries are written. */
export interface Scope {
  get<K extends Collection>(collection: K, id: string): Promise<Records[K] | undefined>;
  /** A record that the decision does not look at, but whose change by another must make it be decided again. */
  watch(collection: Collection, id: string): Promise<void>;
  /** Whether the name is used, also by what is not there for who gives the command: it is never written over. */
  isTaken(collection: Collection, id: string): Promise<boolean>;
  /** Whether it is there and who gives the command may see it. */
  knows(collection: Collection, id: string): Promise<boolean>;
  /** Not remembered: for choices that may be a moment old, such as which centres exist. */
  readonly store: Pick<LedgerStore, "list" | "document" | "head" | "entries" | "lineage">;
  readonly ports: Omit<Ports, "store" | "clock">;
  readonly now: string;
  readonly actor: Actor;
  readonly owner?: true;
  /** Who proposed it, where somebody else carries it out (`trust approve`). */
  readonly seconded?: Actor;
  /** An id that is the same when the same request is decided again: "L-" gives "L-7K2M9QXA". `nth` tells several apart. */
  newId(prefix: string, nth?: number): string;
}

export interface Decision<A> {
  readonly entries: readonly NewEntry[];
  readonly answer: A;
  readonly documents?: readonly StoredDocument[];
}

interface Named<Room extends string, Verb extends string, I> {
  /** The room and verb name it everywhere: `didym ROOM VERB`, `/api/ROOM/VERB`, the web. */
  readonly room: Room;
  readonly verb: Verb;
  /** One sentence, in the words of its user. */
  readonly summary: string;
  readonly input: z.ZodType<I>;
  /** Shown by --help and in the API pages; the tests run it against the schema. */
  readonly example: I;
  /** The top-level text field that takes a raw file (CSV, pasted text) on the command line. */
  readonly raw?: string;
  /** The top-level field that a bare word fills on the command line: `didym column select EDTA`. JSON files are still files. */
  readonly word?: string;
  /** On the command line its answer is one line, to be added to a file. */
  readonly line?: true;
  /** May take longer than a request should: it can be asked for as a job, and forms do. Begun again, it must do no harm. */
  readonly long?: true;
  /** On the command line, whole JSON files go into fields: the first, any more, and those named by flags. */
  readonly files?: {
    readonly first: string;
    readonly more?: string;
    readonly flags: Readonly<Record<string, string>>;
  };
}

/**
 * What came of a use case, as its own function returns it: the answer and the refusals are inferred from there, so that neither
 * is stated twice.
 */
type Outcome = Result<unknown, Refusal>;
export type CommandOutcome = Result<Decision<unknown>, Refusal>;

/** Read, decide, append: changes the books. */
export interface Command<
  Room extends string,
  Verb extends string,
  I,
  O extends CommandOutcome,
  C extends Concerns<I> = Concerns<I>,
> extends Named<Room, Verb, I> {
  readonly type: "command";
  /** Whom it concerns: who is stated must be one of them. One that concerns everyone says why. */
  readonly concerns: C;
  /** Only who signed in, and the machine's owner, may give it: nobody by stating who they are. */
  readonly known?: true;
  /** A party may ask two people for it (`two.ts`); whether it is tried when it is proposed. */
  readonly two?: { readonly tried: boolean };
  /**
   * Of which consignment free text that comes with it speaks, by its input or the first entry it would write: it stands in a
   * document that retention may delete, not in the entry.
   */
  readonly saidApart?: (input: I, first?: NewEntry) => string | undefined;
  /** Only who signed in may give it: the machine's owner neither. */
  readonly signedIn?: true;
  decide(scope: Scope, input: I): Promise<O>;
}

/** Looks at the books. Its input has only scalar fields (they travel in the query string). */
export interface Query<Room extends string, Verb extends string, I, O extends Outcome>
  extends Named<Room, Verb, I> {
  readonly type: "query";
  answer(ports: QueryPorts, input: I): Promise<O>;
}

/** Works something out from its input alone. With `rows`, the answer is an array shown as NDJSON. */
export interface Calculation<Room extends string, Verb extends string, I, O extends Outcome>
  extends Named<Room, Verb, I> {
  readonly type: "calculation";
  readonly rows?: boolean;
  compute(ports: BarePorts, input: I): Promise<O>;
}

/** Does something beside the books, such as starting a job: nothing of it is an entry. Without a key, no repeat is known. */
export interface Action<Room extends string, Verb extends string, I, O extends Outcome>
  extends Named<Room, Verb, I> {
  readonly type: "action";
  /** Its input holds that of another use case, as large as that one's may be. */
  readonly carries?: true;
  /** Only who signed in, and the machine's owner, may do it: nobody by stating who they are. */
  readonly known?: true;
  /** What it answers is of the books, as that of a query. */
  readonly tells?: true;
  run(
    ports: Ports,
    given: { readonly input: I; readonly request: Pick<Request, "actor"> & Partial<Request> },
  ): Promise<O>;
}

// biome-ignore-start lint/suspicious/noExplicitAny: a list holds use cases of every input and outcome
export type AnyCommand = Command<string, string, any, any, any>;
export type AnyQuery = Query<string, string, any, any>;
export type AnyCalculation = Calculation<string, string, any, any>;
export type AnyAction = Action<string, string, any, any>;
// biome-ignore-end lint/suspicious/noExplicitAny: as above
export type UseCase = AnyCommand | AnyQuery | AnyCalculation | AnyAction;

/** A use case found by its name while running, of which the caller knows what it answers. */
export type CommandAnswering<A> = Omit<AnyCommand, "decide"> & {
  decide(scope: Scope, input: unknown): Promise<Result<Decision<A>, Refusal>>;
};
export type QueryAnswering<A> = Omit<AnyQuery, "answer"> & {
  answer(ports: QueryPorts, input: unknown): Promise<Result<A, Refusal>>;
};

/** What a use case takes, as its caller sends it. */
export type InputOf<U extends UseCase> = z.input<U["input"]>;

/** What the function of a use case returns. */
export type OutcomeOf<U extends UseCase> = Awaited<
  U extends AnyCommand
    ? ReturnType<U["decide"]>
    : U extends AnyQuery
      ? ReturnType<U["answer"]>
      : U extends AnyCalculation
        ? ReturnType<U["compute"]>
        : U extends AnyAction
          ? ReturnType<U["run"]>
          : never
>;

type ValueOf<O> = O extends Done<infer V> ? V : never;

/** What a decision answers. */
export type DecidedAnswer<O> = O extends Done<Decision<infer A>> ? A : never;

/** What it answers where it is not refused; of a command, what `answer` holds. */
export type AnswerOf<U extends UseCase> = U extends AnyCommand
  ? DecidedAnswer<OutcomeOf<U>>
  : ValueOf<OutcomeOf<U>>;

/** What it may refuse with, beside what the faces refuse for all of them; of a command, who may not speak for it too. */
export type RefusalOf<U extends UseCase> =
  | RefusalIn<OutcomeOf<U>>
  | (U extends AnyCommand
      ? U["concerns"] extends { readonly everyone: string }
        ? never
        : Refusal<"party_differs">
      : never);

export type RefusalIn<O> = O extends Refused<infer R> ? R : never;

type Given<U> = Omit<U, "type">;

export const command = <
  const Room extends string,
  const Verb extends string,
  I,
  O extends CommandOutcome,
  C extends Concerns<I>,
>(
  given: Given<Command<Room, Verb, I, O, C>>,
): Command<Room, Verb, I, O, C> => ({ type: "command", ...given });

export const query = <const Room extends string, const Verb extends string, I, O extends Outcome>(
  given: Given<Query<Room, Verb, I, O>>,
): Query<Room, Verb, I, O> => ({ type: "query", ...given });

export const calculation = <const Room extends string, const Verb extends string, I, O extends Outcome>(
  given: Given<Calculation<Room, Verb, I, O>>,
): Calculation<Room, Verb, I, O> => ({ type: "calculation", ...given });

export const action = <const Room extends string, const Verb extends string, I, O extends Outcome>(
  given: Given<Action<Room, Verb, I, O>>,
): Action<Room, Verb, I, O> => ({ type: "action", ...given });
