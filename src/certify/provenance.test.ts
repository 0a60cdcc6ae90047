import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CUSTODY_MODELS,
  compareProvenance,
  consignmentSource,
  type Descent,
  feedSource,
  isTooStrong,
  provenanceOf,
  recoveredShares,
  type Source,
  type StepMade,
  type Trace,
  traceOf,
  unsettledSource,
  weakestOf,
} from "./index.ts";

const US = { country: "US", region: "IN" };
const consignment = (name: string, feedstock?: string, later = false) =>
  consignmentSource({ consignment: name, collected_in: US, feedstock, stated_later: later });

let steps = 0;
type Input = StepMade["inputs"][number];
const from = (lot: string, Nd: number, feeds_mg: Input["feeds_mg"] = {}): Input => ({
  lot,
  elements_mg: { Nd: { best: Nd } },
  feeds_mg,
});
const step = (inputs: readonly Input[], more: Partial<StepMade> = {}): StepMade => ({
  step: `S-${++steps}`,
  kind: "blend",
  site: "here",
  at: `2026-03-0${Math.min(9, steps)}T00:00:00.000Z`,
  additions: [],
  inputs,
  ...more,
});

const descent = (
  sources: Readonly<Record<string, Source>>,
  makers: Readonly<Record<string, StepMade>>,
): Descent => ({
  sourceOf: (lot) => sources[lot],
  makerOf: (lot) => makers[lot],
  placeOf: (site) => (site === "here" ? US : undefined),
});

const trace = (more: Partial<Trace> = {}): Trace => ({
  collected_in: [US],
  sites: [],
  custody: "identity_preserved",
  feedstock: { Nd: { post_consumer_device: 1 } },
  stated_later: false,
  ...more,
});
const feed = (name: string, more: Partial<Trace> = {}) => feedSource({ feed: name, trace: trace(more) });
const acid = [{ name: "acid", elements_mg: {} }];

test("C31: the weakest model upstream is the label; nothing known is weaker than any", () => {
  assert.equal(weakestOf(["segregated", "identity_preserved"]), "segregated");
  assert.equal(weakestOf([...CUSTODY_MODELS]), "mass_balance");
  assert.equal(weakestOf(["mass_balance", "not_stated"]), "not_stated");
  for (const [i, said] of CUSTODY_MODELS.entries())
    for (const [j, found] of CUSTODY_MODELS.entries()) assert.equal(isTooStrong(said, found), i < j);
  assert.ok(isTooStrong("mass_balance", "not_stated"));
  assert.ok(!isTooStrong("not_stated", "identity_preserved"));
  assert.ok(isTooStrong("certified_green", "not_stated"), "a word that is no model claims more than any");
});

test("C31: one consignment is preserved, with reagents segregated; two joined are blended; unsettled metal is a balance", () => {
  const custody = (sources: Record<string, Source>, makers: Record<string, StepMade>) =>
    traceOf("X", ["Nd"], descent(sources, makers)).custody;
  const one = { A: consignment("C-1") };
  assert.equal(custody(one, { X: step([from("A", 5)]) }), "identity_preserved");
  assert.equal(custody(one, { X: step([from("A", 5)], { additions: acid }) }), "segregated");
  const mined = [{ name: "oxide from a mine", elements_mg: { Nd: { best: 15 } } }];
  assert.equal(custody(one, { X: step([from("A", 5)], { additions: mined }) }), "mass_balance");
  const half = traceOf(
    "X",
    ["Nd"],
    descent(
      { A: consignment("C-1", "post_consumer_device") },
      { X: step([from("A", 5)], { additions: mined }) },
    ),
  );
  assert.deepEqual(half.feedstock["Nd"], { not_stated: 0.75, post_consumer_device: 0.25 });
  // Both lots of one consignment are one source; two consignments are not.
  assert.equal(
    custody({ ...one, B: consignment("C-1") }, { X: step([from("A", 5), from("B", 5)]) }),
    "identity_preserved",
  );
  assert.equal(
    custody({ ...one, B: consignment("C-2") }, { X: step([from("A", 5), from("B", 5)]) }),
    "controlled_blending",
  );
  // What brings nothing of the product is no source of it.
  assert.equal(
    custody({ ...one, B: consignment("C-2") }, { X: step([from("A", 5), from("B", 0)]) }),
    "identity_preserved",
  );
  const fed = { A: feed("A"), B: unsettledSource("B") };
  assert.equal(custody(fed, { X: step([from("A", 5, { A: { Nd: 5 } })]) }), "identity_preserved");
  assert.equal(custody(fed, { X: step([from("A", 5, { A: { Nd: 5 } }), from("B", 1)]) }), "mass_balance");
  // A feed drawn on before it was settled gives metal that nobody attributes.
  assert.equal(custody(fed, { X: step([from("A", 5)]) }), "mass_balance");
  assert.equal(
    custody(
      { A: feed("A", { custody: "controlled_blending" }) },
      { X: step([from("A", 5, { A: { Nd: 5 } })]) },
    ),
    "controlled_blending",
    "a weaker step upstream caps what is said downstream",
  );
  assert.equal(custody({}, { X: step([from("NOWHERE", 5)]) }), "not_stated");
});

