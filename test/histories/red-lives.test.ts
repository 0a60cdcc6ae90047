import assert from "node:assert/strict";
import { test } from "node:test";
import { type LifeTold, tell } from "./life.ts";

/** Lives that were red once, as short as they were found, by the seed whose life they were. */
const ONCE_RED: Readonly<Record<string, LifeTold>> = {
  "20057: the part of a lot is certified on a sample that was drawn before it was divided off": {
    start: "certified",
    asks: [
      { move: "certify", luck: 860_619_151 },
      { move: "correct-product", luck: 1_235_242_307 },
      { move: "move-lot", luck: 682_416_264 },
      { move: "split", luck: 307_163_223 },
      { move: "certify-again", luck: 299_542_646 },
    ],
  },
  "20102: a lot is counted after a part of it was drawn, and marked for what was found of it before": {
    start: "assayed",
    asks: [
      { move: "settle", luck: 445_478_673 },
      { move: "heel", luck: 1_672_868_160 },
      { move: "blend", luck: 1_983_345_417 },
    ],
  },
};

for (const [what, life] of Object.entries(ONCE_RED))
  test(`seed ${what}`, async () => {
    const { commands } = await tell(life);
    assert.ok(commands > 0);
  });
