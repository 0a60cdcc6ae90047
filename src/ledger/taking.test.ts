import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bookWith,
  decideOn,
  KG,
  lotsOf,
  out,
  perform,
  stepOf,
  takingsOf,
} from "../../test/support/ledger.ts";
import { inHalves, measured } from "../quantity/index.ts";
import {
  applyLedger,
  decideReversal,
  free,
  freeEverywhere,
  freeOf,
  type LedgerRecords,
  type MemoryBook,
  nothingTaken,
  restatement,
  take,
  takenOf,
} from "./index.ts";
import { returnedThrough } from "./returned.ts";
import { withdrawnBy } from "./withdraw.ts";

const LATER = "2026-01-03T00:00:00Z";

/** An oxide lot of ten kilograms, of which `mass_mg` is taken. */
async function oxideTaken(taking: "claimed" | "promised" | "returned", mass_mg: number) {
  const book = await bookWith([{ id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } }]);
  await take(book, { taking, lot: "OX", by: "X-1", mass_mg });
  return book;
}

const halves = (first_mg: number, second_mg: number) =>
  stepOf({ inputs: [{ lot: "OX" }], outputs: [out("A", first_mg), out("B", second_mg)] });

const chemistry = (mass_mg: number) =>
  stepOf({
    inputs: [{ lot: "OX", mass_mg }],
    outputs: [{ ...out("LIQUOR", mass_mg), kind: "liquor" }],
  });

const reversalOf = async (book: MemoryBook<LedgerRecords>) =>
  decideReversal(
    await book.get("step", "S-1"),
    { lots: lotsOf(book), takings: takingsOf(book) },
    { step: "S-1", at: LATER, why: "w" },
  );

async function takeBack(book: MemoryBook<LedgerRecords>): Promise<void> {
  const decided = await reversalOf(book);
  assert.ok(decided.ok, JSON.stringify(decided));
  await applyLedger(book, { kind: "step_reversed", body: decided.value });
}

const taken = async (
  book: MemoryBook<LedgerRecords>,
  lot: string,
  taking: "claimed" | "promised" | "returned",
) => (await book.get("taking", lot))?.[taking] ?? {};

test("L35: a division carries what was taken, filling its parts in their order; free matter is drawn first", async () => {
  for (const taking of ["claimed", "promised", "returned"] as const) {
    const book = await oxideTaken(taking, 7 * KG);
    await perform(book, halves(4 * KG, 6 * KG));
    assert.deepEqual(await taken(book, "A", taking), { "X-1": 4 * KG }, taking);
    assert.deepEqual(await taken(book, "B", taking), { "X-1": 3 * KG }, taking);
    assert.equal(takenOf(await book.get("taking", "OX"), taking), 0);
  }
  const book = await oxideTaken("promised", 7 * KG);
  await perform(book, stepOf({ inputs: [{ lot: "OX", mass_mg: 4 * KG }], outputs: [out("A", 4 * KG)] }));
  assert.deepEqual(await taken(book, "A", "promised"), { "X-1": KG }, "three kilograms were free");
  assert.deepEqual(await taken(book, "OX", "promised"), { "X-1": 6 * KG });
});

test("L35: what was returned stays returned through chemistry, in proportion to the metal", async () => {
  const book = await oxideTaken("returned", 5 * KG);
  await perform(book, chemistry(10 * KG));
  assert.deepEqual(await taken(book, "LIQUOR", "returned"), { "X-1": 5 * KG });
  const mixed = await bookWith([
    { id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } },
    { id: "NEW", mass_mg: 10 * KG, elements: { Nd: 2 * KG } },
  ]);
  await take(mixed, { taking: "returned", lot: "OX", by: "X-1", mass_mg: 10 * KG });
  await perform(
    mixed,
    stepOf({
      inputs: [{ lot: "OX" }, { lot: "NEW" }],
      outputs: [{ ...out("BLEND", 20 * KG), kind: "liquor" }],
    }),
  );
  assert.deepEqual(await taken(mixed, "BLEND", "returned"), { "X-1": 16 * KG }, "four fifths of its Nd");
  const apart = await bookWith([
    { id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } },
    { id: "NEW", mass_mg: 10 * KG, elements: { Pr: 2 * KG } },
  ]);
  await take(apart, { taking: "returned", lot: "OX", by: "X-1", mass_mg: 10 * KG });
  const both = stepOf({
    inputs: [{ lot: "OX" }, { lot: "NEW" }],
    outputs: [{ ...out("BLEND", 20 * KG), kind: "liquor" }],
  });
  await perform(apart, both);
  assert.deepEqual(
    await taken(apart, "BLEND", "returned"),
    { "X-1": 16 * KG },
    "as much as of its metals together",
  );
});