test("C30: feedstock is shared by element through every step, also where one step's lots meet again", () => {
  const sources = { A: consignment("C-1", "post_consumer_device"), B: consignment("C-2", "virgin") };
  const split = step([from("A", 30), from("B", 10)]);
  const makers = { P: split, Q: split, X: step([from("P", 20), from("Q", 4), from("B", 24)]) };
  const { feedstock, collected_in } = traceOf("X", ["Nd", "Tb"], descent(sources, makers));
  // By hand: 24 of 48 come as 3 : 1, the other 24 are virgin.
  assert.deepEqual(feedstock["Nd"], { post_consumer_device: 0.375, virgin: 0.625 });
  assert.deepEqual(feedstock["Tb"], { not_stated: 1 }, "an element that nothing brings is of no known class");
  assert.deepEqual(collected_in, [US]);
});

test("C30: what no record states is not stated, and nothing stands in for it", () => {
  const silent = consignmentSource({ consignment: "C-1", stated_later: false });
  const made = step([from("A", 5)], { site: "elsewhere", kind: "dismantle" });
  const found = provenanceOf("X", ["Nd"], descent({ A: silent }, { X: made }));
  assert.deepEqual(found, {
    rules: 2,
    collected_in: ["not_stated"],
    sites: [{ step: "dismantle", country: "not_stated", at: made.at }],
    chain_of_custody: "identity_preserved",
    origin: "not_stated",
    feedstock: { Nd: { not_stated: "1.0000" } },
    stated_later: false,
  });
});

test("C30: the origin is recovered only where all of it is stated to be", () => {
  const origin = (...classes: (string | undefined)[]) => {
    const sources = Object.fromEntries(classes.map((c, i) => [`L${i}`, consignment(`C-${i}`, c)]));
    const x = step(classes.map((_, i) => from(`L${i}`, 1)));
    return provenanceOf("X", ["Nd"], descent(sources, { X: x })).origin;
  };
  assert.equal(origin("post_consumer_device", "pre_consumer_swarf", "pre_consumer_reject"), "recovered");
  assert.equal(origin("virgin"), "virgin");
  assert.equal(origin("virgin", "post_consumer_device"), "mixed");
  assert.equal(origin("post_consumer_device", undefined), "not_stated");
  assert.equal(origin("post_consumer_device", "unknown"), "not_stated");
  assert.equal(origin("no class of ours"), "not_stated");
});

test("C30: parts that are stated to be waste add up; what was stated later stays said so", () => {
  const sources = {
    A: consignment("C-1", "post_consumer_device"),
    B: consignment("C-2", "pre_consumer_swarf", true),
    C: consignment("C-3", "virgin"),
  };
  const x = step([from("A", 1), from("B", 2), from("C", 1)]);
  const found = provenanceOf("X", ["Nd"], descent(sources, { X: x }));
  assert.deepEqual(recoveredShares(found), { Nd: 0.75 });
  assert.equal(found.stated_later, true);
});

