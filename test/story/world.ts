import assert from "node:assert/strict";
import { perform } from "../../src/app/core/perform.ts";
import type { ApplyEntry, Batch, LedgerStore, Ports } from "../../src/app/core/ports.ts";
import type { Collection, Records } from "../../src/app/core/records.ts";
import { seeingAll } from "../../src/app/core/seen.ts";
import type { CommandAnswering, QueryAnswering, UseCase } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import { EXAMPLE_ACTORS } from "../../src/cli/help.ts";
import type { Actor } from "../../src/ledger/index.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { unpublishedIn } from "../support/published-answers.ts";
import { STORY, type Step } from "./story.ts";
import { retention } from "./trust.ts";

export const START = "2026-03-01T08:00:00.000Z";

export type KnownCommand = CommandAnswering<Record<string, unknown>>;

export function theUseCase(verb: string): UseCase {
  const [room = "", name = ""] = verb.split(" ");
  const found = findUseCase(room, name);
  assert.ok(found, `there is no use case "${verb}"`);
  return found;
}

/** Who performs the example of a verb: nobody stated, but where the verb asks; who signed in, where it is for them alone. */
export function actorOfExample(verb: string): Actor {
  const [role = "unstated", party = "unstated"] = EXAMPLE_ACTORS[verb]?.split("@") ?? [];
  return { role, party, verified: isForSignedIn(verb) };
}

/** Whether nobody gives it who only states who they are, nor the machine's owner. */
export function isForSignedIn(verb: string): boolean {
  const useCase = theUseCase(verb);
  return useCase.type === "command" && useCase.signedIn === true;
}

/** Who also acts in the story is of the party said with the role; else of the laboratory that reports, or of the recycler. */
export function actorOfStory(said: string, input: object): Actor {
  const [role = "", stated] = said.split("@");
  const party = stated ?? ("laboratory" in input ? String(input.laboratory) : "sample-recycler");
  return { role, party, verified: false };
}

/** Who acts in tests that name nobody: the machine's owner, who may do what any one party may. */
const NOBODY: Actor = { role: "unstated", party: "unstated", verified: false };

/** Every step takes an hour of the story; `wait` takes its own. */
export const hoursOf = (step: Step): number => (step.is === "wait" ? step.hours : 1);

/** What the story has put on the books so far, and how far it is. */
class Telling {
  readonly batches: Batch[] = [];
  /** How many batches were on the books before each step, and what time it was. */
  readonly before: { readonly batches: number; readonly now: string }[] = [];
  private readonly clock = new StoryClock(START);
  private readonly ports: Ports;

  constructor() {
    const ports = memoryPorts(() => this.clock.now());
    const append: LedgerStore["append"] = async (batch) => {
      this.batches.push(batch);
      return ports.store.append(batch);
    };
    this.ports = { ...ports, store: { ...ports.store, append } };
  }

  /** Tells on, in memory, through the product's own use cases, until this step is the next. */
  async until(nth: number): Promise<void> {
    for (let next = this.before.length; next <= nth && next < STORY.length; next++) {
      const last = STORY[next - 1];
      if (last) await this.perform(last, next - 1);
      const step = STORY[next] as Step;
      this.clock.advance(hoursOf(step));
      this.before.push({ batches: this.batches.length, now: this.clock.now().toISOString() });
    }
  }

  private async perform(step: Step, nth: number): Promise<void> {
    if (step.is !== "shown" && step.is !== "also") return;
    const useCase = theUseCase(step.verb);
    if (useCase.type !== "command") return;
    const input: object = step.is === "also" ? step.input : useCase.example;
    const actor = step.is === "also" ? actorOfStory(step.role, input) : actorOfExample(step.verb);
    const request = { key: `story-${nth}`, actor, owner: true as const };
    const done = await perform(this.ports, useCase as KnownCommand, { request, input });
    assert.ok(done.ok, done.ok ? "" : `${step.is} ${step.verb}: ${JSON.stringify(done.refusal)}`);
  }
}

const telling = new Telling();
let told = Promise.resolve();

