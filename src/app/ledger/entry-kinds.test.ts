import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryPorts } from "../../../test/support/memory-ports.ts";
import { KINDS_BY_ROOM } from "../../contract/entry-kinds.ts";
import { seeingAll } from "../core/seen.ts";
import { entryKinds } from "./entry-kinds.ts";

test("the books tell every kind of entry that a room folds, once, in words", async () => {
  const answer = await entryKinds.answer(seeingAll(memoryPorts()), {});
  assert.ok(answer.ok);
  const { items } = answer.value;
  const folded = Object.values(KINDS_BY_ROOM).flatMap((kinds) => Object.keys(kinds));
  assert.deepEqual(items.map(({ kind }) => kind).sort(), folded.sort());
  assert.equal(new Set(items.map(({ title }) => title)).size, items.length, "no two are called alike");
  for (const { kind, title } of items) assert.match(title, /^[a-z][a-z ,:'-]+$/, kind);
  const said = (kind: string) => items.find((item) => item.kind === kind);
  assert.deepEqual(said("step_reversed"), {
    kind: "step_reversed",
    room: "ledger",
    title: "step taken back",
    corrects: true,
  });
  assert.equal(said("step_recorded")?.corrects, false);
});