test("L36: chemistry, blending and a change of kind draw only what is not claimed and not promised", async () => {
  for (const taking of ["claimed", "promised"] as const) {
    const book = await oxideTaken(taking, 7 * KG);
    const refused = decideOn(book, chemistry(3 * KG + 1));
    assert.equal(refused.ok ? "done" : refused.refusal.code, "already_promised", taking);
    assert.equal(decideOn(book, chemistry(3 * KG)).ok, true);
  }
  const book = await oxideTaken("claimed", 10 * KG);
  const blend = decideOn(
    book,
    stepOf({
      inputs: [{ lot: "OX" }],
      additions: [{ name: "chalk", mass_mg: KG, doubt_mg: inHalves(0), scale: "B" }],
      outputs: [out("A", 11 * KG)],
    }),
  );
  assert.equal(blend.ok ? "done" : blend.refusal.code, "already_promised", "something was added");
  const bare = await bookWith([{ id: "OX", mass_mg: 10 * KG, elements: {} }]);
  await take(bare, { taking: "claimed", lot: "OX", by: "P-1", mass_mg: 10 * KG });
  const thinned = decideOn(
    bare,
    stepOf({
      inputs: [{ lot: "OX" }],
      additions: [{ name: "chalk", mass_mg: KG, doubt_mg: inHalves(0), scale: "B" }],
      outputs: [out("A", 11 * KG)],
    }),
  );
  assert.equal(
    thinned.ok ? "done" : thinned.refusal.code,
    "already_promised",
    "no content shows what was added",
  );
});

test("L35, L36: a division is taken back with what it carried, and not once its parts were taken since", async () => {
  const book = await oxideTaken("promised", 7 * KG);
  await perform(book, halves(4 * KG, 6 * KG));
  await take(book, { taking: "claimed", lot: "A", by: "P-1", mass_mg: 1 });
  const refused = await reversalOf(book);
  assert.equal(refused.ok ? "done" : refused.refusal.code, "already_promised");
  book.put("taking", "A", { ...nothingTaken("A"), promised: { "X-1": 4 * KG } });
  await takeBack(book);
  assert.deepEqual(await taken(book, "OX", "promised"), { "X-1": 7 * KG });
  assert.deepEqual(await taken(book, "A", "promised"), {});
});

test("L36: what was withdrawn of a division since is not renewed when it is taken back", async () => {
  for (const taking of ["claimed", "promised"] as const) {
    const book = await oxideTaken(taking, 7 * KG);
    await perform(book, halves(4 * KG, 6 * KG));
    await freeEverywhere(book, { lot: "OX", taking, by: "X-1" });
    await takeBack(book);
    assert.deepEqual(await taken(book, "OX", taking), {}, taking);
  }
  const book = await oxideTaken("promised", 7 * KG);
  await perform(book, halves(4 * KG, 6 * KG));
  await free(book, { lot: "B", taking: "promised", by: "X-1", mass_mg: 3 * KG });
  await takeBack(book);
  assert.deepEqual(await taken(book, "OX", "promised"), { "X-1": 4 * KG });
});

test("L22: a step is not taken back once the title of what it drew on has passed", async () => {
  const book = await bookWith([{ id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } }]);
  await perform(book, stepOf({ inputs: [{ lot: "OX", mass_mg: 4 * KG }], outputs: [out("A", 4 * KG)] }));
  const passed = { lot: "OX", from: "recycler", to: "refiner", at: "2026-01-02T12:00:00Z", why: "sold" };
  await applyLedger(book, { kind: "title_passed", body: passed });
  const refused = await reversalOf(book);
  assert.equal(refused.ok ? "done" : refused.refusal.code, "owner_differs");
});

