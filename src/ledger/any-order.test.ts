import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { combineReadings, type Measured, type ReadingDoubt, readingOf, spread } from "../quantity/index.ts";
import type { LedgerRecords, Lot, MemoryBook } from "./index.ts";

const near = (a: number, b: number, relative = 1e-9) =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${a} is ${b}`);

type Book = MemoryBook<LedgerRecords>;
const LAST = { scale: "B", doubt_mg: { random: 300, shared: 400 } };
const held = (book: Book, id: string) => lotsOf(book).get(id) as Lot;
const doubtsOf = (book: Book, id: string) => {
  const { mass_mg, elements_mg } = held(book, id);
  return [mass_mg, elements_mg["Nd"] as Measured].map(spread) as [number, number];
};

const one = () =>
  bookWith([
    { id: "L-1", mass_mg: 100 * KG, doubt_mg: { random: 3_000, shared: 4_000 }, elements: { Nd: 25 * KG } },
  ]);

const part = (lot: string, mass_mg: number, doubt_mg: ReadingDoubt) => ({
  ...out(lot, mass_mg),
  ...{ scale: "A", doubt_mg },
});

/** Divides a lot into drums of equal mass. */
async function divided(book: Book, count: number, doubt_mg: ReadingDoubt): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `D-${i}`);
  const outputs = names.map((name) => part(name, (100 * KG) / count, doubt_mg));
  const decided = await perform(book, stepOf({ step: "S-1", outputs }));
  assert.ok(decided.ok);
  return names;
}

async function blended(book: Book, step: string, lots: readonly string[]): Promise<string> {
  const mass_mg = lots.reduce((mg, lot) => mg + held(book, lot).mass_mg.best, 0);
  const output = { ...out(`B-${step}`, mass_mg), kind: "blend", ...LAST };
  const decided = await perform(
    book,
    stepOf({ step, inputs: lots.map((lot) => ({ lot })), outputs: [output] }),
  );
  assert.ok(decided.ok, decided.ok ? "" : decided.refusal.message);
  return output.lot;
}

test("L45: divided, blended again and weighed, a lot is as doubtful as weighed straight away", async () => {
  const straight = await one();
  const [mass, nd] = doubtsOf(straight, await blended(straight, "S-9", ["L-1"]));
  for (const count of [2, 20, 100])
    for (const doubt_mg of [
      { random: 0, shared: 10 },
      { random: 500, shared: 10 },
    ]) {
      const book = await one();
      const drums = await divided(book, count, doubt_mg);
      const [massAfter, ndAfter] = doubtsOf(book, await blended(book, "S-9", drums));
      near(massAfter, mass);
      // What the drums were weighed to be does not count in what they hold together.
      near(ndAfter, nd, 1e-6);
    }
});

test("L45: lots of one grade blended at once or one after another are alike in doubt; of two grades nearly", async () => {
  for (const [grade, tolerance] of [
    [25 * KG, 1e-6],
    [15 * KG, 1e-4],
  ] as const) {
    const make = () =>
      bookWith(
        [25 * KG, 25 * KG, grade].map((nd_mg, i) => ({
          ...{ id: `L-${i}`, mass_mg: 100 * KG, doubt_mg: { random: 3_000, shared: 4_000 } },
          elements: { Nd: nd_mg },
        })),
      );
    const [atOnce, inTurn] = [await make(), await make()];
    const whole = doubtsOf(atOnce, await blended(atOnce, "S-1", ["L-0", "L-1", "L-2"]));
    const first = await blended(inTurn, "S-2", ["L-0", "L-2"]);
    const after = doubtsOf(inTurn, await blended(inTurn, "S-1", [first, "L-1"]));
    near(after[0], whole[0]);
    near(after[1], whole[1], tolerance);
  }
});

test("L45: a hundred causes, divided and blended, are no surer than they were", async () => {
  const book = await one();
  const lot = held(book, "L-1");
  const moves = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`reading:${i}`, 100_000 / (1 + i / 10)]),
  );
  const elements_mg = { Nd: { best: 25 * KG, moves } };
  book.put("lot", "L-1", { ...lot, elements_mg });
  const before = spread(elements_mg.Nd);
  const drums = await divided(book, 50, { random: 0, shared: 10 });
  const [, nd] = doubtsOf(book, await blended(book, "S-9", drums));
  assert.ok(nd >= before * (1 - 1e-9), `${nd} was ${before}`);
  near(nd, before, 1e-2);
});

test("L45: weighings combine in any order, but where biases alternate, by less than a twentieth", () => {
  const doubt = { random: 3_000, shared: 4_000 };
  const combined = (scales: readonly string[]): number => {
    const readings = scales.map((shared, i) => readingOf(100, doubt, { own: `r${i}`, shared }));
    const [first, ...others] = readings;
    return spread(
      others.reduce((known, reading) => combineReadings(known, reading).value, first as Measured),
    );
  };
  near(combined(["A", "B", "C"]), combined(["C", "A", "B"]));
  near(combined(["A", "A", "A"]), Math.hypot(3_000 / Math.sqrt(3), 4_000));
  const [apart, between] = [combined(["A", "A", "B"]), combined(["A", "B", "A"])];
  assert.ok(between >= apart * (1 - 1e-12) && between <= apart * 1.05, `${between} against ${apart}`);
});
