import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bookWith, KG, lotsOf } from "../../test/support/ledger.ts";
import { inHalves, type Measured, spread } from "../quantity/index.ts";
import { applyLedger, type Count, decideStocktake, type Lot } from "./index.ts";

const ABOUT = { stocktake: "T-1", site: "site", at: "2026-02-01T00:00:00Z", why: "end of the month" };
const found = (lot: string, mass_mg: number, sd_mg = 0): Count => ({
  lot,
  at: lot,
  found: { mass_mg, doubt_mg: inHalves(sd_mg), scale: "B" },
});
const missing = (lot: string): Count => ({ lot, at: lot, found: "missing" });

const stock = () =>
  bookWith([
    { id: "L-1", mass_mg: 10 * KG, sd_mg: 30_000, elements: { Nd: 2 * KG } },
    { id: "L-2", mass_mg: 4 * KG, sd_mg: 30_000, elements: { Nd: 1 * KG, Dy: 100_000 } },
  ]);

type Book = Awaited<ReturnType<typeof bookWith>>;

async function take(book: Book, counts: readonly Count[], stocktake = "T-1") {
  const decided = decideStocktake(lotsOf(book), { ...ABOUT, stocktake, counts, keep: new Set() });
  assert.ok(decided.ok);
  await applyLedger(book, { kind: "stock_taken", body: decided.value.taken });
  for (const body of decided.value.restated) await applyLedger(book, { kind: "lot_restated", body });
  return decided.value;
}

const nothingLost = (book: Book) => {
  const { sum_mg } = totalsOf(book);
  assert.deepEqual([...new Set(sum_mg)], [0], "everything on hand and every named place add up to nothing");
};

function totalsOf(book: Book) {
  const held = book.all("lot");
  const places = book.all("place");
  const names = new Set(held.flatMap((l) => Object.keys(l.elements_mg)));
  const mass = [...held.map((l) => l.mass_mg.best), ...places.map((p) => p.mass_mg)];
  const elements = [...names].map((e) => [
    ...held.map((l) => l.elements_mg[e]?.best ?? 0),
    ...places.map((p) => p.elements_mg[e] ?? 0),
  ]);
  const sums = [mass, ...elements].map((figures) => figures.reduce((a, b) => a + b, 0));
  return { sum_mg: sums };
}

const code = (book: Book, counts: readonly Count[], expected?: readonly string[]) => {
  const decided = decideStocktake(lotsOf(book), {
    ...ABOUT,
    counts,
    keep: new Set(),
    ...(expected ? { expected } : {}),
  });
  return decided.ok ? "taken" : decided.refusal.code;
};

test("L30: a stocktake counts lots that stand there, each once; a whole one leaves none out", async () => {
  const book = await stock();
  assert.equal(code(book, []), "nothing_counted");
  assert.equal(code(book, [found("L-9", KG)]), "lot_unknown");
  assert.equal(code(book, [found("L-1", 10 * KG), missing("L-1")]), "lot_named_twice");
  assert.equal(code(book, [found("L-1", 10 * KG)], ["L-1", "L-2"]), "lot_not_counted");
  assert.equal(code(book, [found("L-1", 10 * KG), missing("L-2")], ["L-1", "L-2"]), "taken");
  await applyLedger(book, {
    kind: "lots_moved",
    body: { lots: ["L-2"], to: "elsewhere", state: "on_hand", at: ABOUT.at, shipment: "B-1" },
  });
  assert.equal(code(book, [found("L-2", KG)]), "lot_not_here");
  await applyLedger(book, {
    kind: "lot_delivered",
    body: { lot: "L-1", mass_mg: 10 * KG, at: ABOUT.at, to: "buyer", shipment: "D-1" },
  });
  assert.equal(code(book, [found("L-1", KG)]), "lot_not_on_hand");
});

