import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bookWith, KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { inHalves, measured } from "../quantity/index.ts";
import { restatement } from "./decide.ts";
import { applyLedger, decideStocktake, type Lot, type LotRestated } from "./index.ts";
import { sharedOf } from "./shares.ts";

type Book = Awaited<ReturnType<typeof bookWith>>;

/** Ten kilograms that a step made of a settled feed and of metal that nobody settled. */
async function madeOfFeed(): Promise<Book> {
  const book = await bookWith([{ id: "F", mass_mg: 10 * KG, elements: { Nd: 3 * KG } }]);
  book.put("lot", "F", { ...(lotsOf(book).get("F") as Lot), feeds_mg: { F: { Nd: 2 * KG } } });
  assert.ok((await perform(book, stepOf({ inputs: [{ lot: "F" }], outputs: [out("L", 10 * KG)] }))).ok);
  return book;
}

const lotIn = (book: Book, lot = "L") => lotsOf(book).get(lot) as Lot;
const share = (book: Book, lot = "L") => lotIn(book, lot).feeds_mg["F"]?.["Nd"];

let counts = 0;
async function count(book: Book, mass_mg: number, lot = "L"): Promise<LotRestated | undefined> {
  const found = { mass_mg, doubt_mg: inHalves(1000), scale: "B" };
  const about = { stocktake: `T-${counts++}`, site: "site", at: "2026-02-01T00:00:00Z", why: "counted" };
  const decided = decideStocktake(lotsOf(book), {
    ...{ ...about, keep: new Set<string>() },
    counts: [{ lot, at: lot, found }],
  });
  assert.ok(decided.ok);
  for (const body of decided.value.restated) await applyLedger(book, { kind: "lot_restated", body });
  return decided.value.restated[0];
}

const split = (into: number, from = "L") =>
  stepOf({ step: "S-2", inputs: [{ lot: from, mass_mg: into }], outputs: [out("PART", into)] });

test("L46: a count of a tenth takes nine tenths of the share, and the right one gives them back, however many counts lie between", async () => {
  const book = await madeOfFeed();
  await count(book, KG);
  assert.equal(share(book), 0.2 * KG);
  await count(book, 4 * KG);
  assert.equal(share(book), 0.8 * KG);
  const right = await count(book, 10 * KG);
  assert.equal(share(book), 2 * KG);
  assert.deepEqual(right?.after.feeds_mg, { F: { Nd: 2 * KG } }, "it stands in the entry");
  assert.equal(lotIn(book).raised, undefined);
  await count(book, 20 * KG);
  assert.equal(share(book), 2 * KG, "never more than it was");
});

test("L46: a count of too much that is put right costs nothing, and its mark goes; a mark of before stays", async () => {
  const book = await madeOfFeed();
  await count(book, 100 * KG);
  assert.deepEqual([share(book), lotIn(book).raised], [2 * KG, ["Nd", "mass"]]);
  await count(book, 10 * KG);
  assert.deepEqual([share(book), lotIn(book).raised], [2 * KG, undefined]);
  await count(book, 100 * KG);
  assert.ok((await perform(book, split(40 * KG))).ok);
  await count(book, 6 * KG);
  assert.deepEqual([share(book), lotIn(book).raised], [0.12 * KG, ["Nd", "mass"]], "sixty to six: a tenth");
  assert.deepEqual(lotIn(book, "PART").raised, ["Nd", "mass"]);
});

test("L46: what is missing and turns up brings its shares, to the milligram of what turns up", async () => {
  const book = await madeOfFeed();
  const decided = decideStocktake(lotsOf(book), {
    ...{
      stocktake: "T-M",
      site: "site",
      at: "2026-02-01T00:00:00Z",
      why: "counted",
      keep: new Set<string>(),
    },
    counts: [{ lot: "L", at: "L", found: "missing" }],
  });
  assert.ok(decided.ok && decided.value.restated[0]);
  await applyLedger(book, { kind: "lot_restated", body: decided.value.restated[0] });
  assert.equal(share(book), 0);
  await count(book, 5 * KG);
  assert.equal(share(book), KG);
});

