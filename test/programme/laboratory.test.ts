import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Driver, StoryClock } from "../../src/sample/driver.ts";
import { tellStory } from "../../src/sample/story.ts";
import { memoryPorts } from "../support/memory-ports.ts";

const clock = new StoryClock("2026-01-05T14:00:00.000Z");
const ports = memoryPorts(() => clock.now());
const driver = new Driver(ports, clock, "sample");

before(() => tellStory(driver, () => {}));

interface Waiting {
  readonly items: readonly {
    readonly sample: string;
    readonly waits: readonly { readonly side: string; readonly for: string; readonly by?: object }[];
  }[];
  readonly next?: string;
}
const waiting = (input: object = {}) => driver.ask<Waiting>("assay waiting", input);

test("Y7: what waits is told by sample and side, and is gone once another role released it", async () => {
  const [only, ...more] = (await waiting()).items;
  assert.equal(more.length, 0);
  assert.deepEqual(
    [only?.sample, only?.waits.map((w) => [w.side, w.for])],
    ["Y-C-2604-DEM", [["processor", "release"]]],
  );
  assert.deepEqual(only?.waits[0]?.by, { role: "chemist", party: "sample-lab-b" });
  const release = { sample: "Y-C-2604-DEM", side: "processor" };
  await assert.rejects(driver.do("assay release", "chemist@sample-lab-b", release), /released_by_reporter/);
  assert.deepEqual(await driver.do("assay release", "quality manager@sample-lab-b", release), {
    ...release,
    verified: false,
    superseded: [],
  });
  assert.deepEqual((await waiting()).items, []);

  const portions = ["supplier", "processor", "umpire"].map((side) => ({ side, seal: side, mass: "100 g" }));
  for (const sample of ["Z-1", "Z-2", "Z-3"])
    await driver.do("assay sample", "sampler@sample-refiner", { sample, lot: "C-2604-DEM", portions });
  await driver.do("assay report", "chemist@sample-lab-a", {
    sample: "Z-2",
    side: "supplier",
    laboratory: "sample-lab-a",
    method: "ICP",
    mg_per_kg: { Nd: { best: 200_000, sd: 900 } },
  });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page: Waiting = await waiting({ limit: 1, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map((i) => `${i.sample} ${i.waits.map((w) => `${w.side} ${w.for}`).join(", ")}`));
    after = page.next;
  } while (after !== undefined);
  assert.deepEqual(seen, [
    "Z-1 supplier report, processor report",
    "Z-2 supplier release, processor report",
    "Z-3 supplier report, processor report",
  ]);
});

test("Y8: a statement says which results had been released when it was made, and goes on saying so", async () => {
  const { items } = await driver.ask<{
    items: readonly { lot: string; issued: readonly { assays_released?: object }[] }[];
  }>("settle statements", {});
  const said = (lot: string) => items.find((s) => s.lot === lot)?.issued.at(-1)?.assays_released;
  assert.deepEqual(said("C-2601-DEM"), { supplier: true, processor: true });
  assert.deepEqual(said("C-2604-DEM"), { supplier: true, processor: false }, "released after it was settled");
});

interface Chart {
  readonly charts: readonly {
    readonly laboratory: string;
    readonly results: number;
    readonly state?: string;
    readonly limits?: { readonly centre: number };
    readonly points: readonly {
      readonly check: string;
      readonly at: string;
      readonly rules?: readonly string[];
    }[];
  }[];
}
const chart = (input: object) =>
  driver.ask<Chart>("assay control-chart", { reference: "RM-MAGNET-1", element: "Nd", ...input });

test("Y10 Y11: a chart for each laboratory in the order of time, with limits stated or its own", async () => {
  const { charts } = await chart({});
  assert.deepEqual(
    charts.map((c) => [c.laboratory, c.results, c.state]),
    [
      ["sample-lab-a", 26, "in_control"],
      ["sample-lab-b", 26, "in_control"],
    ],
  );
  const marked = charts[1]?.points.filter((p) => (p.rules?.length ?? 0) > 0).map((p) => [p.check, p.rules]);
  assert.deepEqual(marked, [
    ["Q-b-13", ["1_2s"]],
    ["Q-b-14", ["1_2s", "2_2s"]],
    ["Q-b-22", ["1_2s", "1_3s"]],
  ]);
  const times = charts[0]?.points.map((p) => p.at) ?? [];
  assert.deepEqual(times, [...times].sort());
  const own = (await chart({ basis: "own", laboratory: "sample-lab-a", limit: 5 })).charts;
  assert.equal(own.length, 1);
  assert.equal(own[0]?.points.length, 5);
  assert.notEqual(own[0]?.limits?.centre, 226_000);
  await assert.rejects(chart({ element: "Tb" }), /does not state Tb/);
  await driver.do("assay measure-reference", "chemist@sample-lab-a", {
    reference: "RM-MAGNET-1",
    laboratory: "sample-lab-a",
    method: "ICP",
    mg_per_kg: { Nd: 240_000 },
  });
  assert.equal((await chart({})).charts[0]?.state, "out_of_control");
});