test("C30: a lineage of thirty thousand steps, and one in a circle, come to an end", () => {
  const makers: Record<string, StepMade> = { L0: step([from("A", 1)]) };
  for (let i = 1; i < 30_000; i++) makers[`L${i}`] = step([from(`L${i - 1}`, 1)]);
  const long = traceOf("L29999", ["Nd"], descent({ A: consignment("C-1", "virgin") }, makers));
  assert.deepEqual(long.feedstock["Nd"], { virgin: 1 });
  const circle = { X: step([from("Y", 1)]), Y: step([from("X", 1)]) };
  assert.deepEqual(traceOf("X", ["Nd"], descent({}, circle)).feedstock["Nd"], { not_stated: 1 });
});

test("C32: what a passport says beyond the records is named, and so is what nobody stated", () => {
  const found = provenanceOf(
    "X",
    ["Nd"],
    descent({ A: feed("A") }, { X: step([from("A", 5, { A: { Nd: 5 } })], { additions: acid }) }),
  );
  assert.deepEqual(compareProvenance(found, found), []);
  const codes = (more: object) =>
    compareProvenance({ ...found, ...more }, found).map(({ code, at }) => `${code} ${at}`);
  assert.deepEqual(codes({ chain_of_custody: "identity_preserved" }), [
    "label_too_strong provenance.chain_of_custody",
  ]);
  assert.deepEqual(codes({ chain_of_custody: "mass_balance" }), [], "less than it could be is no lie");
  assert.deepEqual(codes({ collected_in: [{ country: "CA" }] }), [
    "provenance_differs provenance.collected_in",
  ]);
  assert.deepEqual(codes({ sites: [] }), ["provenance_differs provenance.sites"]);
  assert.deepEqual(codes({ origin: "virgin" }), ["provenance_differs provenance.origin"]);
  const silent = provenanceOf(
    "X",
    ["Nd"],
    descent(
      { A: feed("A", { collected_in: ["not_stated"] }) },
      {
        X: step([from("A", 5, { A: { Nd: 5 } })]),
      },
    ),
  );
  assert.deepEqual(
    compareProvenance(silent, silent).map(({ code, at }) => `${code} ${at}`),
    ["not_stated provenance.collected_in"],
  );
});

test("C30: what was added to a lot is weighed against what was settled of it, not against what it was thought to hold", () => {
  const of = (best: number) => ({ Nd: { best } });
  const step = {
    ...{ step: "S", kind: "blend", site: "x", at: "2026-03-01T00:00:00Z" },
    inputs: [{ lot: "L", elements_mg: of(600), feeds_mg: {} }],
    additions: [{ name: "powder", elements_mg: of(300) }],
  };
  const source = consignmentSource({
    consignment: "C",
    feedstock: "pre_consumer_swarf",
    stated_later: false,
  });
  const descent = {
    sourceOf: (lot: string) => (lot === "L" ? source : undefined),
    makerOf: (lot: string) => (lot === "F" ? step : undefined),
    placeOf: () => undefined,
  };
  const feedstock = (less?: () => number) => traceOf("F", ["Nd"], descent, less).feedstock["Nd"];
  assert.deepEqual(feedstock(), { not_stated: 0.333333, pre_consumer_swarf: 0.666667 });
  // Nine hundred were thought to be there, six hundred were settled.
  assert.deepEqual(
    feedstock(() => 1.5),
    { not_stated: 0.5, pre_consumer_swarf: 0.5 },
  );
  assert.deepEqual(
    feedstock(() => 0.5),
    feedstock(),
    "more was settled: the mix stays",
  );
  assert.deepEqual(
    feedstock(() => 9),
    { not_stated: 1 },
  );
});