test("L31: what two scales cannot tell apart agrees, and the two are combined; beyond three sigma the lot is what was found", async () => {
  const book = await stock();
  // Both weighings have a doubt of 30 g: together 42.4 g, three of which are 127.3 g.
  const near = await take(book, [found("L-1", 10 * KG - 127_000, 30_000)], "T-1");
  assert.deepEqual([near.taken.counts[0]?.agrees, near.restated.length], [true, 1]);
  const lot = lotsOf(book).get("L-1") as Lot;
  assert.equal(lot.mass_mg.best, 10 * KG - 63_500, "alike, so half way");
  assert.ok(Math.abs(spread(lot.mass_mg) - 30_000 / Math.SQRT2) < 1e-6);
  assert.equal(lot.elements_mg["Nd"]?.best, 2 * KG, "what was not worked out from the mass stays");
  const far = await take(book, [found("L-1", 10 * KG - 400_000, 30_000)], "T-2");
  assert.deepEqual([far.taken.counts[0]?.agrees, far.restated.length], [false, 1]);
  assert.equal(lotsOf(book).get("L-1")?.mass_mg.best, 10 * KG - 400_000);
  nothingLost(book);
});

test("L31: of one scale, the bias is not averaged away and hides nothing", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 20 * KG, sd_mg: 5_000 }]);
  const again = (mass_mg: number) => ({
    ...found("L-1", mass_mg, 5_000),
    found: { mass_mg, doubt_mg: inHalves(5_000), scale: "A" },
  });
  const lighter = await take(book, [again(20 * KG - 2_000)]);
  const [line] = lighter.taken.counts;
  assert.ok(line?.agrees && Math.abs(line.sd_mg - 5_000) < 1e-6, "two readings, one bias");
  assert.ok(Math.abs((line.sd_random_mg ?? 0) - 5_000) < 1e-6 && (line.sd_shared_mg ?? 1) < 1e-6);
  const mass = lotsOf(book).get("L-1")?.mass_mg as Measured;
  assert.ok(Math.abs(spread(mass) - 5_000 * Math.sqrt(3 / 4)) < 1e-6);
});

test("L31: a count that agrees leaves a lot as it is where a certificate, a passport or a promise states its mass", async () => {
  const book = await stock();
  const decided = decideStocktake(lotsOf(book), {
    ...{ ...ABOUT, keep: new Set(["L-1"]) },
    counts: [found("L-1", 10 * KG - 20_000, 30_000), found("L-2", 4 * KG - 20_000, 30_000)],
  });
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.value.restated.map((r) => r.lot),
    ["L-2"],
  );
});

test("L32: what is gone stands in restated, by the composition of the lot; what comes back brings its own", async () => {
  const book = await stock();
  await take(book, [found("L-1", 9 * KG, 1000), missing("L-2")]);
  const { elements_mg, mass_mg } = lotsOf(book).get("L-1") as Lot;
  assert.deepEqual([mass_mg.best, elements_mg["Nd"]?.best], [9 * KG, 1_800_000]);
  const restated = book.all("place").find((p) => p.place === "restated");
  assert.deepEqual([restated?.mass_mg, restated?.elements_mg], [5 * KG, { Nd: 1_200_000, Dy: 100_000 }]);
  assert.equal(lotsOf(book).get("L-2")?.mass_mg.best, 0);
  nothingLost(book);
  await take(book, [found("L-2", 2 * KG, 1000)], "T-2");
  const back = lotsOf(book).get("L-2") as Lot;
  assert.deepEqual([back.elements_mg["Nd"]?.best, back.elements_mg["Dy"]?.best], [500_000, 50_000]);
  nothingLost(book);
});

test("L5, L20, L32: after any stocktakes everything still adds up to nothing, and content never exceeds its share", async () => {
  const mass = fc.integer({ min: 0, max: 20 * KG });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.option(mass), fc.option(mass)), { maxLength: 6 }),
      async (rounds) => {
        const book = await stock();
        for (const [k, [one, two]] of rounds.entries()) {
          const of = (lot: string, mg: number | null) => (mg === null ? missing(lot) : found(lot, mg, 500));
          await take(book, [of("L-1", one), of("L-2", two)], `T-${k}`);
          nothingLost(book);
        }
        for (const lot of book.all("lot")) {
          const nd = lot.elements_mg["Nd"]?.best ?? 0;
          assert.ok(nd <= lot.mass_mg.best, `${lot.id} holds ${nd} of Nd in ${lot.mass_mg.best}`);
        }
      },
    ),
    { numRuns: 100 },
  );
});
