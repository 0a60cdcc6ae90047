import assert from "node:assert/strict";
import { test } from "node:test";
import { contents, put, stepOf } from "../../test/frauds/museum.ts";
import { type Bodies, check, worldWith } from "../../test/support/passport-world.ts";
import { isFatal } from "./index.ts";

const METAL = 851_356;
/** So much of the metal, and no more of the feed than scales with it. */
const holding = (mass: number, metal: number) =>
  contents(mass, metal, Math.floor((850_000 * Math.min(metal, METAL)) / METAL));
const WHOLE = holding(1_000_000, METAL);
const TENTH = holding(100_000, 85_135);

const restated = (before: object, after: object, rules = 5): Bodies[number] => [
  "lot_restated",
  { lot: "OX-1", rules, before, after },
];

const part = stepOf("S-2", { lot: "OX-1", ...holding(10_000, 8513) }, [
  { lot: "PART", ...holding(10_000, 8513) },
]);

/** What is found of a passport whose lot these entries tell of before it is issued. */
async function found(...entries: Bodies): Promise<string[]> {
  const world = await worldWith({ bodies: (b) => put(b, "before", ...entries) });
  const { accepted, findings } = check(world);
  const codes = [...new Set(findings.filter(isFatal).map(({ code }) => code))];
  assert.equal(accepted, codes.length === 0, "what nothing is found of is accepted");
  return codes;
}

test("C15: a wrong figure that is put right is no finding: shares may come up to what they were", async () => {
  assert.deepEqual(await found(restated(WHOLE, TENTH), restated(TENTH, WHOLE)), []);
  const half = holding(500_000, 425_678);
  assert.deepEqual(await found(restated(WHOLE, TENTH), restated(TENTH, half), restated(half, WHOLE)), []);
  const tenfold = holding(10_000_000, 8_513_560);
  assert.deepEqual(await found(restated(WHOLE, tenfold), restated(tenfold, WHOLE)), []);
});

test("C15: they come up to no more than they were, and not by the rules of before", async () => {
  const more = contents(1_000_000, METAL, 850_001);
  assert.deepEqual(await found(restated(WHOLE, TENTH), restated(TENTH, more)), ["share_above_content"]);
  assert.deepEqual(await found(restated(WHOLE, TENTH, 2), restated(TENTH, WHOLE, 2)), [
    "share_above_content",
  ]);
  assert.deepEqual(await found(restated(WHOLE, TENTH, 2), restated(TENTH, WHOLE)), ["share_above_content"]);
});

test("C15: after a draw they do not come up, whatever the entry says stood before it", async () => {
  assert.deepEqual(await found(restated(WHOLE, TENTH), restated(TENTH, WHOLE), restated(WHOLE, WHOLE)), []);
  const left = holding(90_000, 76_622);
  assert.deepEqual(await found(restated(WHOLE, TENTH), part, restated(left, WHOLE)), ["share_above_content"]);
  assert.deepEqual(await found(restated(WHOLE, TENTH), part, restated(TENTH, WHOLE)), [
    "share_above_content",
  ]);
  // A draw of nothing that is shown: what stood before is not what the last one left.
  const hidden = holding(99_000, 84_284);
  assert.deepEqual(await found(restated(WHOLE, TENTH), restated(hidden, WHOLE)), ["share_above_content"]);
});

test("C15: what was lost of a feed by a wrong figure can be claimed on it again, and no more than was settled", async () => {
  const feed = (best: number) => contents(2_000_000, best, best);
  const first: Bodies[number] = ["lot_opened", { lot: "F-1", kind: "magnets", notes: {}, made_by: "C-1" }];
  const of = (...entries: Bodies) =>
    worldWith({
      bodies: (b) => {
        const at = b.findIndex(([kind]) => kind === "feed_measured");
        b.splice(at, 0, first);
        b.splice(at + 2, 0, ...entries);
      },
    });
  const low = restated(feed(1_000_000), feed(100_000));
  const right = restated(feed(100_000), feed(1_000_000));
  for (const [, body] of [low, right]) Object.assign(body, { lot: "F-1" });
  const codes = async (...entries: Bodies) => [
    ...new Set(
      check(await of(...entries))
        .findings.filter(isFatal)
        .map(({ code }) => code),
    ),
  ];
  assert.ok((await codes(low)).length > 0);
  assert.deepEqual(await codes(low, right), []);
});
