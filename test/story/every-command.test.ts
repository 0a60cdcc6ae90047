import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyEntry } from "../../src/app/apply.ts";
import { parseInput, perform } from "../../src/app/core/perform.ts";
import type { ApplyEntry, LedgerStore } from "../../src/app/core/ports.ts";
import type { Collection, Records } from "../../src/app/core/records.ts";
import type { Scope } from "../../src/app/core/use-case.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { type EntryHeader, entryFault, MemoryBook, totalOf } from "../../src/ledger/index.ts";
import { auditLog } from "../programme/auditor.ts";
import { STORY } from "./story.ts";
import { actorOfExample, type KnownCommand, theUseCase, type World, worldBefore } from "./world.ts";

/** Commands that two people may each perform with the same words, and why the trade says so. Of all others one is done. */
const BOTH_DONE: Readonly<Record<string, string>> = {
  "certify rotate-key": "two rotations are two new keys, the second in the place of the first",
  "refine move": "two moves to the same time are two, each with its reason",
  "intake correct-line": "two looked at the same line: both are kept, and say the same",
  "intake issue-certificate":
    "a certificate is issued as often as it is asked for, each time of what is then known",
  "prepare define-kind": "figures may be replaced by the same ones, each time with a reason",
  "ledger stocktake": "two counts of the same day are two counts",
  "ship correct-weight": "two corrections of a weight are both kept, the first weight stays readable",
  "trust substitute": "named twice for the same is named, as the last one says",
  "trust review-access": "two who looked at the same people are two reviews",
  "trust clear-person": "cleared twice for the same is cleared, as the last one says",
  "assay measure-reference": "each measurement is a result of its own, equal or not",
};

const commands = useCases.filter((u) => u.type === "command").map((u) => `${u.room} ${u.verb}`);
const told = new Set(STORY.flatMap((step) => (step.is === "shown" ? [step.verb] : [])));

const performed = (world: World, verb: string, key: string, input: unknown = theUseCase(verb).example) =>
  perform(world.ports, theUseCase(verb) as KnownCommand, {
    request: { key, actor: actorOfExample(verb), owner: true as const },
    input,
  });

describe("every command", () => {
  it("has a world in which its example can be performed", () => {
    for (const verb of commands)
      assert.ok(
        told.has(verb),
        `"${verb}" has no world: put shown("${verb}") into test/story/story.ts where its example can be performed`,
      );
    for (const verb of Object.keys(BOTH_DONE)) assert.ok(commands.includes(verb), `there is no "${verb}"`);
  });

  for (const verb of commands.filter((v) => told.has(v))) {
    describe(verb, () => {
      it("is done once, answers a repeat as before, and refuses other content under its key", async () => {
        const world = await worldBefore(verb);
        const { log } = world.ports.store;
        const before = log.length;
        const first = await performed(world, verb, "k");
        assert.ok(first.ok, first.ok ? "" : JSON.stringify(first.refusal));
        const after = log.length;
        assert.ok(after > before, "it wrote nothing");
        const again = await performed(world, verb, "k");
        assert.ok(again.ok && again.value.repeated);
        assert.deepEqual(again.value.answer, JSON.parse(JSON.stringify(first.value.answer)));
        assert.equal(again.value.seq, first.value.seq);
        const other = await performed(world, verb, "k", otherContent(verb));
        assert.equal(other.ok ? "done" : other.refusal.code, "key_reused");
        assert.equal(log.length, after, "a repeat and a reuse write nothing");
        await wholeBook(world);
      });

      it("asked twice at once: one under one key; under two keys what the trade says, and whole books", async () => {
        const world = await worldBefore(verb);
        const before = world.ports.store.log.length;
        const same = await Promise.all(["k", "k"].map((key) => performed(world, verb, key)));
        assert.deepEqual(same.map((r) => r.ok && r.value.repeated).sort(), [false, true]);
        const grown = world.ports.store.log.length - before;
        assert.equal(world.ports.store.log.filter(({ key }) => key === "k").length, grown);

        const two = await worldBefore(verb);
        const answers = await Promise.all(["k-1", "k-2"].map((key) => performed(two, verb, key)));
        const codes = answers.map((r) => (r.ok ? "done" : r.refusal.code));
        const times = codes.filter((code) => code === "done").length;
        assert.equal(times, verb in BOTH_DONE ? 2 : 1, codes.join());
        assert.ok(!codes.includes("too_busy"));
        assert.equal(two.ports.store.log.length, before + times * grown);
        await wholeBook(two);
      });

      it("watches all it read: whichever record is changed meanwhile, it decides again on the new one", async () => {
        const reads = await readsOf(verb);
        assert.ok(reads.size > 0 || verb in BOTH_DONE, "it read nothing, and yet may be done once only");
        for (const [name, seq] of reads) await overtaken(verb, name, seq > 0);
      });
    });
  }
});

/** Input that the command takes and that is not its example. */
function otherContent(verb: string): unknown {
  const useCase = theUseCase(verb);
  const same = JSON.stringify(useCase.input.parse(useCase.example));
  for (const other of changed(useCase.example)) {
    const read = parseInput(useCase, other);
    if (read.ok && JSON.stringify(read.value) !== same) return other;
  }
  throw new Error(`no text of the example of "${verb}" can be changed: what would other content be?`);
}

