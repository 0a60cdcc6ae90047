import assert from "node:assert/strict";
import { test } from "node:test";
import { consignmentSource, type Descent, type Source, type StepMade, traceOf } from "./index.ts";

const consignment = (feedstock: string): Source =>
  consignmentSource({ consignment: feedstock, collected_in: undefined, feedstock, stated_later: false });

const input = (lot: string, mass: number, Nd: number, Fe = 0): StepMade["inputs"][number] => ({
  ...{ lot, mass_mg: { best: mass }, feeds_mg: {} },
  elements_mg: { ...(Nd > 0 ? { Nd: { best: Nd } } : {}), Fe: { best: Fe } },
});

/** What is told of the neodymium of a feed that one step joined of these, before anybody measured them. */
function toldOf(
  inputs: readonly (readonly [feedstock: string, mass: number, Nd: number, Fe?: number])[],
  {
    contents = "estimated",
    added = 0,
    settled,
  }: { contents?: "estimated" | "measured"; added?: number; settled?: number } = {},
) {
  const step: StepMade = {
    ...{ step: "S-1", kind: "blend", site: "here", at: "2026-03-01T00:00:00Z" },
    additions: added > 0 ? [{ name: "alloy", elements_mg: { Nd: { best: added } } }] : [],
    inputs: inputs.map((lot) => input(...lot)),
    outputs: [{ lot: "BLEND", mass_mg: { best: inputs.reduce((sum, [, mass]) => sum + mass, 0) } }],
  };
  const descent: Descent = {
    sourceOf: (lot) => (lot === "BLEND" ? undefined : consignment(lot)),
    makerOf: (lot) => (lot === "BLEND" ? step : undefined),
    placeOf: () => undefined,
    ...(contents === "estimated" ? { contents } : {}),
    ...(settled === undefined ? {} : { settled_mg: () => settled }),
  };
  return traceOf("BLEND", ["Nd"], descent).feedstock["Nd"];
}

const DEVICES = "post_consumer_device";
const REJECTS = "pre_consumer_reject";

test("C33: virgin metal whose manifest names next to none of it counts by what it weighs", () => {
  const lots = [
    [REJECTS, 1250, 312],
    ["virgin", 1250, 0.07],
  ] as const;
  assert.deepEqual(toldOf(lots), { [REJECTS]: 0.5, virgin: 0.5 });
  assert.deepEqual(toldOf([lots[0], ["virgin", 1250, 0]]), { [REJECTS]: 0.5, virgin: 0.5 }, "nor none of it");
  assert.deepEqual(
    toldOf(lots, { contents: "measured" }),
    { [REJECTS]: 0.999776, virgin: 0.000224 },
    "below a feed contents were measured",
  );
});

test("C33: an estimate that its lot's weight contradicts counts as far as it is possible", () => {
  // 400 of neodymium and 200 of iron are said to be in 300 of devices: at most 200 and 100 of them are.
  const told = toldOf([
    ["virgin", 100, 90],
    [DEVICES, 300, 400, 200],
  ]);
  assert.deepEqual(told, { [DEVICES]: 0.689655, virgin: 0.310345 }, "200 of 290, not the 300 of 400 by mass");
  const rich = toldOf([
    ["virgin", 100, 80],
    [DEVICES, 300, 20],
  ]);
  assert.deepEqual(rich, { [DEVICES]: 0.2, virgin: 0.8 }, "by estimate, which is less than 300 of 400");
});

test("C33: what is told claims no more than either way of sharing, class by class from the most valued down", () => {
  const told = toldOf([
    [DEVICES, 100, 60],
    [REJECTS, 200, 20],
    ["virgin", 100, 20],
  ]);
  // By estimate 0.6, 0.2, 0.2; by mass 0.25, 0.5, 0.25: of devices 0.25, recovered 0.75.
  assert.deepEqual(told, { [DEVICES]: 0.25, [REJECTS]: 0.5, virgin: 0.25 });
  // What is left of 0.75 goes to the others as 0.2 + 0.25 is to 0.2 + 0.5, by both ways together.
  assert.deepEqual(
    toldOf([
      [DEVICES, 100, 60],
      ["unknown", 100, 20],
      ["virgin", 200, 20],
    ]),
    { [DEVICES]: 0.25, unknown: 0.293478, virgin: 0.456522 },
  );
});

test("C33: one class alone is told as it is, and what was added stays beside", () => {
  assert.deepEqual(
    toldOf([
      [DEVICES, 100, 60],
      [DEVICES, 900, 1],
    ]),
    { [DEVICES]: 1 },
  );
  assert.deepEqual(
    toldOf(
      [
        [DEVICES, 500, 60],
        ["virgin", 500, 15],
      ],
      { added: 25 },
    ),
    { [DEVICES]: 0.375, not_stated: 0.25, virgin: 0.375 },
  );
});

