import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import type { AnyAction } from "../core/use-case.ts";
import { carryOut, wasDone } from "./carry-out.ts";
import { PATIENCE } from "./worker.ts";

const actor = { role: "intake lead", party: "sample-recycler", verified: false };
const start = theUseCase("jobs start") as AnyAction;
const manifest = {
  use_case: "intake/read-manifest",
  input: theUseCase("intake read-manifest").example as object,
};

const ask = async ({ ports }: World, input: object, key?: string) => {
  const done = await start.run(ports, { input, request: { actor, ...(key === undefined ? {} : { key }) } });
  return done.ok ? done.value : done.refusal.code;
};

describe("long work", () => {
  it("J1: the same again answers the job that is there; other content under its key is refused", async () => {
    const world = await worldBefore("intake read-manifest");
    const first = await ask(world, manifest, "k");
    const again = await ask(world, manifest, "k");
    assert.ok(typeof first === "object" && typeof again === "object");
    assert.deepEqual([first.repeated, again.repeated, again.job], [false, true, first.job]);
    const other = { ...manifest, input: { ...manifest.input, name: "other.csv" } };
    assert.equal(await ask(world, other, "k"), "key_reused");
  });

  it("J1: what goes on the books needs a key, what is not long is asked for directly, and input is read first", async () => {
    const world = await worldBefore("intake read-manifest");
    assert.equal(await ask(world, manifest), "key_missing");
    assert.equal(await ask(world, { use_case: "programme/sites", input: {} }, "k"), "job_not_long");
    assert.equal(await ask(world, { use_case: "intake/gone", input: {} }, "k"), "use_case_unknown");
    assert.equal(await ask(world, { ...manifest, input: { consignment: "C 1" } }, "k"), "input_malformed");
    const design = { use_case: "column/design", input: { zzqx: 1 } };
    assert.equal(await ask(world, design, "k"), "field_unknown", "a room that reads its own contract too");
    assert.deepEqual(await world.ports.jobs.list({ limit: 9 }), []);
  });

  it("J8: begun twice, a command is on the books once, and asked for directly under that key it is a repeat", async () => {
    const world = await worldBefore("intake read-manifest");
    await ask(world, manifest, "k");
    const claim = await world.ports.jobs.claim("w", PATIENCE);
    assert.ok(claim);
    assert.equal(await wasDone(world.ports, claim), undefined);
    const before = world.ports.store.log.length;
    const first = await carryOut(world.ports, claim);
    const after = world.ports.store.log.length;
    assert.ok(first.state === "done" && after > before);
    const again = await carryOut(world.ports, claim);
    assert.ok(again.state === "done" && (again.result as { repeated: boolean }).repeated);
    assert.equal(world.ports.store.log.length, after);
    assert.equal((await wasDone(world.ports, claim))?.state, "done", "cancelled now, it is too late");
  });

  it("J8: what is refused on the books is a refusal of the job, and writes nothing", async () => {
    const world = await worldBefore("intake read-manifest");
    await ask(world, { ...manifest, input: { ...manifest.input, consignment: "C-9" } }, "k");
    const claim = await world.ports.jobs.claim("w", PATIENCE);
    assert.ok(claim);
    const before = world.ports.store.log.length;
    const outcome = await carryOut(world.ports, claim);
    assert.ok(outcome.state === "refused");
    assert.equal(outcome.refusal.code, "consignment_unknown");
    assert.equal(world.ports.store.log.length, before);
  });
});
