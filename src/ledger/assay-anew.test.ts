import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { combine, type Measured, measured, readingOf, spread } from "../quantity/index.ts";
import { assayAnew } from "./index.ts";

const near = (a: number, b: number, relative = 1e-9) =>
  assert.ok(Math.abs(a - b) <= relative * Math.max(1, Math.abs(b)), `${a} is ${b}`);
const apartIn = (element: string) => `apart:${element}`;
const nd = (known: Measured | undefined, reading: Measured & { below?: true }) => {
  const [line] = assayAnew(known ? { Nd: known } : {}, { Nd: reading }, apartIn);
  assert.ok(line);
  return line;
};

/** A content read by a laboratory with a bias of its own, of a sample with a doubt of its own, on a lot of one weight. */
const assayed = (best: number, own: string, sample: string): Measured =>
  combine([
    [1, readingOf(best, { random: 3_000, shared: 4_000 }, { own, shared: "lab/ICP/Nd" })],
    [1, { best: 0, moves: { [sample]: 12_000, "bias:floor": 500 } }],
  ]);

test("L42: what two readings share stays, what they do not averages away", () => {
  const { held, agrees } = nd(assayed(1_000_000, "a", "sample:1"), assayed(1_010_000, "b", "sample:2"));
  assert.ok(agrees);
  assert.equal(held.best, 1_005_000);
  // By hand: own parts 3 and samples 12 over the root of two; the bias 4 and the scale 0.5 whole.
  near(spread(held), Math.hypot(3_000 / Math.SQRT2, 12_000 / Math.SQRT2, 4_000, 500));
});

test("L42: the same sample read again says nothing new of what the sample is from its lot", () => {
  const { held } = nd(assayed(1_000_000, "a", "sample:1"), assayed(1_004_000, "b", "sample:1"));
  near(spread(held), Math.hypot(3_000 / Math.SQRT2, 12_000, 4_000, 500));
});

test("L42: in which order readings come hardly matters: within a twentieth of the doubt, and the doubt within a thousandth", () => {
  const three = [
    measured(1_000_000, 30_000, "foretold"),
    assayed(1_010_000, "a", "sample:1"),
    assayed(990_000, "b", "sample:2"),
  ] as const;
  const inOrder = (order: readonly number[]) =>
    order
      .slice(1)
      .reduce((known, i) => nd(known, three[i] as Measured).held, three[order[0] ?? 0] as Measured);
  const first = inOrder([0, 1, 2]);
  for (const order of [
    [0, 2, 1],
    [1, 2, 0],
    [2, 0, 1],
  ]) {
    const other = inOrder(order);
    const off = Math.abs(other.best - first.best);
    assert.ok(off <= spread(first) / 20, `${off} of ${spread(first)}`);
    near(spread(other), spread(first), 1e-3);
  }
});

test("L42: beyond chance neither is dropped, and the doubt covers both", () => {
  const { held, agrees, known, reading } = nd(
    measured(1_000_000, 1_000, "a"),
    measured(1_010_000, 1_000, "b"),
  );
  assert.ok(!agrees);
  assert.deepEqual([known?.best, reading.best, held.best], [1_000_000, 1_010_000, 1_005_000]);
  near(spread(held), 5_000);
});

test("L42: an element nobody followed is what was read; a milligram is rounding", () => {
  assert.deepEqual(nd(undefined, { ...measured(70.4, 30, "a"), below: true }).held, {
    best: 70,
    moves: { a: 30 },
    below: true,
  });
  assert.ok(nd({ best: 5, moves: {} }, { best: 6, moves: {} }).agrees);
});

test("L42: a reading that agrees never takes certainty away", () => {
  const part = fc.double({ min: 1, max: 1000, noNaN: true });
  fc.assert(
    fc.property(part, part, part, part, (r1, b1, r2, b2) => {
      const known = readingOf(10_000, { random: r1, shared: b1 }, { own: "a", shared: "lab" });
      const reading = readingOf(10_000, { random: r2, shared: b2 }, { own: "b", shared: "lab" });
      assert.ok(spread(nd(known, reading).held) <= Math.min(spread(known), spread(reading)) + 1e-9);
    }),
  );
});
