import assert from "node:assert/strict";
import { perform } from "../../src/app/core/perform.ts";
import type { ApplyEntry, Batch, LedgerStore, Ports } from "../../src/app/core/ports.ts";
import type { Command, UseCase } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import { EXAMPLE_ACTORS } from "../../src/cli/help.ts";
import type { Actor } from "../../src/ledger/index.ts";
import type { Result } from "../../src/quantity/index.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { STORY, type Step } from "./story.ts";

export const START = "2026-03-01T08:00:00.000Z";

export type AnyCommand = Command<unknown, Record<string, unknown>>;

export function theUseCase(verb: string): UseCase {
  const [room = "", name = ""] = verb.split(" ");
  const found = findUseCase(room, name);
  assert.ok(found, `there is no use case "${verb}"`);
  return found;
}

/** Who performs the example of a verb: nobody stated, but where the verb asks. */
export function actorOfExample(verb: string): Actor {
  const [role = "unstated", party = "unstated"] = EXAMPLE_ACTORS[verb]?.split("@") ?? [];
  return { role, party, verified: false };
}

/** Who also acts in the story is of the recycler, or of the laboratory that reports. */
export const actorOfStory = (role: string, input: object): Actor => ({
  role,
  party: "laboratory" in input ? String(input.laboratory) : "sample-recycler",
  verified: false,
});

/** Every step takes an hour of the story; `wait` takes its own. */
export const hoursOf = (step: Step): number => (step.is === "wait" ? step.hours : 1);

interface Told {
  readonly batches: Batch[];
  /** How many batches were on the books before each step, and what time it was. */
  readonly before: readonly { readonly batches: number; readonly now: string }[];
}

let told: Promise<Told> | undefined;

/** The story's commands, told once in memory through the product's own use cases. */
async function tell(): Promise<Told> {
  const clock = new StoryClock(START);
  const ports = memoryPorts(() => clock.now());
  const batches: Batch[] = [];
  const store: LedgerStore = {
    ...ports.store,
    async append(batch) {
      batches.push(batch);
      return ports.store.append(batch);
    },
  };
  const before: { batches: number; now: string }[] = [];
  for (const [nth, step] of STORY.entries()) {
    clock.advance(hoursOf(step));
    before.push({ batches: batches.length, now: clock.now().toISOString() });
    if (step.is !== "shown" && step.is !== "also") continue;
    const useCase = theUseCase(step.verb);
    if (useCase.type !== "command") continue;
    const input: object = step.is === "also" ? step.input : useCase.example;
    const actor = step.is === "also" ? actorOfStory(step.role, input) : actorOfExample(step.verb);
    const request = { key: `story-${nth}`, actor };
    const done = await perform({ ...ports, store }, useCase as AnyCommand, { request, input });
    assert.ok(done.ok, done.ok ? "" : `${step.is} ${step.verb}: ${JSON.stringify(done.refusal)}`);
  }
  return { batches, before };
}

export interface World {
  readonly ports: ReturnType<typeof memoryPorts>;
  /** Performs a command; a refusal fails the test. */
  do(verb: string, input: object, actor?: Actor): Promise<Record<string, unknown>>;
  /** "done", or the code of the refusal; a refusal writes nothing. */
  code(verb: string, input: object, actor?: Actor): Promise<string>;
  ask<A = Record<string, unknown>>(verb: string, input: object): Promise<A>;
}

/** Books of one's own as they stood just before the story showed this verb; or, without one, at its end. */
export async function worldBefore(verb?: string, apply?: ApplyEntry): Promise<World> {
  told ??= tell();
  const { batches, before } = await told;
  const nth = verb === undefined ? -1 : STORY.findIndex((step) => step.is === "shown" && step.verb === verb);
  assert.ok(verb === undefined || nth >= 0, `the story does not show ${verb}`);
  const at = nth < 0 ? { batches: batches.length, now: before.at(-1)?.now ?? START } : before[nth];
  assert.ok(at);
  const ports = memoryPorts(() => new Date(at.now), apply);
  for (const batch of batches.slice(0, at.batches)) {
    const kept = await ports.store.append(batch);
    assert.ok(kept.ok);
  }
  return worldOn(ports);
}

function worldOn(ports: World["ports"]): World {
  let requests = 0;
  const performed = (verb: string, input: object, actor: Actor) =>
    perform(ports, theUseCase(verb) as AnyCommand, {
      request: { key: `test-${requests++}`, actor },
      input,
    });
  return {
    ports,
    async do(verb, input, actor = actorOfStory("operator", {})) {
      const done = await performed(verb, input, actor);
      assert.ok(done.ok, done.ok ? "" : `${verb}: ${JSON.stringify(done.refusal)}`);
      return done.value.answer;
    },
    async code(verb, input, actor = actorOfStory("operator", {})) {
      const entries = ports.store.log.length;
      const done = await performed(verb, input, actor);
      if (!done.ok) assert.equal(ports.store.log.length, entries, "a refusal writes nothing");
      return done.ok ? "done" : done.refusal.code;
    },
    async ask<A>(verb: string, input: object): Promise<A> {
      const useCase = theUseCase(verb);
      assert.equal(useCase.type, "query", verb);
      const read = useCase.input.parse(input);
      const answer: Result<A> = await (
        useCase as { answer(p: Ports, i: unknown): Promise<Result<A>> }
      ).answer(ports, read);
      assert.ok(answer.ok, answer.ok ? "" : `${verb}: ${JSON.stringify(answer.refusal)}`);
      return answer.value;
    },
  };
}