test("L22: a draw that made nothing is a use: what it was drawn from is not taken back, however much a count finds of it", async () => {
  const book = await bookWith([{ id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } }]);
  await perform(book, halves(4 * KG, 6 * KG));
  const spilt = {
    place: "spilt",
    mass_mg: KG,
    doubt_mg: inHalves(0),
    scale: "B",
    content: { by: "share" as const },
  };
  await perform(book, stepOf({ step: "S-2", inputs: [{ lot: "A", mass_mg: KG }], losses: [spilt] }));
  const held = await book.get("lot", "A");
  const made = (await book.get("step", "S-1"))?.outputs[0];
  assert.ok(held && made);
  const found = { at: LATER, why: "stocktake" as const, evidence: "T" };
  const body = restatement(held, { ...found, mass_mg: made.mass_mg, elements_mg: made.elements_mg });
  await applyLedger(book, { kind: "lot_restated", body });
  const refused = await reversalOf(book);
  assert.equal(refused.ok ? "done" : refused.refusal.code, "output_already_used");
});

test("L38: what is found beyond what was made is marked, and so is what is made of it; a count put right is not", async () => {
  const book = await bookWith([{ id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } }]);
  await perform(book, halves(4 * KG, 6 * KG));
  const counted = async (lot: string, mass_mg: number) => {
    const held = await book.get("lot", lot);
    assert.ok(held);
    const given = {
      at: LATER,
      why: "stocktake" as const,
      evidence: "T",
      mass_mg: measured(mass_mg, 100, "scale:C"),
    };
    await applyLedger(book, { kind: "lot_restated", body: restatement(held, given) });
    return (await book.get("lot", lot))?.raised;
  };
  assert.equal(await counted("A", 4 * KG + 300), undefined, "within three times the doubt");
  assert.equal(await counted("A", 3 * KG), undefined);
  assert.equal(await counted("A", 4 * KG), undefined, "found again");
  assert.deepEqual(await counted("A", 5 * KG), ["mass"]);
  const part = { inputs: [{ lot: "A", mass_mg: KG }], outputs: [out("A-1", KG)] };
  await perform(book, stepOf({ step: "S-2", at: LATER, ...part }));
  assert.deepEqual((await book.get("lot", "A-1"))?.raised, ["mass"]);
  assert.equal((await book.get("lot", "B"))?.raised, undefined, "its sister is as it was made");
});

test("L33: a step is not taken back before it was done", async () => {
  const book = await oxideTaken("promised", KG);
  await perform(book, halves(4 * KG, 6 * KG));
  const early = decideReversal(
    await book.get("step", "S-1"),
    { lots: lotsOf(book), takings: takingsOf(book) },
    { step: "S-1", at: "2026-01-01T12:00:00Z", why: "w" },
  );
  assert.equal(early.ok ? "done" : early.refusal.code, "time_before_input");
});

test("L37: a new measurement withdraws passports, and the promises that no longer fit", async () => {
  const book = await oxideTaken("promised", 6 * KG);
  await take(book, { taking: "promised", lot: "OX", by: "X-2", mass_mg: 2 * KG });
  await take(book, { taking: "claimed", lot: "OX", by: "P-1", mass_mg: 10 * KG });
  const [lot, takings] = [lotsOf(book).get("OX"), takingsOf(book).get("OX")];
  assert.ok(lot);
  assert.deepEqual(withdrawnBy(lot, takings, 5 * KG), {
    lot: "OX",
    passports: ["P-1"],
    promises: [
      { order: "X-2", mass_mg: 2 * KG },
      { order: "X-1", mass_mg: KG },
    ],
    returns: [],
  });
  const back = withdrawnBy(
    lot,
    { ...nothingTaken("OX"), returned: { "A-1": 4 * KG, "A-2": 4 * KG } },
    7 * KG,
  );
  assert.deepEqual(back?.returns, [{ agreement: "A-2", mass_mg: KG }], "returned, and not there");
  assert.deepEqual(withdrawnBy(lot, takings, 9 * KG)?.promises, []);
});

