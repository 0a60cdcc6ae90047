import assert from "node:assert/strict";
import { test } from "node:test";
import { eachSeed } from "./each-seed.ts";
import { PROOFS } from "./proofs.ts";

for (const { name, proves, share, run } of PROOFS)
  test(`${name}: ${proves} (${share} of them)`, async () => {
    await run({ count: share, seed: 1, progress: () => {} });
  });

test("a red seed does not keep the others from being told; all are named at the end", async () => {
  const met: string[] = [];
  let told = 0;
  const ask = {
    ...{ count: 5, seed: 10 },
    progress: (done: number) => {
      told = done;
    },
    found: (why: string) => met.push(why),
  };
  const tell = async (seed: number) => {
    if (seed % 2 === 1) throw new Error(`${seed} is odd`);
    return { entries: seed };
  };
  await assert.rejects(eachSeed(ask, tell), (cause: AggregateError) => {
    assert.match(cause.message, /^2 of 5 are red:\nseed 11 .*: 11 is odd\nseed 13 .*: 13 is odd$/);
    return cause.errors.length === 2;
  });
  assert.equal(told, 5);
  assert.equal(met.length, 2);
  assert.deepEqual(await eachSeed(ask, async (entries) => ({ entries })), { entries: 60 });
});
