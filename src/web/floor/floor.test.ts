import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Lot, StepKind } from "../../ledger/index.ts";
import { STEP_KINDS } from "../../prepare/index.ts";
import { readingOf } from "../../quantity/index.ts";
import { afterKey, closing, readKeyed } from "./closing.ts";
import { nextFor } from "./next-step.ts";

const own = (given: Partial<StepKind>): StepKind => ({
  ...{ kind: "own", does: "does it", capability: "own", contents: {}, losses: {}, marks: {} },
  ...{ evidence: "C", source: "a test", ...given },
});

const lot = (given: Partial<Lot>): Lot =>
  ({ id: "L-1", kind: "devices", state: "on_hand", notes: {}, ...given }) as Lot;

test("W7: keys make a weight in kilograms, whole milligrams and nothing else", () => {
  const type = (keys: string) => [...keys].reduce(afterKey, "");
  assert.equal(type("24.6"), "24.6");
  assert.equal(readKeyed(type("24.6")), 24_600_000);
  assert.equal(type(".5"), "0.5");
  assert.equal(type("007"), "7");
  assert.equal(type("1.2.3"), "1.23");
  assert.equal(type("12←3"), "13");
  assert.equal(type("0.1234567"), "0.123456");
  assert.equal(readKeyed(""), undefined);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(..."0123456789.←")), (keys) => {
      const text = keys.reduce(afterKey, "");
      assert.ok(text === "" || Number.isSafeInteger(readKeyed(text)));
    }),
  );
});

test("W7: the first look at closing tells what is missing and how much that scale errs, as the books will", () => {
  const readings = { repeatability: { sd: 40_000 }, bias: { sd: 30_000 } };
  const on = (id: string) => ({
    input: readingOf(1_000_000_000, { random: 40_000, shared: 30_000 }, { own: "L-1", shared: "floor" }),
    scale: { id, readings },
  });
  const even = closing({ ...on("floor"), parts_mg: [24_600_000, 975_400_000] });
  assert.deepEqual([even.missing_mg, even.closes], [0, true]);
  const short = closing({ ...on("floor"), parts_mg: [24_600_000, 974_400_000] });
  assert.deepEqual([short.missing_mg, short.closes], [1_000_000, false]);
  assert.ok(
    Math.abs(short.sd_mg - Math.hypot(40_000 * Math.sqrt(3), 30_000)) < 1e-6,
    "one bias of two stays",
  );
  const other = closing({ ...on("bench"), parts_mg: [24_600_000, 975_400_000] });
  assert.ok(Math.abs(other.sd_mg - Math.hypot(40_000 * Math.sqrt(3), 30_000, 60_000)) < 1e-6);
  const unsaid = { input: { best: 5, moves: {} }, parts_mg: [1], scale: undefined };
  assert.equal(closing(unsaid).closes, false);
});

test("W7: a lot is offered the one step that usually follows, where its site can do it", () => {
  const can = (...capabilities: string[]) => nextFor(lot({}), STEP_KINDS, capabilities);
  const next = can("dismantle", "store");
  assert.ok(next.way === "step");
  assert.equal(next.step.kind, "dismantle");
  assert.deepEqual(
    next.step.parts.map((p) => `${p.part} ${p.name}`),
    ["output magnets", "output steel_and_aluminium", "loss dust"],
  );
  assert.equal(can("store").way, "wait");
  const cold = nextFor(lot({ kind: "magnets", notes: { magnetised: "no" } }), STEP_KINDS, [
    "demagnetise",
    "decrepitate",
  ]);
  assert.ok(cold.way === "step");
  assert.equal(cold.step.kind, "decrepitate");
  const others = next.others.map(({ kind }) => kind);
  assert.deepEqual(others, [], "nothing else takes devices where nobody shreds");
  const shredding = nextFor(lot({}), STEP_KINDS, ["shred", "store", "dry"]);
  assert.ok(shredding.way === "step" && shredding.step.kind === "shred");
  assert.deepEqual(shredding.step.parts[0], { part: "output", name: "shred" });
  const sorting = nextFor(lot({ kind: "shred" }), STEP_KINDS, ["dismantle", "sort"]);
  assert.ok(sorting.way === "step" && sorting.step.kind === "sort", "what one step makes another takes");
  assert.equal(nextFor(lot({ state: "consumed" as Lot["state"] }), STEP_KINDS, ["dismantle"]).way, "wait");
});

test("W7, R8: a kind of step that the programme defined is offered by what it takes and makes", () => {
  const freeze = own({
    kind: "freeze",
    takes: ["devices"],
    makes: ["brittle"],
    losses: { frost: { by: "none" } },
  });
  const next = nextFor(lot({}), [freeze, ...STEP_KINDS], ["own", "shred"]);
  assert.ok(next.way === "step" && next.step.kind === "freeze");
  assert.deepEqual(
    next.step.parts.map((p) => `${p.part} ${p.name}`),
    ["output brittle", "loss frost"],
  );
  assert.deepEqual(
    next.others.map(({ kind }) => kind),
    ["shred"],
  );
  const unsaid = nextFor(lot({}), [...STEP_KINDS, own({})], ["own", "shred"]);
  assert.ok(unsaid.way === "step" && unsaid.step.kind === "shred");
  assert.deepEqual(
    unsaid.others.map(({ kind }) => kind),
    ["own"],
    "of which nobody said what it takes: offered, never first",
  );
});
