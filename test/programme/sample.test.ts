import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ports } from "../../src/app/core/ports.ts";
import type { StepRecorded } from "../../src/ledger/index.ts";
import { loadSample } from "../../src/sample/index.ts";
import { memoryPorts } from "../support/memory-ports.ts";

/** Among them the middle of a consignment, of a settlement, of the refinery and of the sale. */
const STOPS = [1, 37, 71, 101, 119];

const load = (ports: Ports, now: string, log: (line: string) => void = () => {}) =>
  loadSample({ portsAt: (clock) => ({ ...ports, clock }), now: new Date(now), log });

const entriesOf = (ports: Ports) => ports.store.entries({ after: 0, limit: 10_000 });

test("sample: the story ends shortly before it is told, on a Monday's count of weeks", async () => {
  const ports = memoryPorts(() => new Date());
  assert.equal(await load(ports, "2026-11-23T10:00:00Z"), "loaded");
  const entries = await entriesOf(ports);
  const [first, last] = [entries.at(0), entries.at(-1)];
  assert.equal(first?.time, "2026-07-13T14:00:00.000Z");
  const days = (Date.parse("2026-11-23T10:00:00Z") - Date.parse(last?.time ?? "")) / 86_400_000;
  assert.ok(days > 0 && days < 21, `it ends ${days} days before`);
  assert.equal(await load(ports, "2026-12-23T10:00:00Z"), "there already");
});

test("sample: a story interrupted at any request and told on weeks later is the same story", async () => {
  const whole = memoryPorts(() => new Date());
  await load(whole, "2026-11-23T10:00:00Z");
  const told = (of: Awaited<ReturnType<typeof entriesOf>>) => of.map((e) => [e.seq, e.time, e.kind]);
  const wanted = told(await entriesOf(whole));
  for (const appends of STOPS) {
    const ports = memoryPorts(() => new Date());
    let left = appends;
    const breaking: Ports = {
      ...ports,
      store: {
        ...ports.store,
        append: (batch) => {
          left -= 1;
          if (left < 0) throw new Error("the power went");
          return ports.store.append(batch);
        },
      },
    };
    await assert.rejects(load(breaking, "2026-11-23T10:00:00Z"), /the power went/);
    assert.equal(await load(ports, "2026-12-21T10:00:00Z"), "loaded");
    assert.deepEqual(told(await entriesOf(ports)), wanted, `interrupted after ${appends} requests`);
  }
});

test("sample: weighings differ as real ones do, nothing is made to fit, and all that is not left open on purpose closes", async () => {
  const ports = memoryPorts(() => new Date());
  await load(ports, "2026-11-23T10:00:00Z");
  const off: number[] = [];
  let open = 0;
  for (const { kind, body } of await entriesOf(ports)) {
    if (kind !== "step_recorded") continue;
    const { closure } = body as unknown as StepRecorded;
    if (!closure.closes) open++;
    else off.push(closure.mass.residual_mg / closure.mass.sd_mg);
  }
  assert.equal(open, 1, "a box that is being looked for");
  assert.ok(off.length > 15 && off.every((z) => z !== 0), "no step closes to the milligram");
  // By hand: the sum of squares of n normals is n, give or take the root of 2 n; a lot that is weighed on is in two of them.
  const [squares, n] = [off.reduce((sum, z) => sum + z * z, 0), off.length];
  assert.ok(Math.abs(squares - n) < 4 * Math.sqrt(2 * n), `${squares.toFixed(1)} of ${n} steps`);
});
