import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, decideOn, KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { type Measured, spread, sum } from "../quantity/index.ts";
import { applyLedger, decideReversal, type LedgerRecords, type Lot, type MemoryBook } from "./index.ts";

const near = (a: number, b: number, relative = 1e-9) =>
  assert.ok(Math.abs(a - b) <= relative * Math.max(1, Math.abs(b)), `${a} is ${b}`);

type Book = MemoryBook<LedgerRecords>;
const lot = (book: Book, id: string) => lotsOf(book).get(id) as Lot;
const nd = (book: Book, id: string) => lot(book, id).elements_mg["Nd"] as Measured;

/** A hundred kilograms on scale A (3 g by itself, 4 g by its bias), of which an assayed quarter is Nd, to a hundredth. */
const FIRST = { random: 3_000, shared: 4_000 };
const assayed = () =>
  bookWith([{ id: "L-0", mass_mg: 100 * KG, doubt_mg: FIRST, elements: { Nd: 25 * KG } }]).then(
    async (book) => {
      const mg_per_kg = { Nd: { best: 250_000, sd: 2_500 } };
      const doubts = { Nd: { random: 2_500, shared: 0, bias: "lab/Nd" } };
      const content = { by: "assay" as const, laboratory: "lab", mg_per_kg, doubts };
      const output = { ...out("L-1", 100 * KG, content), kind: "powder", scale: "A", doubt_mg: FIRST };
      const done = await perform(book, stepOf({ step: "S-0", inputs: [{ lot: "L-0" }], outputs: [output] }));
      assert.ok(done.ok, done.ok ? "" : done.refusal.message);
      return book;
    },
  );

const taken = (mass_mg: number, scale: string, step = "S-1") => ({
  ...out(`${step}-P`, mass_mg),
  ...{ kind: "powder", scale, doubt_mg: { random: 5_000, shared: 6_000 } },
});

test("L43: what is drawn is what it was weighed to be, and what is left is known by difference", async () => {
  const book = await assayed();
  const step = stepOf({ inputs: [{ lot: "L-1", mass_mg: 40 * KG }], outputs: [taken(40 * KG, "A")] });
  const decided = await perform(book, step);
  assert.ok(decided.ok);
  assert.equal(decided.value.closure.mass.sd_mg, 0, "a draw that is its weighing tells of no loss");
  // One scale, which is 4 g off at a hundred kilograms and 6 g at forty: 2 g of it stay in the difference.
  near(spread(lot(book, "L-1").mass_mg), Math.hypot(3_000, 5_000, 6_000 - 4_000));
  // The fraction is 1 % off, whatever the mass; the mass counts by a quarter.
  near(spread(nd(book, "L-1")), Math.hypot(0.01 * 15 * KG, 0.25 * Math.hypot(3_000, 5_000, 2_000)));
  near(spread(nd(book, "S-1-P")), Math.hypot(0.01 * 10 * KG, 0.25 * Math.hypot(5_000, 6_000)));
  const both = sum([lot(book, "L-1").mass_mg, lot(book, "S-1-P").mass_mg]);
  near(spread(both), Math.hypot(3_000, 4_000));
  near(spread(sum([nd(book, "L-1"), nd(book, "S-1-P")])), Math.hypot(0.01 * 25 * KG, 0.25 * 5_000));
});

test("L43: a draw that was weighed by itself is tested by what the step made of it", async () => {
  const book = await assayed();
  const drawn = { lot: "L-1", mass_mg: 40 * KG, scale: "C", doubt_mg: { random: 1_000, shared: 2_000 } };
  const told = (gone_mg: number) => stepOf({ inputs: [drawn], outputs: [taken(40 * KG - gone_mg, "A")] });
  const decided = decideOn(book, told(0));
  assert.ok(decided.ok);
  near(decided.value.closure.mass.sd_mg, Math.hypot(1_000, 2_000, 5_000, 6_000));
  const gone = decideOn(book, told(26_000));
  assert.equal(gone.ok ? "done" : gone.refusal.code, "mass_does_not_close");
  await perform(book, told(0));
  near(spread(lot(book, "L-1").mass_mg), Math.hypot(...[3_000, 4_000, 1_000, 2_000]));
});