test("C33: what others had room to bring by their weight is not told as recovered, whatever their manifest counts and whatever weight was put beside", () => {
  // A quarter of what the virgin manifest names is neodymium: 1250 kg had room for 312.5 of it.
  const virgin = ["virgin", 1250, 1, 3] as const;
  assert.deepEqual(toldOf([[REJECTS, 1250, 312, 938], virgin], { settled: 625 }), {
    [REJECTS]: 0.5,
    virgin: 0.5,
  });
  const poor = toldOf([[REJECTS, 1250, 312, 938], virgin], { settled: 500 });
  assert.deepEqual(poor, { [REJECTS]: 0.375, virgin: 0.625 });
  const steel = [REJECTS, 10_000, 280, 9720] as const;
  assert.deepEqual(
    toldOf([steel, virgin], { settled: 280 }),
    { virgin: 1 },
    "ten tonnes of steel bring nothing",
  );
  assert.deepEqual(toldOf([steel, ["virgin", 10, 0]], { settled: 280 }), {
    ...{ [REJECTS]: 0.964286, virgin: 0.035714 },
  });
  assert.deepEqual(toldOf([steel, [DEVICES, 1250, 1, 3]], { settled: 280 }), {
    ...{ [DEVICES]: 0.003559, [REJECTS]: 0.996441 },
  });
});

test("C55: what was added before a lot was settled is not told as recovered, as far as the lots themselves could not hold it", () => {
  const made = (lot: string, mass: number, Nd: number, sd = 0) => ({
    ...{ lot, mass_mg: { best: mass } },
    elements_mg: { Nd: { best: Nd, moves: { estimate: sd } } },
  });
  const step = (inputs: StepMade["inputs"], more: Pick<StepMade, "outputs" | "additions">): StepMade => ({
    ...{ step: `of ${inputs[0]?.lot}`, kind: "blend", site: "here", at: "2026-03-01T00:00:00Z" },
    ...{ inputs, ...more },
  });
  const magnets = { ...input(DEVICES, 250, 60), elements_mg: { Nd: { best: 60, moves: { estimate: 5 } } } };
  const powder = { name: "binder", mass_mg: { best: 1000 }, elements_mg: {} };
  const told = (settled: number, makers: Readonly<Record<string, StepMade>>, feed = "FEED") =>
    traceOf(feed, ["Nd"], {
      sourceOf: (lot) => (makers[lot] ? undefined : consignment(lot)),
      makerOf: (lot) => makers[lot],
      placeOf: () => undefined,
      ...{ contents: "estimated", settled_mg: () => settled },
    }).feedstock["Nd"];
  const blend = { outputs: [made("FEED", 1250, 60, 5)], additions: [powder] };
  assert.deepEqual(
    told(280, { FEED: step([magnets], blend) }),
    { not_stated: 0.75, [DEVICES]: 0.25 },
    "70 of 280",
  );
  assert.deepEqual(
    told(70, { FEED: step([magnets], blend) }),
    { [DEVICES]: 1 },
    "acid that brings nothing costs nothing",
  );
  const alone = { outputs: [made("FEED", 250, 60, 5)], additions: [] };
  assert.deepEqual(
    told(90, { FEED: step([magnets], alone) }),
    { [DEVICES]: 1 },
    "nor does an estimate that was too low",
  );
  const pinch = { outputs: [made("FEED", 251, 60, 5)], additions: [{ ...powder, mass_mg: { best: 1 } }] };
  assert.deepEqual(
    told(100, { FEED: step([magnets], pinch) }),
    { not_stated: 0.01, [DEVICES]: 0.99 },
    "by its weight",
  );
  const later = { outputs: [made("FEED", 625, 140)], additions: [] };
  const half = { ...input("MIXED", 625, 140) };
  const assayed = { outputs: [made("MIXED", 1250, 280)], additions: [powder] };
  assert.deepEqual(
    told(140, { MIXED: step([magnets], assayed), FEED: step([half], later) }),
    { not_stated: 0.75, [DEVICES]: 0.25 },
    "however it was assayed and divided before it was settled",
  );
  const nothing = { outputs: [made("MIXED", 0, 0)], additions: [powder] };
  const beside = { outputs: [made("FEED", 250, 60, 5)], additions: [] };
  assert.deepEqual(
    told(70, {
      MIXED: step([input(DEVICES, 0, 0)], nothing),
      FEED: step([magnets, input("MIXED", 0, 0)], beside),
    }),
    { [DEVICES]: 1 },
    "of a lot that weighs nothing nothing comes",
  );
});
