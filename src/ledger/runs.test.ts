import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bookWith, decideOn, KG, lotsOf, out, stepOf } from "../../test/support/ledger.ts";
import { Normals } from "../../test/support/normals.ts";
import { applyLedger, biasFound, decideStocktake, furthestRun, type Run } from "./index.ts";

type Book = Awaited<ReturnType<typeof bookWith>>;

const SCALE = { random: 4_000, shared: 3_000 };

/** Days of a year, one a step. */
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 2 + n)).toISOString();

/** Divides a lot on its own scale into two drums of which `gone_mg` is missing; what is read errs as the scale does. */
async function divided(
  book: Book,
  given: { n: number; gone_mg: number; normals: Normals; scale?: string; bias_mg?: number },
): Promise<boolean> {
  const { n, gone_mg, normals, scale = "A", bias_mg = 0 } = given;
  const lot = `L-${n}`;
  const half = 10 * KG;
  const read = (mg: number) => Math.round(mg + bias_mg + normals.next() * SCALE.random);
  const part = (name: string, mg: number) => ({ ...out(name, read(mg)), scale, doubt_mg: SCALE });
  const decided = decideOn(
    book,
    stepOf({
      ...{ step: `S-${n}`, at: dayOf(n), inputs: [{ lot }] },
      outputs: [part(`${lot}-1`, half), part(`${lot}-2`, half - gone_mg)],
    }),
  );
  if (!decided.ok) return false;
  await applyLedger(book, { kind: "step_recorded", body: decided.value });
  return true;
}

const monthsOf = (book: Book): Run[] => book.all("run").sort((a, b) => (a.month < b.month ? -1 : 1));

async function plantOf(steps: number, gone_mg: number, seed: number) {
  const normals = new Normals(seed);
  const weighed = Array.from({ length: steps }, (_, n) => ({
    id: `L-${n}`,
    mass_mg: Math.round(20 * KG + normals.next() * SCALE.random),
    doubt_mg: SCALE,
  }));
  const book = await bookWith(weighed);
  let refused = 0;
  for (let n = 0; n < steps; n++) if (!(await divided(book, { n, gone_mg, normals }))) refused++;
  return { book, refused };
}

describe("what runs of steps and counts leave open", () => {
  it("L39: two hundred drums, each ten grams short, are found though every step closes", async () => {
    const { book, refused } = await plantOf(200, 10_000, 3);
    assert.ok(refused <= 12, `${refused} of 200 refused`);
    const sum = furthestRun(monthsOf(book), "mass");
    assert.ok(sum && sum.z > 3 && Math.abs(sum.mg - (200 - refused) * 10_000) < 4 * sum.sd_mg, `${sum?.z}`);
    assert.ok(Math.abs(Math.hypot(sum.sd_random_mg, sum.sd_shared_mg) - sum.sd_mg) < 1e-6);
  });

  it("L39: of honest plants about as many are named as three standard uncertainties let through", async () => {
    let named = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const sum = furthestRun(monthsOf((await plantOf(60, 0, seed)).book), "mass");
      if (sum && Math.abs(sum.z) > 3) named++;
    }
    assert.ok(named <= 1, `${named} of 40`);
  });

  it("L39: what is taken back is out of the sum again", async () => {
    const { book } = await plantOf(3, 0, 5);
    const before = monthsOf(book);
    const normals = new Normals(9);
    await book.put("lot", "L-3", {
      ...(lotsOf(book).get("L-2") as never as object),
      id: "L-3",
      state: "on_hand",
    } as never);
    const whole = await bookWith([{ id: "L-3", mass_mg: 20 * KG, doubt_mg: SCALE }]);
    await book.put("lot", "L-3", lotsOf(whole).get("L-3") as never);
    assert.ok(await divided(book, { n: 3, gone_mg: 9_000, normals }));
    assert.notDeepEqual(monthsOf(book)[0]?.open, before[0]?.open);
    await applyLedger(book, { kind: "step_reversed", body: { step: "S-3", at: dayOf(4), why: "w" } });
    const [after] = monthsOf(book);
    assert.equal(after?.open["mass"]?.mg, before[0]?.open["mass"]?.mg);
    assert.ok(
      Math.abs((after?.open["mass"]?.sd_random_mg ?? 0) - (before[0]?.open["mass"]?.sd_random_mg ?? 1)) <
        1e-3,
    );
    assert.equal(after?.steps_count, 3);
  });

  const count = async (book: Book, given: { n: number; mass_mg: number; keep?: readonly string[] }) => {
    const { n, mass_mg, keep = [] } = given;
    const decided = decideStocktake(lotsOf(book), {
      ...{ stocktake: `T-${n}`, site: "site", at: dayOf(20 * n), why: "count", keep: new Set(keep) },
      counts: [{ lot: "L-1", at: "counts[0]", found: { mass_mg, doubt_mg: SCALE, scale: "A" } }],
    });
    assert.ok(decided.ok);
    await applyLedger(book, { kind: "stock_taken", body: decided.value.taken });
    for (const body of decided.value.restated) await applyLedger(book, { kind: "lot_restated", body });
    return decided.value.taken.counts[0]?.agrees ?? false;
  };

  it("L39: one lot a little short in twelve counts running is found by their sum, though each agrees", async () => {
    let named = 0;
    let agreed = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const normals = new Normals(seed);
      const book = await bookWith([{ id: "L-1", mass_mg: 20 * KG, doubt_mg: SCALE }]);
      let all = true;
      for (let n = 0; n < 12; n++)
        all &&= await count(book, {
          n,
          mass_mg: Math.round(20 * KG - 14_500 + normals.next() * SCALE.random),
        });
      if (!all) continue;
      agreed++;
      if ((furthestRun(monthsOf(book), "mass")?.z ?? 0) > 3) named++;
    }
    // By hand: 14.5 g over 4 g times the root of 1 - 1/13, three and a half standard uncertainties, give or take a third.
    assert.ok(agreed > 20 && named > 0.75 * agreed, `${named} of ${agreed}`);
  });

  it("L39: a lot that is kept as it is stated adds nothing, whatever agrees", async () => {
    const book = await bookWith([{ id: "L-1", mass_mg: 20 * KG, doubt_mg: SCALE }]);
    assert.ok(await count(book, { n: 0, mass_mg: 20 * KG - 14_000, keep: ["L-1"] }));
    assert.deepEqual(monthsOf(book), []);
  });

  it("L31: a lot twenty grams short on a scale of five grams is named by the first count", async () => {
    const half = { random: 5_000 / Math.SQRT2, shared: 5_000 / Math.SQRT2 };
    const book = await bookWith([{ id: "L-1", mass_mg: 20 * KG, doubt_mg: half }]);
    const decided = decideStocktake(lotsOf(book), {
      ...{ stocktake: "T-1", site: "site", at: dayOf(1), why: "count", keep: new Set<string>() },
      counts: [
        { lot: "L-1", at: "counts[0]", found: { mass_mg: 20 * KG - 20_000, doubt_mg: half, scale: "A" } },
      ],
    });
    assert.ok(decided.ok && decided.value.taken.counts[0]?.agrees === false);
  });
});

