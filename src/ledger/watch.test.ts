import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, decideOn, KG, lotsOf, out, stepOf } from "../../test/support/ledger.ts";
import { decideStocktake } from "./index.ts";

const LOT = { id: "L-1", mass_mg: 100 * KG, doubt_mg: { random: 3_000, shared: 0 } };

test("L44: what is missing beyond two standard uncertainties of a step is watched where it closes; a gain is not", async () => {
  const book = await bookWith([LOT]);
  // Two readings: 3 g of the lot and 4 g of what was made of it, 5 g together.
  const made = (mass_mg: number) =>
    decideOn(
      book,
      stepOf({
        outputs: [{ ...out("L-2", mass_mg, { by: "none" }), doubt_mg: { random: 4_000, shared: 0 } }],
      }),
    );
  for (const [missing, watched] of [
    [9_000, false],
    [11_000, true],
    [14_000, true],
    [-14_000, false],
  ] as const) {
    const decided = made(100 * KG - missing);
    assert.ok(decided.ok, `${missing}`);
    assert.equal(decided.value.closure.watch ?? false, watched, `${missing}`);
    assert.equal(decided.value.closure.mass.watch ?? false, watched);
  }
  const gone = made(100 * KG - 16_000);
  assert.equal(gone.ok ? "done" : gone.refusal.code, "mass_does_not_close");
});

test("L44: what a count misses beyond two standard uncertainties is watched, and agrees", async () => {
  const lots = lotsOf(await bookWith([LOT]));
  const counted = (mass_mg: number) => {
    const found = { mass_mg, doubt_mg: { random: 4_000, shared: 0 }, scale: "B" };
    const about = { stocktake: "T-1", site: "site", at: "2026-02-01T00:00:00Z", why: "month", whole: false };
    const decided = decideStocktake(lots, {
      ...{ ...about, keep: new Set<string>(), counts: [{ lot: "L-1", at: "counts[0]", found }] },
    });
    assert.ok(decided.ok);
    const [line] = decided.value.taken.counts;
    return [line?.agrees, line?.watch ?? false];
  };
  assert.deepEqual(counted(100 * KG - 9_000), [true, false]);
  assert.deepEqual(counted(100 * KG - 11_000), [true, true]);
  assert.deepEqual(counted(100 * KG + 14_000), [true, false]);
});
