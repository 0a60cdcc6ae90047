import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, put, stepOf } from "../../test/frauds/museum.ts";
import { type Bodies, certificateOf, check, worldWith } from "../../test/support/passport-world.ts";
import { isFatal } from "./index.ts";

const METAL = 851_356;
const held = (nd: number, share: number, sd = 30_000) => ({
  mass_mg: { best: 1_000_000, moves: {} },
  elements_mg: { Nd: { best: nd, moves: { [`reading:${nd}`]: sd } } },
  feeds_mg: { "F-1": { Nd: share } },
});

/** The furnace makes a drum with so much metal of what went in, and a repack finds the rest: each within its doubt. */
async function found(
  { made, entered = made, rules = 4 }: { made: number; entered?: number; rules?: number },
  ...between: Bodies
): Promise<string[]> {
  const claims = { "F-1": { Nd: 700_000 } };
  const world = await worldWith({
    bodies(bodies) {
      const furnace = bodyOf(bodies, "step_recorded");
      furnace.rules = rules;
      const [drum] = furnace.outputs;
      Object.assign(drum, held(made, 700_000), { lot: "DRUM" });
      const into = entered + 85_737 + 6000;
      Object.assign(furnace.inputs[0], {
        elements_mg: { Nd: { best: into, moves: { assay: 20_000 } } },
        feeds_mg: { "F-1": { Nd: 785_000 } },
      });
      const before = between.findLast(([kind]) => kind === "lot_restated")?.[1]["after"] as
        | ReturnType<typeof held>
        | undefined;
      const from = { lot: "DRUM", ...(before ?? held(made, 700_000)) };
      const [kind, body] = stepOf("S-2", from, [{ lot: "OX-1", ...held(METAL, 700_000) }]);
      put(bodies, "before", ...between, [kind, { ...body, rules }]);
      bodyOf(bodies, "passport_issued", 1).feeds_mg = claims;
    },
    facts(facts) {
      const repack = { step: "split", country: "not_stated", at: "2026-03-02T00:00:00Z" };
      facts["provenance"].sites.push(repack);
      facts["claims_mg"] = claims;
      facts["recycled_share"] = "0.80";
      facts["certificate"] = certificateOf("OX-1", 1_000_000);
    },
  });
  const { accepted, findings } = check(world);
  const codes = [...new Set(findings.filter(isFatal).map(({ code }) => code))];
  assert.equal(
    accepted,
    codes.length === 0,
    JSON.stringify(check(world).checks.filter((c) => c.result !== "passed")),
  );
  return codes;
}

const PERCENT = 8_514;

test("C46: three per cent in each of two steps is within the doubt of each, and nobody brought six", async () => {
  assert.deepEqual(await found({ made: METAL - 2 * PERCENT, entered: METAL - 4 * PERCENT }), []);
  const risen = { made: METAL - 3 * PERCENT, entered: METAL - 7 * PERCENT };
  assert.deepEqual(await found(risen), ["more_than_was_brought"]);
  assert.deepEqual(await found({ ...risen, rules: 2 }), [], "steps of before descents were followed");
});

test("C46: what was lost beyond a twentieth is not found again as a rise that makes up for it", async () => {
  const lost = { made: METAL - 10.5 * PERCENT, entered: METAL };
  assert.deepEqual(await found(lost), ["more_than_was_brought"]);
  assert.deepEqual(await found({ made: METAL - 4 * PERCENT, entered: METAL }), []);
});

const measured = (before: number, after: number): Bodies[number] => [
  "lot_restated",
  { lot: "DRUM", rules: 5, before: held(before, 700_000), after: held(after, 700_000) },
];

test("C46: a measurement adds to a rise, and one that is put right does not", async () => {
  const [low, high] = [METAL - 6 * PERCENT, METAL];
  assert.deepEqual(await found({ made: low }, measured(low, high)), ["more_than_was_brought"]);
  const tenfold = held(METAL + 6 * PERCENT, 700_000);
  const wrong: Bodies[number] = ["lot_restated", { ...measured(low, low)[1], after: tenfold }];
  const right: Bodies[number] = ["lot_restated", { ...measured(low, low)[1], before: tenfold }];
  assert.deepEqual(await found({ made: low + 2 * PERCENT }, wrong), ["more_than_was_brought"]);
  const of = { made: low + 2 * PERCENT };
  const put_right = { ...right[1], after: held(of.made, 700_000) };
  const first = { ...wrong[1], before: held(of.made, 700_000) };
  assert.deepEqual(await found(of, ["lot_restated", first], ["lot_restated", put_right]), []);
});
