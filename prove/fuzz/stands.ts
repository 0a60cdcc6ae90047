import { applyEntry } from "../../src/app/apply.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import type { Records } from "../../src/app/core/records.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { MemoryBook } from "../../src/ledger/index.ts";
import { memoryQueue } from "../../src/store/memory/job-queue.ts";
import { memoryKeys } from "../../src/store/memory/keys.ts";
import type { MemoryStore } from "../../src/store/memory/ledger.ts";
import { STORY } from "../../test/story/story.ts";
import { worldBefore } from "../../test/story/world.ts";
import { Known } from "./known.ts";

/** Books as they stood before the story showed a verb, from which any number of copies go on. */
export interface Stand {
  readonly entries: number;
  /** What its entries fold to: the records of every copy, until something is written there. */
  readonly folded: MemoryBook<Records>;
  /** All of it as a text: a record that is changed in its place, and not replaced, is changed in every copy. */
  readonly text: string;
  copy(): Copy;
}

export type Copy = Ports & { readonly store: MemoryStore };

const shown = new Set(STORY.flatMap((step) => (step.is === "shown" ? [step.verb] : [])));
const stands = new Map<string, Promise<Stand>>();

/** Before the story shows a command; near its end for everything else. */
export function standBefore(verb: string): Promise<Stand> {
  const command = useCases.some((one) => one.type === "command" && `${one.room} ${one.verb}` === verb);
  const at = command && shown.has(verb) ? verb : "";
  const made = stands.get(at) ?? makeStand(at === "" ? undefined : at);
  stands.set(at, made);
  return made;
}

async function makeStand(verb: string | undefined): Promise<Stand> {
  const { ports } = await worldBefore(verb);
  const folded = await foldOn(new MemoryBook<Records>(), ports.store.log);
  return {
    entries: ports.store.log.length,
    folded,
    text: textOfRecords(folded),
    copy() {
      let nonces = 0;
      const ids = { nonce: () => (nonces++).toString(16).padStart(32, "f") };
      const store = ports.store.copy(ids);
      return { ...ports, ids, store, keys: memoryKeys(store), jobs: memoryQueue() };
    },
  };
}

/** The book with these entries folded on. */
export async function foldOn(
  book: MemoryBook<Records>,
  entries: MemoryStore["log"],
): Promise<MemoryBook<Records>> {
  const folded = new MemoryBook<Records>();
  for (const [name, record] of book.records) folded.records.set(name, record);
  for (const entry of entries) await applyEntry(folded, entry);
  return folded;
}

export const textOfRecords = (book: MemoryBook<Records>): string => JSON.stringify([...book.records]);

let known: Promise<Known> | undefined;

/** What the story and the examples say. */
export function knownOfStory(): Promise<Known> {
  known ??= (async () => {
    const all = new Known();
    for (const { example } of useCases) all.learn(example);
    for (const step of STORY) if (step.is === "also") all.learn(step.input);
    const { ports } = await worldBefore();
    for (const entry of ports.store.log) all.learn(entry.body);
    return all;
  })();
  return known;
}