export interface World {
  readonly ports: ReturnType<typeof memoryPorts>;
  /** Performs a command; a refusal fails the test. */
  do(verb: string, input: object, actor?: Actor): Promise<Record<string, unknown>>;
  /** "done", or the code of the refusal; a refusal writes nothing. */
  code(verb: string, input: object, actor?: Actor): Promise<string>;
  ask<A = Record<string, unknown>>(verb: string, input: object): Promise<A>;
  /** A record as it stands; that it is there is checked. */
  record<K extends Collection>(collection: K, id: string): Promise<Records[K]>;
  /** The example of a command, by whom it is an example. */
  example(verb: string): Promise<Record<string, unknown>>;
  /** Commands at the same moment: "done" or the code of the refusal of each. */
  atOnce(calls: readonly (readonly [verb: string, input: object])[]): Promise<readonly string[]>;
}

/** Before what is kept is erased: there a test's books stand that ask for the end of the story. */
const NEAR_THE_END = STORY.length - retention().length;

/** Books of one's own as they stood just before the story showed this verb; or, without one, near its end. */
export async function worldBefore(verb?: string, apply?: ApplyEntry): Promise<World> {
  const found = STORY.findIndex((step) => step.is === "shown" && step.verb === verb);
  assert.ok(verb === undefined || found >= 0, `the story does not show ${verb}`);
  const nth = verb === undefined ? NEAR_THE_END : found;
  told = told.then(() => telling.until(nth));
  await told;
  const at = telling.before[nth];
  assert.ok(at);
  const ports = memoryPorts(() => new Date(at.now), apply);
  for (const batch of telling.batches.slice(0, at.batches)) {
    // Books folded otherwise have other versions of what was read when the story was told.
    const kept = await ports.store.append(apply ? { ...batch, reads: new Map() } : batch);
    assert.ok(kept.ok);
  }
  return worldOn(ports);
}

function worldOn(ports: World["ports"]): World {
  let requests = 0;
  const performed = (verb: string, input: object, actor: Actor) =>
    perform(ports, theUseCase(verb) as KnownCommand, {
      request: { key: `test-${requests++}`, actor, owner: true },
      input,
    });
  return {
    ports,
    async do(verb, input, actor = NOBODY) {
      const done = await performed(verb, input, actor);
      assert.ok(done.ok, done.ok ? "" : `${verb}: ${JSON.stringify(done.refusal)}`);
      assertPublished(verb, done.value);
      return done.value.answer;
    },
    async code(verb, input, actor = NOBODY) {
      const entries = ports.store.log.length;
      const done = await performed(verb, input, actor);
      if (!done.ok) assert.equal(ports.store.log.length, entries, "a refusal writes nothing");
      return done.ok ? "done" : done.refusal.code;
    },
    async record<K extends Collection>(collection: K, id: string) {
      const found = await ports.store.load(collection, id);
      assert.ok(found, `${collection}/${id} is not there`);
      return found.record;
    },
    example(verb) {
      return this.do(verb, theUseCase(verb).example, actorOfExample(verb));
    },
    async atOnce(calls) {
      const all = await Promise.all(calls.map(([verb, input]) => performed(verb, input, NOBODY)));
      return all.map((done) => (done.ok ? "done" : done.refusal.code));
    },
    async ask<A>(verb: string, input: object): Promise<A> {
      const useCase = theUseCase(verb);
      assert.equal(useCase.type, "query", verb);
      const read = useCase.input.parse(input);
      const answer = await (useCase as QueryAnswering<A>).answer(seeingAll(ports), read);
      assert.ok(answer.ok, answer.ok ? "" : `${verb}: ${JSON.stringify(answer.refusal)}`);
      assertPublished(verb, answer.value);
      return answer.value;
    },
  };
}

/** An answer holds what is published of it and nothing else. */
const assertPublished = (verb: string, answer: unknown): void =>
  assert.deepEqual(unpublishedIn(verb.replace(" ", "/"), JSON.parse(JSON.stringify(answer))), []);
