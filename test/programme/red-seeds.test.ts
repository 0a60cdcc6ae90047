import assert from "node:assert/strict";
import { test } from "node:test";
import { tellMonths } from "../../prove/programme-months.ts";
import { DISHONEST } from "./dishonest.ts";

/**
 * Seeds that were ever red stay here by their number, told until what was red then; `prove/` tells the whole months of others. All
 * were red for one reason: a stranger asked lawfully what the story was about to ask, who comes second is refused, as it should
 * be, and the story called that a fault. What luck gives a number moves with every change of the story: so here the stranger is set on it.
 */
const ONCE_RED: Readonly<Record<string, readonly number[]>> = {
  "intake open-lots": [113, 121, 5011, 5083, 5084, 5111, 5114, 5128, 5153],
  "settle lot": [8, 67, 96, 114, 135, 155, 5023, 5057, 5078, 5107, 5115, 5134, 5183, 5185],
  "settle return-oxide": [14, 23, 41, 54, 93, 149, 5019, 5026, 5030, 5033, 5094, 5129, 5152, 5166, 5193],
};

for (const [name, seeds] of Object.entries(ONCE_RED))
  for (const seed of seeds)
    test(`seed ${seed}: a stranger comes first to "${name}", and its own people hear that it is done`, async () => {
      const ask = DISHONEST.find((one) => one.once && one.name === name);
      assert.ok(ask, `${name} is lawful once`);
      const { strangers } = await tellMonths(seed, ask);
      assert.equal(strangers, 1);
    });
