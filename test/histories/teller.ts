import { everyRecord } from "../../src/app/core/pages.ts";
import { perform } from "../../src/app/core/perform.ts";
import type { LedgerStore, ListQuery, Ports } from "../../src/app/core/ports.ts";
import type { Collection, Records } from "../../src/app/core/records.ts";
import { seeingAll } from "../../src/app/core/seen.ts";
import type { CommandAnswering, QueryAnswering, UseCase } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import type { Actor, Entry } from "../../src/ledger/index.ts";
import type { StoryClock } from "../../src/sample/driver.ts";
import { must, Red } from "./red.ts";

/** One command as it was asked: told again, it is asked by the same key at the same time. */
export interface Call {
  readonly verb: string;
  readonly input: object;
  readonly actor: Actor;
  readonly key: string;
  readonly at: string;
  /** What it came to. */
  code: string;
}

export interface Outcome {
  /** "done", or the code of the refusal. */
  readonly code: string;
  readonly why: string;
  readonly answer: Record<string, unknown>;
  /** What it wrote. */
  readonly entries: readonly Entry[];
}

/** A store whose log can be read at once. */
export type Logged = LedgerStore & { readonly log: readonly Entry[] };

export const by = (said: string): Actor => {
  const [role = "", party = ""] = said.split("@");
  return { role, party, verified: false };
};

const found = new Map<string, UseCase>();

function theUseCase(verb: string): UseCase {
  const before = found.get(verb);
  if (before) return before;
  const [room = "", name = ""] = verb.split(" ");
  const useCase = findUseCase(room, name);
  must(useCase !== undefined, "a life asks for what there is", () => `there is no use case "${verb}"`);
  found.set(verb, useCase);
  return useCase;
}

/** Keys of asks that are said by whoever is stated, whom they may not concern. */
export const AS_STATED = "as-stated";

const takesTwo = (concerns: unknown): boolean => (concerns as { takes?: string }).takes === "two";

/** What takes one party alone is said by the machine's owner, who may: whom a command concerns is looked at elsewhere (core D2). */
const owner = ({ role }: Actor): Actor => ({ role, party: "unstated", verified: false });

/** Tells commands on one set of books, by the product's own use cases, and looks at what the books answer. */
export class Teller {
  readonly ports: Ports & { readonly store: Logged };
  readonly clock: StoryClock;
  readonly calls: Call[] = [];
  private readonly prefix: string;

  constructor(ports: Ports & { readonly store: Logged }, clock: StoryClock, prefix: string) {
    this.ports = ports;
    this.clock = clock;
    this.prefix = prefix;
  }

  get now(): string {
    return this.clock.now().toISOString();
  }

  /** Asks for a command. It is done or refused; a fault is red, and so is a refusal that wrote something. */
  async ask(verb: string, input: object, actor: Actor, key = this.nextKey()): Promise<Outcome> {
    const before = this.ports.store.log.length;
    const call: Call = { verb, input, actor, key, at: this.now, code: "" };
    this.calls.push(call);
    const outcome = await this.perform(call, before);
    call.code = outcome.code;
    return outcome;
  }

  private async perform({ verb, input, actor, key }: Call, before: number): Promise<Outcome> {
    const { store } = this.ports;
    try {
      const useCase = theUseCase(verb) as CommandAnswering<Record<string, unknown>>;
      const asStated = key.startsWith(AS_STATED) || !("concerns" in useCase) || takesTwo(useCase.concerns);
      const speaks = asStated ? actor : owner(actor);
      const done = await perform(this.ports, useCase, { request: { key, actor: speaks }, input });
      const entries = store.log.slice(before);
      if (done.ok) return { code: "done", why: "", answer: done.value.answer, entries };
      const { code, message } = done.refusal;
      must(
        entries.length === 0,
        "a refusal writes nothing",
        () => `${verb}, ${code}, wrote ${entries.length}`,
      );
      return { code, why: message, answer: {}, entries };
    } catch (cause) {
      if (cause instanceof Red) throw cause;
      throw new Red("no command faults", `${verb} ${JSON.stringify(input)}: ${(cause as Error).stack}`);
    }
  }

  /** What a query answers. */
  async answer<A>(verb: string, input: object): Promise<A> {
    const useCase = theUseCase(verb) as QueryAnswering<A>;
    try {
      const answer = await useCase.answer(seeingAll(this.ports), useCase.input.parse(input));
      must(answer.ok, "a query answers", () => `${verb} ${JSON.stringify(input)}: ${JSON.stringify(answer)}`);
      return answer.value;
    } catch (cause) {
      if (cause instanceof Red) throw cause;
      throw new Red("no query faults", `${verb} ${JSON.stringify(input)}: ${(cause as Error).stack}`);
    }
  }

  async look<K extends Collection>(collection: K, id: string): Promise<Records[K] | undefined> {
    return (await this.ports.store.load(collection, id))?.record;
  }

  all<K extends Collection>(collection: K, where?: ListQuery<K>["where"]): Promise<Records[K][]> {
    return everyRecord(this.ports.store, collection, where ? { where } : {});
  }

  private nextKey(): string {
    return `${this.prefix}-${this.calls.length}`;
  }
}
