import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ports } from "../../src/app/ports.ts";
import { loadSample } from "../../src/sample/index.ts";
import { memoryPorts } from "../support/memory-ports.ts";

const load = (ports: Ports, now: string, log: (line: string) => void = () => {}) =>
  loadSample({ portsAt: (clock) => ({ ...ports, clock }), now: new Date(now), log });

const entriesOf = (ports: Ports) => ports.store.entries({ after: 0, limit: 10_000 });

test("sample: the story ends shortly before it is told, on a Monday's count of weeks", async () => {
  const ports = memoryPorts(() => new Date());
  assert.equal(await load(ports, "2026-11-23T10:00:00Z"), "loaded");
  const entries = await entriesOf(ports);
  const [first, last] = [entries.at(0), entries.at(-1)];
  assert.equal(first?.time, "2026-07-27T14:00:00.000Z");
  const days = (Date.parse("2026-11-23T10:00:00Z") - Date.parse(last?.time ?? "")) / 86_400_000;
  assert.ok(days > 0 && days < 21, `it ends ${days} days before`);
  assert.equal(await load(ports, "2026-12-23T10:00:00Z"), "there already");
});

test("sample: a story interrupted and told on weeks later is the same story", async () => {
  const whole = memoryPorts(() => new Date());
  await load(whole, "2026-11-23T10:00:00Z");
  const broken = memoryPorts(() => new Date());
  let lines = 0;
  const stop = () => {
    lines += 1;
    if (lines === 3) throw new Error("the power went");
  };
  await assert.rejects(load(broken, "2026-11-23T10:00:00Z", stop), /the power went/);
  const before = (await entriesOf(broken)).length;
  assert.ok(before > 0);
  assert.equal(await load(broken, "2026-12-21T10:00:00Z"), "loaded");
  const told = (of: Awaited<ReturnType<typeof entriesOf>>) => of.map((e) => [e.seq, e.time, e.kind]);
  assert.deepEqual(told(await entriesOf(broken)), told(await entriesOf(whole)));
});
