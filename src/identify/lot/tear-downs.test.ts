import assert from "node:assert/strict";
import { test } from "node:test";
import { PRIORS } from "../magnets/priors.ts";
import { inferLot } from "./infer-lot.ts";
import { lotTotals } from "./lot-totals.ts";
import { learnedParts, type TearDown } from "./tear-downs.ts";

/** A generator of its own: a plain xorshift, families uniform in the logarithm, pieces triangular. */
function dice(seed: number): () => number {
  let state = (seed * 2654435761 + 88_675_123) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const row = "hdd_3.5in";
const part = PRIORS.get(row)?.parts[0];
assert.ok(part, "the table has hard disks with a part");
const count = 400;
const opened = 30;

interface World {
  readonly tearDowns: TearDown[];
  readonly magnets_g: number;
  readonly nd_g: number;
}

/** A family as it might be: up to 1.7 times lighter or heavier than the table says, with its own neodymium. */
function world(seed: number): World {
  const u = dice(seed);
  const typical_g = part!.median_g * 1.7 ** (2 * u() - 1);
  const nd = 22 + 8 * u();
  const piece = () => ({
    grams: typical_g * (1 + 0.12 * (u() + u() - 1)),
    nd: nd * (1 + 0.04 * (u() + u() - 1)),
  });
  const tearDowns = Array.from({ length: opened }, (): TearDown => {
    const { grams, nd: own } = piece();
    const reading = own + 0.3 * (u() + u() + u() - 1.5) * 2;
    return {
      family: "F",
      prior_class: row,
      parts: [{ part: part!.part, magnets_g: grams, wt_pct: { Nd: { value: reading, sd: 0.3 } } }],
    };
  });
  let [magnets_g, nd_g] = [0, 0];
  for (let k = 0; k < count; k++) {
    const { grams, nd: own } = piece();
    magnets_g += grams;
    nd_g += (grams * own) / 100;
  }
  return { tearDowns, magnets_g, nd_g };
}

const totals = (tearDowns: readonly TearDown[], seed: number) =>
  lotTotals({
    units: [{ family: "F", prior_class: row, count, parts: learnedParts(row, tearDowns) }],
    seed,
  });

test("I30: after 30 tear-downs of a family the interval has shrunk at least five times, and still covers", () => {
  let [covered, ndCovered, narrower] = [0, 0, 0];
  const worlds = 120;
  for (let n = 0; n < worlds; n++) {
    const { tearDowns, magnets_g, nd_g } = world(n + 1);
    const { magnets, elements } = totals(tearDowns, n);
    const before = totals([], n).magnets;
    if (magnets_g >= magnets.lo90_g && magnets_g <= magnets.hi90_g) covered++;
    const Nd = elements["Nd"];
    if (Nd && nd_g >= Nd.lo90_g && nd_g <= Nd.hi90_g) ndCovered++;
    const width = (of: typeof magnets) => (of.hi90_g - of.lo90_g) / of.best_g;
    if (width(magnets) < width(before) / 5) narrower++;
  }
  assert.ok(narrower === worlds, `${narrower} of ${worlds}`);
  assert.ok(
    covered >= 0.85 * worlds && ndCovered >= 0.85 * worlds,
    `magnets ${covered}, Nd ${ndCovered} of ${worlds}`,
  );
});

test("I30: parts that are not found become unlikely, and nothing becomes impossible", () => {
  const none = Array.from({ length: opened }, (): TearDown => ({ family: "F", prior_class: row, parts: [] }));
  const [learned] = learnedParts(row, none);
  assert.ok(learned && learned.present_p < 0.12 && learned.present_p > 0);
  assert.equal(learned.evidence, part.evidence, "nothing was weighed");
  assert.equal(learnedParts(row, [world(1).tearDowns[0]!])[0]?.evidence, "A");
});

test("I30: a lot takes its families' tear-downs, and refuses what is none by its place", () => {
  const { tearDowns } = world(7);
  const ask = { units: [{ family: "F", prior_class: row, count }], seed: 1 };
  const with30 = inferLot({ ...ask, teardowns: tearDowns });
  const without = inferLot(ask);
  assert.ok(with30.ok && without.ok);
  assert.notDeepEqual(with30.value, without.value);
  const code = (teardowns: unknown) => {
    const found = inferLot({ ...ask, teardowns });
    return found.ok ? "read" : `${found.refusal.code} ${found.refusal.at}`;
  };
  const one = (change: object) => [{ ...tearDowns[0], ...change }];
  assert.equal(code({}), "not_a_list teardowns");
  assert.equal(code(one({ prior_class: "teapot" })), "prior_class_unknown teardowns[0].prior_class");
  assert.equal(
    code(one({ parts: [{ part: "lid", magnets_g: 1 }] })),
    "part_unknown teardowns[0].parts[0].part",
  );
  assert.equal(
    code(one({ parts: [{ part: part.part, magnets_g: -1 }] })),
    "out_of_range teardowns[0].parts[0].magnets_g",
  );
});