test("L46: after a part was split off, blended or delivered the share that was lost does not come back", async () => {
  const book = await madeOfFeed();
  await count(book, KG);
  assert.ok((await perform(book, split(500_000))).ok);
  await count(book, 9.5 * KG);
  assert.equal(share(book), 100_000);
  await count(book, 9 * KG, "PART");
  assert.equal(share(book, "PART"), 100_000, "nor in the part");

  const blended = await madeOfFeed();
  await count(blended, KG);
  blended.put("lot", "VIRGIN", { ...lotIn(blended), id: "VIRGIN", feeds_mg: {} });
  const both = { inputs: [{ lot: "L" }, { lot: "VIRGIN" }], outputs: [out("MIX", 2 * KG)] };
  assert.ok((await perform(blended, stepOf({ step: "S-3", kind: "blend", ...both }))).ok);
  await count(blended, 11 * KG, "MIX");
  assert.equal(share(blended, "MIX"), 0.2 * KG);

  const sold = await madeOfFeed();
  await count(sold, KG);
  const delivery = { lot: "L", mass_mg: 1, at: "2026-02-02T00:00:00Z", to: "buyer", shipment: "D" };
  await applyLedger(sold, { kind: "lot_delivered", body: { ...delivery, rules: 4 } });
  await count(sold, 10 * KG);
  assert.ok((share(sold) ?? 0) <= 0.2 * KG);
});

test("L46: a step that was taken back is no change: what was drawn on the wrong figure is put right with it", async () => {
  const book = await madeOfFeed();
  await count(book, KG);
  assert.ok((await perform(book, split(500_000))).ok);
  await applyLedger(book, {
    kind: "step_reversed",
    body: { step: "S-2", at: "2026-02-01T00:00:00Z", why: "typed wrongly", rules: 2 },
  });
  assert.equal(share(book), 0.2 * KG);
  await count(book, 10 * KG);
  assert.equal(share(book), 2 * KG);
});

test("L46: an assay that is put right gives back the shares of its element alone; a settlement ends it", async () => {
  const book = await madeOfFeed();
  const assayed = async (nd: number) => {
    const elements_mg = { ...lotIn(book).elements_mg, Nd: measured(nd, 1, "lab") };
    const why = { at: "2026-02-01T00:00:00Z", why: "assayed_again" as const, evidence: "Y" };
    const body = restatement(lotIn(book), { ...why, elements_mg });
    await applyLedger(book, { kind: "lot_restated", body });
  };
  await assayed(0.3 * KG);
  assert.equal(share(book), 0.2 * KG);
  await count(book, 5 * KG);
  assert.equal(share(book), 0.1 * KG);
  await assayed(1.5 * KG);
  assert.equal(share(book), KG, "half of three kilograms is there");
  await applyLedger(book, {
    kind: "feed_measured",
    body: { feed: "L", elements_mg: { Nd: { best: 1.5 * KG, sd: 0 } } },
  });
  assert.equal(lotIn(book).measured_from, undefined);
});

test("L46: restatements of before the fifth rules start nothing", async () => {
  const book = await madeOfFeed();
  const old = restatement(lotIn(book), {
    ...{ at: "2026-02-01T00:00:00Z", why: "stocktake", evidence: "T-old" },
    ...{ mass_mg: measured(KG, 1, "s"), elements_mg: { Nd: measured(0.3 * KG, 1, "s") } },
  });
  await applyLedger(book, { kind: "lot_restated", body: { ...old, rules: 2 } });
  assert.equal(lotIn(book).measured_from, undefined);
  await count(book, 10 * KG);
  assert.equal(share(book), 0.2 * KG);
});

test("L46: after any counts, splits and reversals shares are within contents, and within what was brought of the feed", async () => {
  const mass = fc.integer({ min: 1, max: 30 * KG });
  const deed = fc.oneof(
    fc.record({ count: mass }),
    fc.record({ split: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
    fc.record({ back: fc.nat(3) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 10 }), async (deeds) => {
      const book = await madeOfFeed();
      const steps: string[] = [];
      for (const [i, one] of deeds.entries()) {
        if ("count" in one) await count(book, one.count);
        if ("split" in one) {
          const part = Math.floor(lotIn(book).mass_mg.best * one.split);
          const step = {
            step: `X-${i}`,
            inputs: [{ lot: "L", mass_mg: part }],
            outputs: [out(`P-${i}`, part)],
          };
          if (part > 0 && (await perform(book, stepOf(step))).ok) steps.push(step.step);
        }
        if ("back" in one && steps.length > 0) {
          const [step = ""] = steps.splice(one.back % steps.length, 1);
          const body = { step, at: "2026-02-01T00:00:00Z", why: "wrong", rules: 2 as const };
          await applyLedger(book, { kind: "step_reversed", body });
        }
        const lots = book.all("lot");
        for (const lot of lots)
          assert.ok((sharedOf(lot.feeds_mg).get("Nd") ?? 0) <= (lot.elements_mg["Nd"]?.best ?? 0), lot.id);
        const all = lots.reduce((sum, lot) => sum + (lot.feeds_mg["F"]?.["Nd"] ?? 0), 0);
        assert.ok(all <= 2 * KG, `${all} mg of two kilograms`);
      }
    }),
    { numRuns: 60 },
  );
});