test("L43: a draw that nobody weighed errs by itself, as its share of the lot does or as what the step weighed", async () => {
  const share = 0.4 * Math.hypot(3_000, 4_000);
  for (const [made, most] of [
    [{ random: 5_000, shared: 6_000 }, share],
    [{ random: 500, shared: 600 }, Math.hypot(500, 600)],
  ] as const) {
    const book = await assayed();
    const output = { ...taken(40 * KG - 700, "C"), doubt_mg: made };
    const decided = await perform(
      book,
      stepOf({ inputs: [{ lot: "L-1", mass_mg: 40 * KG }], outputs: [output] }),
    );
    assert.ok(decided.ok);
    near(decided.value.closure.mass.sd_mg, Math.hypot(most, spread(decided.value.outputs[0]!.mass_mg)));
    near(spread(lot(book, "L-1").mass_mg), Math.hypot(3_000, 4_000, most));
  }
});

test("L43: what is delivered is weighed by nobody, and errs by its share", async () => {
  const book = await assayed();
  const to = { at: "2026-01-04T00:00:00Z", to: "buyer", shipment: "D-1", rules: 4 as const };
  await applyLedger(book, { kind: "lot_delivered", body: { lot: "L-1", mass_mg: 40 * KG, ...to } });
  near(spread(lot(book, "L-1").mass_mg), Math.hypot(5_000, 0.4 * 5_000));
});

test("L43: entries from before it fold as they did: alike in doubt on both sides", async () => {
  for (const rules of [2, 3] as const) {
    const book = await assayed();
    const decided = decideOn(
      book,
      stepOf({ inputs: [{ lot: "L-1", mass_mg: 40 * KG }], outputs: [taken(40 * KG, "A")] }),
    );
    assert.ok(decided.ok);
    assert.equal(decided.value.rules, 4);
    await applyLedger(book, { kind: "step_recorded", body: { ...decided.value, rules } });
    near(spread(lot(book, "L-1").mass_mg), 0.6 * 5_000);
  }
});

test("L22 L43: what a reversal puts back is as doubtful as it was", async () => {
  const book = await assayed();
  const before = lot(book, "L-1");
  await perform(book, stepOf({ inputs: [{ lot: "L-1", mass_mg: 33 * KG }], outputs: [taken(33 * KG, "B")] }));
  const decided = decideReversal(
    await book.get("step", "S-1"),
    { lots: lotsOf(book), takings: new Map() },
    { step: "S-1", at: "2026-01-03T00:00:00Z", why: "wrong lot" },
  );
  assert.ok(decided.ok);
  await applyLedger(book, { kind: "step_reversed", body: decided.value });
  assert.deepEqual(lot(book, "L-1").mass_mg, before.mass_mg);
  near(spread(nd(book, "L-1")), spread(before.elements_mg["Nd"] as Measured));
});

test("L43 L45: a lot that is drawn on a hundred times carries few causes and all of the doubt", async () => {
  const book = await assayed();
  for (let n = 1; n <= 100; n++)
    await perform(
      book,
      stepOf({
        ...{ step: `D-${n}`, inputs: [{ lot: "L-1", mass_mg: 900_000 }] },
        outputs: [{ ...taken(900_000, "C", `D-${n}`), doubt_mg: { random: 200, shared: 100 } }],
      }),
    );
  const left = lot(book, "L-1");
  assert.equal(left.mass_mg.best, 10 * KG);
  near(spread(left.mass_mg), Math.hypot(3_000, 4_000, 200 * Math.sqrt(100), 100 * 100));
  assert.ok(Object.keys(left.mass_mg.moves).length <= 28, "of the mass");
  assert.ok(Object.keys(nd(book, "L-1").moves).length <= 28, "of the content");
  // The fraction is 1 % off, whatever was drawn; the mass that is left counts by a quarter.
  near(spread(nd(book, "L-1")), Math.hypot(0.01 * 2.5 * KG, 0.25 * spread(left.mass_mg)), 5e-3);
});