/** The same with one text a letter longer, for each text in it. */
function* changed(value: unknown): Generator<unknown> {
  if (typeof value === "string") yield `${value}X`;
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    for (const other of changed(part))
      yield Array.isArray(value)
        ? value.map((item, i) => (String(i) === name ? other : item))
        : { ...value, [name]: other };
  }
}

/** The chain holds, its fold is what the store shows, mass closes, and the auditor finds nothing. */
async function wholeBook({ ports }: World): Promise<void> {
  const book = new MemoryBook<Records>();
  let before: EntryHeader | undefined;
  for (const entry of ports.store.log) {
    assert.equal(entryFault(entry, before), undefined);
    await applyEntry(book, entry);
    before = entry;
  }
  for (const [name, record] of book.records) {
    const [collection, id] = split(name);
    const kept = await ports.store.load(collection, id);
    assert.deepEqual(kept?.record, JSON.parse(JSON.stringify(record)), name);
  }
  assert.equal(totalOf(book.all("lot"), book.all("place")).mass_mg, 0);
  assert.deepEqual(auditLog(ports.store.log).faults, []);
}

const split = (name: string): [Collection, string] => {
  const at = name.indexOf("/");
  return [name.slice(0, at) as Collection, name.slice(at + 1)];
};

/** The command, and the records it asks for while it decides, a list for each time it does. */
function watched(verb: string) {
  const useCase = theUseCase(verb) as KnownCommand;
  const decisions: Map<string, object | undefined>[] = [];
  const command: KnownCommand = {
    ...useCase,
    decide(scope: Scope, input: unknown) {
      const asked = new Map<string, object | undefined>();
      decisions.push(asked);
      return useCase.decide(
        {
          ...scope,
          async get<K extends Collection>(collection: K, id: string) {
            const record = await scope.get(collection, id);
            asked.set(`${collection}/${id}`, record);
            return record;
          },
          async watch(collection, id) {
            asked.set(`${collection}/${id}`, await scope.get(collection, id));
          },
          async isTaken(collection, id) {
            asked.set(`${collection}/${id}`, await scope.get(collection, id));
            return scope.isTaken(collection, id);
          },
          async knows(collection, id) {
            asked.set(`${collection}/${id}`, await scope.get(collection, id));
            return scope.knows(collection, id);
          },
        },
        input,
      );
    },
  };
  return { command, decisions };
}

/** What the command says it read when it writes: all that it asked for, as old as it was. */
async function readsOf(verb: string): Promise<ReadonlyMap<string, number>> {
  const { ports } = await worldBefore(verb);
  const { command, decisions } = watched(verb);
  let reads: ReadonlyMap<string, number> | undefined;
  const store: LedgerStore = {
    ...ports.store,
    async append(batch) {
      reads = batch.reads;
      for (const [name, seq] of batch.reads)
        assert.equal((await ports.store.load(...split(name)))?.seq ?? 0, seq, name);
      return ports.store.append(batch);
    },
  };
  const request = { key: "k", actor: actorOfExample(verb), owner: true as const };
  const done = await perform({ ...ports, store }, command, { request, input: command.example });
  assert.ok(done.ok && reads);
  const asked = decisions[0];
  const read = new Map([...reads].filter(([name]) => name !== MAY_THE_OWNER || asked?.has(name)));
  assert.deepEqual([...read.keys()].sort(), [...(asked?.keys() ?? [])].sort());
  return read;
}

/** Asked of the machine's owner before anything is decided (cli T25, with its own test). */
const MAY_THE_OWNER = "owner_rule/programme";

/** Folds one more kind, by which a test writes a record as it likes. */
const applyAnything: ApplyEntry = async (book, entry) => {
  if (entry.kind !== "record_put") return applyEntry(book, entry);
  const { name, record } = entry.body as { name: string; record: object };
  book.put(...split(name), record as never);
};

/** Another writes the record between the reading and the append. */
async function overtaken(verb: string, name: string, there: boolean): Promise<void> {
  const { ports } = await worldBefore(verb, applyAnything);
  const { command, decisions } = watched(verb);
  const before = there ? (await ports.store.load(...split(name)))?.record : await oneLike(name);
  const record = { ...before, "changed-meanwhile": "yes" };
  const appends: string[] = [];
  const store: LedgerStore = {
    ...ports.store,
    async append(batch) {
      if (appends.length === 0) {
        const entries = [{ kind: "record_put", body: { name, record } }];
        const other = { ...batch, key: "other", entries, reads: new Map(), documents: [] };
        assert.ok((await ports.store.append(other)).ok);
      }
      const kept = await ports.store.append(batch);
      appends.push(kept.ok ? "kept" : `${kept.refusal.code} ${kept.refusal.at}`);
      return kept;
    },
  };
  const request = { key: "k", actor: actorOfExample(verb), owner: true as const };
  const done = await perform({ ...ports, store }, command, { request, input: command.example });
  assert.equal(appends[0], `someone_wrote_first ${name}`);
  assert.equal(decisions.length, 2, `${name}: decided ${decisions.length} times`);
  assert.deepEqual(decisions[1]?.get(name), record, `${name}: decided again on what it was before`);
  assert.equal(appends.length, done.ok ? 2 : 1);
}

/** A record as the story has one, for where there was none: someone else took the name. */
async function oneLike(name: string): Promise<object> {
  const { ports } = await worldBefore();
  const [collection] = split(name);
  const [any] = (await ports.store.list({ collection, limit: 1 })).items;
  return any?.record ?? {};
}
