import assert from "node:assert/strict";
import { test } from "node:test";
import { KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { inHalves, type Measured, spread } from "../quantity/index.ts";
import { Dice } from "../sample/dice.ts";
import { applyLedger, decideStocktake, type LedgerRecords, type Lot, MemoryBook } from "./index.ts";

const near = (a: number, b: number, relative = 1e-9) =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${a} is ${b}`);

const SD = 5_000;

/** A lot of an old entry: its scale is one cause, which moves it by its whole doubt; a fifth of it is Nd. */
async function oldLot(mass_mg = 20 * KG) {
  const book = new MemoryBook<LedgerRecords>();
  const moves = { "scale:A": SD };
  const nd = { "scale:A": SD / 5, "family:x": 0.05 * (mass_mg / 5) };
  await applyLedger(book, {
    kind: "lot_opened",
    body: {
      ...{ lot: "L-1", kind: "magnets", owner: "recycler", place: "site", at: "2026-01-01T00:00:00Z" },
      ...{
        mass_mg: { best: mass_mg, moves },
        elements_mg: { Nd: { best: Math.round(mass_mg / 5), moves: nd } },
      },
      ...{ made_by: "C-1", data_from: [], notes: {} },
    },
  });
  return book;
}

const lot = (book: MemoryBook<LedgerRecords>, id: string) => lotsOf(book).get(id) as Lot;

const counted = (book: MemoryBook<LedgerRecords>, mass_mg: number, scale: string) => {
  const found = { mass_mg, scale, doubt_mg: inHalves(SD) };
  const decided = decideStocktake(lotsOf(book), {
    ...{ stocktake: "T-1", site: "site", at: "2026-02-01T00:00:00Z", why: "count", keep: new Set() },
    counts: [{ lot: "L-1", at: "counts[0]", found }],
  });
  assert.ok(decided.ok);
  return decided.value;
};

test("L50: an old lot weighed again on its scale is tested by what both weighings do not share, and its bias is not averaged away", async () => {
  const book = await oldLot();
  for (const [scale, apart, both] of [
    // The bias of one scale goes from the difference, and stays whole in what both say.
    ["A", SD, Math.hypot(SD / 2, SD / Math.SQRT2)],
    // Of another scale, or another calibration, nothing is shared.
    ["B", SD * Math.SQRT2, SD / Math.SQRT2],
    ["A@2026-01-15", SD * Math.SQRT2, SD / Math.SQRT2],
  ] as const) {
    const { taken, restated } = counted(book, 20 * KG - 6_000, scale);
    near(taken.counts[0]?.sd_mg ?? 0, apart);
    near(spread(restated[0]?.after.mass_mg as Measured), both);
    near(spread(restated[0]?.before.mass_mg as Measured), SD);
    const output = { ...out("L-2", 20 * KG - 6_000), scale, doubt_mg: inHalves(SD) };
    const again = await perform(await oldLot(), stepOf({ outputs: [output] }));
    assert.ok(again.ok, again.ok ? "" : again.refusal.message);
    near(spread(again.value.outputs[0]?.mass_mg as Measured), both);
    near(spread(again.value.inputs[0]?.elements_mg["Nd"] as Measured), Math.hypot(SD / 5, 0.05 * 4 * KG));
  }
  assert.deepEqual(lot(book, "L-1").mass_mg.moves, { "scale:A": SD }, "old entries fold as they did");
});

test("L50: of honest old lots weighed again on their scale few differ, and 90 % intervals cover", async () => {
  const dice = new Dice(46);
  const trials = 2_000;
  let [differ, covered] = [0, 0];
  for (let n = 0; n < trials; n++) {
    const bias = (SD / Math.SQRT2) * dice.normal();
    const read = () => Math.round(20 * KG + bias + (SD / Math.SQRT2) * dice.normal());
    const { taken, restated } = counted(await oldLot(read()), read(), "A");
    if (!taken.counts[0]?.agrees) differ++;
    const held = restated[0]?.after.mass_mg as Measured;
    if (Math.abs(held.best - 20 * KG) <= 1.645 * spread(held)) covered++;
  }
  assert.ok(differ / trials < 0.01, `${differ} differ`);
  assert.ok(covered / trials > 0.87 && covered / trials < 0.93, `${covered} covered`);
});
