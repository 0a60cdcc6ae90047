import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  lotOf,
  oracleWidths,
  RECIPES,
  truthOf,
  uniforms,
  type WorldUnits,
} from "../../../test/support/lot-world.ts";
import { lotTotals } from "../index.ts";

// The worlds and five other seeds were looked at while the model was judged and its alloys of drives set; this seed was run once.
const TEST_SEED = 271_828;
const LOTS = 400;
const ORACLE_EVERY = 40;
const DRAWS = 1000;
const NAMES = ["Nd", "Pr", "Dy", "total_ree"] as const;

interface Score {
  readonly covered: Record<string, number>;
  readonly width: Record<string, number>;
}
function score(world: string, lots: number, split: (units: WorldUnits[]) => WorldUnits[] = (u) => u): Score {
  const recipe = RECIPES[world];
  assert.ok(recipe);
  const u = uniforms(TEST_SEED);
  const covered: Record<string, number> = {};
  const width: Record<string, number> = {};
  for (let i = 0; i < lots; i++) {
    const units = lotOf(u);
    const truth = truthOf(u, units, recipe);
    const said = lotTotals({ units: split(units), seed: i, draws: DRAWS });
    const oracle = i % ORACLE_EVERY === 0 ? oracleWidths(TEST_SEED + 1 + i, units, recipe, 250) : null;
    for (const name of NAMES) {
      const at = name === "total_ree" ? said.total_ree : said.elements[name];
      assert.ok(at);
      const inside = truth[name] >= at.lo90_g && truth[name] <= at.hi90_g;
      covered[name] = (covered[name] ?? 0) + (inside ? 1 / lots : 0);
      if (oracle)
        width[name] = (width[name] ?? 0) + ((at.hi90_g - at.lo90_g) / oracle[name] / lots) * ORACLE_EVERY;
    }
  }
  return { covered, width };
}

describe("I14: 90 % intervals of `identify lot` in worlds that share no equation with the model", () => {
  for (const world of Object.keys(RECIPES))
    it(`${world}: ${LOTS} lots, 85 to 95 in 100 covered, at most 1.3 times as wide as one who knows the world`, (t) => {
      const { covered, width } = score(world, LOTS);
      t.diagnostic(JSON.stringify({ covered, width }));
      for (const name of NAMES) {
        const share = covered[name] ?? 0;
        // 400 lots: a true 90 % falls outside 85 to 95 less than once in a thousand runs.
        assert.ok(share >= 0.85 - 1e-9 && share <= 0.95 + 1e-9, `${name}: ${share}`);
        assert.ok((width[name] ?? 9) <= 1.3, `${name}: width ${width[name]}`);
      }
    });
  it("families split into independent tenths fail the same test", () => {
    const split = (units: WorldUnits[]): WorldUnits[] =>
      units.flatMap((x) =>
        Array.from({ length: Math.min(10, x.count) }, (_, i) => ({
          ...x,
          family: `${x.family}/${i}`,
          count: Math.max(1, Math.round(x.count / Math.min(10, x.count))),
        })),
      );
    const { covered } = score("recipes by year", 40, split);
    assert.ok((covered["Nd"] ?? 1) < 0.7, JSON.stringify(covered));
  });
});