describe("instruments", () => {
  it("L40: a scale off by three of its stated bias is named by its pairs with others, and they are not", async () => {
    const normals = new Normals(4);
    const lots = Array.from({ length: 60 }, (_, n) => ({
      ...{ id: `L-${n}`, doubt_mg: SCALE, scale: n % 2 === 0 ? "A" : "B" },
      mass_mg: Math.round(20 * KG + (n % 2 === 0 ? 1_000 : -2_000) + normals.next() * SCALE.random),
    }));
    const book = await bookWith(lots);
    for (let n = 0; n < 60; n++) {
      const mass_mg = Math.round(20 * KG + 9_000 + normals.next() * SCALE.random);
      const decided = decideStocktake(lotsOf(book), {
        ...{ stocktake: `T-${n}`, site: "site", at: dayOf(n), why: "count", keep: new Set<string>() },
        counts: [{ lot: `L-${n}`, at: "counts[0]", found: { mass_mg, doubt_mg: SCALE, scale: "C" } }],
      });
      assert.ok(decided.ok);
      await applyLedger(book, { kind: "stock_taken", body: decided.value.taken });
    }
    const all = book.all("instrument");
    const found = (name: string) => {
      const of = all.find((i) => i.instrument === name);
      assert.ok(of);
      const bias = biasFound(of, all);
      assert.ok(bias);
      return bias;
    };
    const off = found("C");
    assert.ok(off.z > 2, `C: ${off.z}`);
    // By hand: both others are as stated, so C is off by what it reads above their mean, in stated biases of 3 g.
    assert.ok(Math.abs(off.best - 9_500 / 3_000) < 4 * off.sd, `${off.best}`);
    assert.ok(Math.abs(found("A").z) < 2.5 && Math.abs(found("B").z) < 2.5);
  });

  it("L40: readings of one scale tell how well it repeats", async () => {
    const normals = new Normals(8);
    const lots = Array.from({ length: 200 }, (_, n) => ({
      ...{ id: `L-${n}`, doubt_mg: SCALE },
      mass_mg: Math.round(20 * KG + 2 * normals.next() * SCALE.random),
    }));
    const book = await bookWith(lots);
    const decided = decideStocktake(lotsOf(book), {
      ...{ stocktake: "T-1", site: "site", at: dayOf(1), why: "count", keep: new Set<string>() },
      counts: lots.map(({ id }) => ({
        ...{ lot: id, at: id },
        found: {
          mass_mg: Math.round(20 * KG + 2 * normals.next() * SCALE.random),
          doubt_mg: SCALE,
          scale: "A",
        },
      })),
    });
    assert.ok(decided.ok);
    await applyLedger(book, { kind: "stock_taken", body: decided.value.taken });
    const of = book.all("instrument").find((i) => i.instrument === "A");
    assert.equal(of?.own_count, 200);
    const times = Math.sqrt((of?.own_squares ?? 0) / 200);
    assert.ok(times > 1.8 && times < 2.2, `it repeats ${times} times worse than stated`);
    assert.ok((of?.squares ?? 1) < 1e-9, "of its own bias its own readings tell nothing");
  });

  it("L40: a lot that lost thirteen kilograms between two readings is no bad scale", async () => {
    const lots = Array.from({ length: 10 }, (_, n) => ({
      ...{ id: `L-${n}`, doubt_mg: SCALE, mass_mg: 20 * KG },
    }));
    const book = await bookWith(lots);
    const decided = decideStocktake(lotsOf(book), {
      ...{ stocktake: "T-1", site: "site", at: dayOf(1), why: "count", keep: new Set<string>() },
      counts: lots.map(({ id }, n) => ({
        ...{ lot: id, at: id },
        found: { mass_mg: n === 0 ? 7 * KG : 20 * KG, doubt_mg: SCALE, scale: "A" },
      })),
    });
    assert.ok(decided.ok);
    await applyLedger(book, { kind: "stock_taken", body: decided.value.taken });
    const of = book.all("instrument").find((i) => i.instrument === "A");
    // By hand: one of ten counts as six standard uncertainties, the others as none.
    assert.ok(Math.abs(Math.sqrt((of?.own_squares ?? 0) / 10) - 6 / Math.sqrt(10)) < 1e-9);
  });
});
