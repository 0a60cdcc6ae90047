import assert from "node:assert/strict";
import { test } from "node:test";
import { parseInput, perform } from "../../src/app/core/perform.ts";
import { withRun } from "../../src/app/core/run.ts";
import { seeingAll } from "../../src/app/core/seen.ts";
import type { UseCase } from "../../src/app/core/use-case.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { STORY } from "./story.ts";
import { type KnownCommand, type World, worldBefore } from "./world.ts";

/** What every plain object answers to without having been told of it. */
const NAMES = ["constructor", "hasOwnProperty", "__proto__", "toString"] as const;
/** A unit, an element in a list, a range: text within which a name stands. */
const AROUND = ["NAME", "5 NAME"] as const;

type Json = unknown;

/** Every input that is this one with one of its texts, or one of the names in its objects, replaced. */
function* changed(input: Json, word: string): Generator<Json> {
  if (typeof input === "string") yield word;
  if (typeof input !== "object" || input === null) return;
  for (const [name, inner] of Object.entries(input)) {
    for (const other of changed(inner, word)) {
      const copy = structuredClone(input) as Record<string, Json>;
      copy[name] = other;
      yield copy;
    }
    if (Array.isArray(input)) continue;
    // As JSON brings it: an own field, also where it is called __proto__.
    const text = JSON.stringify(input).replace(`${JSON.stringify(name)}:`, `${JSON.stringify(word)}:`);
    yield JSON.parse(text);
  }
}

async function ask({ ports }: World, useCase: UseCase, input: Json, nth: number): Promise<void> {
  const actor = { role: "unstated", party: "unstated", verified: false } as const;
  if (useCase.type === "command") {
    await perform(ports, useCase as KnownCommand, { request: { key: `prototype-${nth}`, actor }, input });
  } else if (useCase.type === "calculation") await withRun(ports, useCase, input);
  else if (useCase.type === "query") {
    const read = parseInput(useCase, input);
    if (read.ok) await useCase.answer(seeingAll(ports), read.value);
  }
}

const shown = new Set(STORY.flatMap((step) => (step.is === "shown" ? [step.verb] : [])));

test("A27: a name that every object has is a name like any other, in any field of any use case", async () => {
  const faults: string[] = [];
  for (const useCase of useCases) {
    if (useCase.type === "action" || useCase.long) continue;
    const verb = `${useCase.room} ${useCase.verb}`;
    const world = await worldBefore(useCase.type === "command" && shown.has(verb) ? verb : undefined);
    let nth = 0;
    for (const name of NAMES)
      for (const around of AROUND)
        for (const input of changed(useCase.example, around.replace("NAME", name))) {
          try {
            await ask(world, useCase, input, nth++);
          } catch (fault) {
            faults.push(`${verb} ${JSON.stringify(input).slice(0, 300)}: ${(fault as Error).message}`);
          }
        }
  }
  assert.deepEqual(faults, []);
});
