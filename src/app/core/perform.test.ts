import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { memoryPorts } from "../../../test/support/memory-ports.ts";
import { done } from "../../quantity/index.ts";
import { findUseCase } from "../use-cases.ts";
import { perform } from "./perform.ts";
import { command } from "./use-case.ts";

const register = command({
  room: "programme",
  verb: "register-party",
  summary: "a command of the test's own",
  input: z.strictObject({
    party: z.string(),
    pallets: z.array(z.strictObject({ pallet: z.string() })).default([]),
  }),
  example: { party: "a", pallets: [] },
  concerns: { everyone: "it is a test" },
  decide: async (_scope, { party }) =>
    done({
      entries: [
        { kind: "party_registered", body: { party, name: party, kind: "carrier", sample: false } },
        {
          kind: "party_registered",
          body: { party: `${party}-2`, name: party, kind: "carrier", sample: false },
        },
      ],
      answer: { party },
    }),
});
const actor = { role: "r", party: "p", verified: false };

test("Q7: free text is kept with its place in the first entry of a command, and is part of what was asked", async () => {
  const ports = memoryPorts();
  const ask = (input: object, key = "k") => perform(ports, register, { request: { key, actor }, input });
  const given = {
    party: "a",
    note: "seen twice",
    _said: "mine",
    pallets: [{ pallet: "P" }, { pallet: "Q", note: "wet", _by: { shift: 2 } }],
  };
  assert.ok((await ask(given)).ok);
  const [first, second] = await ports.store.entries({ after: 0, limit: 9 });
  assert.equal(first?.body["note"], "seen twice");
  assert.deepEqual(first?.body["_said"], {
    _said: "mine",
    "pallets[1].note": "wet",
    "pallets[1]._by": { shift: 2 },
  });
  assert.equal(second?.body["note"], undefined);
  const other = await ask({
    ...given,
    pallets: [{ pallet: "P" }, { pallet: "Q", note: "dry", _by: { shift: 2 } }],
  });
  assert.equal(other.ok ? "done" : other.refusal.code, "key_reused");
  const again = await ask(given);
  assert.ok(again.ok && again.value.repeated);
});

test("A51: a repeat that is decided while its first is done is answered as that, whatever it would be refused by then", async () => {
  const ports = memoryPorts();
  const useCase = findUseCase("programme", "register-party");
  assert.ok(useCase?.type === "command");
  const ask = (key: string, store = ports.store) =>
    perform({ ...ports, store }, useCase, { request: { key, actor }, input: useCase.example });
  /** By another server the first is done just after this one looked for its answer. */
  const overtaken = (first: string) => {
    let overtook = false;
    return {
      ...ports.store,
      async answerTo(key: string) {
        const found = await ports.store.answerTo(key);
        if (!overtook) await ask(first);
        overtook = true;
        return found;
      },
    };
  };
  const again = await ask("k", overtaken("k"));
  assert.ok(again.ok && again.value.repeated && again.value.seq === 1);
  const other = await ask("other", overtaken("k"));
  assert.equal(other.ok ? "done" : other.refusal.code, "party_name_taken");
  assert.equal(ports.store.log.length, 1);
});