test("L35: over any divisions nothing is taken twice, and nothing taken is lost while it fits", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat()), { maxLength: 6 }),
      async (permille, cuts) => {
        const book = await oxideTaken("promised", permille * 10_000);
        for (const [i, [cut, which]] of cuts.entries()) {
          const lots = book.all("lot").filter((l) => l.state === "on_hand");
          const lot = lots[which % lots.length];
          if (!lot || lot.mass_mg.best < 1000) continue;
          const first = Math.floor((lot.mass_mg.best * cut) / 1000);
          const decided = decideOn(
            book,
            stepOf({
              step: `S-${i}`,
              inputs: [{ lot: lot.id }],
              outputs: [out(`${i}-A`, first), out(`${i}-B`, lot.mass_mg.best - first)],
            }),
          );
          if (decided.ok) await applyLedger(book, { kind: "step_recorded", body: decided.value });
        }
        let all = 0;
        for (const lot of book.all("lot")) {
          const takings = await book.get("taking", lot.id);
          const mg = takenOf(takings, "promised");
          assert.ok(mg <= lot.mass_mg.best, `${lot.id} is promised beyond its mass`);
          assert.equal(freeOf(lot, takings, "promised"), lot.mass_mg.best - mg);
          all += mg;
        }
        assert.equal(all, permille * 10_000);
      },
    ),
    { numRuns: 60 },
  ));

/** A step by the third rules over two lots, of which this much was returned under two agreements, into what chance makes of it. */
const reworked = fc.record({
  inputs: fc.array(
    fc.record({
      mass: fc.integer({ min: 1, max: 10 * KG }),
      nd: fc.integer({ min: 0, max: KG }),
      dy: fc.integer({ min: 0, max: KG }),
      back: fc.tuple(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  added: fc.integer({ min: 0, max: 20 * KG }),
  outputs: fc.array(
    fc.record({
      mass: fc.integer({ min: 1, max: 10 * KG }),
      elements: fc.constantFrom({}, { Nd: 1 }, { Dy: 1 }, { Nd: 1, Dy: 1 }, { Ca: 1 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

test("L35: by the third rules none of what was returned is lost on the way, whatever is said of contents", () => {
  const of = (best: number) => ({ best, moves: {} });
  fc.assert(
    fc.property(reworked, ({ inputs, added, outputs }) => {
      const step = {
        inputs: inputs.map(({ mass, nd, dy }, i) => ({
          ...{ lot: `L-${i}`, mass_mg: of(mass), elements_mg: { Nd: of(nd), Dy: of(dy) } },
        })),
        additions: [{ mass_mg: of(added), elements_mg: {} }],
        outputs: outputs.map(({ mass, elements }) => ({
          mass_mg: of(mass),
          elements_mg: Object.fromEntries(Object.keys(elements).map((e) => [e, of(5)])),
        })),
      };
      const along = inputs.map(({ mass, back: [a, b] }) => ({
        "A-1": Math.floor(mass * a),
        "A-2": Math.floor(mass * b),
      }));
      const given = returnedThrough(step, along);
      const whole = added + inputs.reduce((sum, { mass }) => sum + mass, 0);
      const made = outputs.reduce((sum, { mass }) => sum + mass, 0);
      // One agreement alone finds room; two may meet in the metal of one output.
      const drawn = along.reduce((sum, mine) => sum + mine["A-1"], 0);
      const first = returnedThrough(
        step,
        along.map((mine) => ({ "A-1": mine["A-1"] })),
      );
      const kept = first.reduce((sum, mine) => sum + (mine["A-1"] ?? 0), 0);
      assert.ok(kept >= Math.floor((drawn / whole) * made), `${kept} of ${drawn}`);
      for (const [i, mine] of given.entries())
        for (const mg of Object.values(mine))
          assert.ok(Number.isSafeInteger(mg) && mg > 0 && mg <= (outputs[i]?.mass ?? 0));
    }),
  );
});

test("L35: an output of whose content nothing is known carries its part by mass, before others carry more than theirs", () => {
  const of = (best: number) => ({ best, moves: {} });
  const holding = (lot: string, nd: number) => ({ lot, mass_mg: of(100), elements_mg: { Nd: of(nd) } });
  const step = {
    inputs: [holding("A", 50), holding("B", 50)],
    additions: [],
    outputs: [
      { mass_mg: of(100), elements_mg: { Nd: of(100) } },
      { mass_mg: of(100), elements_mg: {} },
    ],
  };
  assert.deepEqual(returnedThrough(step, [{ "A-1": 100 }, {}]), [{ "A-1": 50 }, { "A-1": 50 }]);
  const ours = { mass_mg: of(100), elements_mg: { Nd: of(100) } };
  const thin = { ...step, inputs: [holding("A", 50)], additions: [ours], outputs: step.outputs.slice(0, 1) };
  // A third of its metal; half of its mass.
  assert.deepEqual(returnedThrough(thin, [{ "A-1": 100 }]), [{ "A-1": 50 }]);
});
