import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bookWith, KG, lotsOf } from "../../test/support/ledger.ts";
import { measured } from "../quantity/index.ts";
import { applyLedger, type Contents, decideRestatement, draw, type FeedShares, type Lot } from "./index.ts";
import { rescaled, sharedOf } from "./shares.ts";

const mg = fc.integer({ min: 0, max: 2_000_000 });

/** A lot of any content, and shares of three feeds in it that may add up to all of it. */
const lots = fc.record({ nd: mg, parts: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }), mass: mg });

function lotOf(given: { nd: number; parts: readonly number[]; mass: number }): Contents {
  const whole = Math.max(
    1,
    given.parts.reduce((a, b) => a + b, 0),
  );
  const feeds_mg: FeedShares = Object.fromEntries(
    given.parts.map((part, i) => [`F-${i}`, { Nd: Math.floor((given.nd * part) / whole) }]),
  );
  const mass_mg = measured(given.nd + given.mass + 1, 50, "scale");
  return { mass_mg, elements_mg: { Nd: measured(given.nd, 7, "f") }, feeds_mg };
}

const shared = (contents: Pick<Contents, "feeds_mg">) => sharedOf(contents.feeds_mg).get("Nd") ?? 0;
const content = (contents: Pick<Contents, "elements_mg">) => contents.elements_mg["Nd"]?.best ?? 0;

test("L21: on both sides of any draws shares stay within the content, to the milligram, and none is lost", () =>
  fc.assert(
    fc.property(
      lots,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      (given, cuts) => {
        let lot = lotOf(given);
        for (const cut of cuts) {
          const { taken, left } = draw(lot, Math.floor(lot.mass_mg.best * cut), 2);
          for (const side of [taken, left])
            assert.ok(shared(side) <= content(side), "a share above its content");
          assert.equal(shared(taken) + shared(left), shared(lot));
          lot = left;
        }
      },
    ),
  ));

test("L21: where less is found the shares fall in proportion, where more is found they stay", () =>
  fc.assert(
    fc.property(lots, mg, (given, found) => {
      const lot = lotOf(given);
      const after = { Nd: measured(found, 7, "g") };
      const feeds_mg = rescaled(lot.feeds_mg, lot.elements_mg, after);
      assert.ok(shared({ feeds_mg }) <= found);
      for (const [feed, { Nd = 0 }] of Object.entries(lot.feeds_mg)) {
        const now = feeds_mg[feed]?.["Nd"] ?? 0;
        if (found >= given.nd) assert.equal(now, Nd);
        else assert.ok(Math.abs(now - (Nd * found) / given.nd) < 1, `${feed}: ${Nd} to ${now}`);
      }
    }),
  ));

test("L21: a restatement states the scaled shares of every feed, and the books hold what it states", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Nd: 4 * KG } }]);
  const lot = { ...(lotsOf(book).get("L-1") as Lot), feeds_mg: { F: { Nd: 3 * KG }, G: { Nd: KG } } };
  book.put("lot", "L-1", lot);
  const decided = decideRestatement("L-1", lot, {
    ...{ at: "2026-01-02T00:00:00Z", why: "stocktake", evidence: "T-1" },
    ...{ mass_mg: measured(KG, 1, "scale"), elements_mg: { Nd: measured(0.4 * KG, 1, "f") } },
  });
  assert.ok(decided.ok);
  const tenth = { F: { Nd: 0.3 * KG }, G: { Nd: 0.1 * KG } };
  assert.deepEqual([decided.value.rules, decided.value.after.feeds_mg], [5, tenth]);
  await applyLedger(book, { kind: "lot_restated", body: decided.value });
  assert.deepEqual(lotsOf(book).get("L-1")?.feeds_mg, tenth);
});

test("L21: shares of old books that exceed their content are cut to it before they are drawn", () => {
  const lot = { ...lotOf({ nd: 1000, parts: [1, 0, 0], mass: 0 }), feeds_mg: { "F-0": { Nd: 4000 } } };
  const { taken, left } = draw(lot, lot.mass_mg.best, 2);
  assert.equal(shared(taken), 1000);
  assert.equal(shared(left), 0);
  assert.equal(shared(draw(lot, lot.mass_mg.best).taken), 4000, "as the first rules folded it");
});
