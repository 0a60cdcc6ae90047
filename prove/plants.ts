import assert from "node:assert/strict";
import { CLOSURE_K, furthestRun } from "../src/ledger/index.ts";
import { Coverage } from "../test/plants/coverage.ts";
import { auditPlant, wrongsOf } from "../test/plants/laws.ts";
import { live } from "../test/plants/life.ts";
import type { Plant } from "../test/plants/plant.ts";
import { type Found, robbedAtOnce, robbedSlowly } from "../test/plants/theft.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

const REFUSED_MOST = 0.01;
const COVERED = { least: 0.85, most: 0.95 };
const FOUND_LEAST = 0.95;
/** Of fewer plants than a whole run, chance is allowed for: three standard uncertainties of what was counted. */
const CHANCE_K = 3;
/** Depths that fewer plants reach tell nothing of how often an interval covers. */
const PLANTS_LEAST = 50;
/** One of so many plants is robbed week by week, which takes the longest. */
const SLOWLY_EACH = 5;
const WEEKS = 30;

/** Plant n is the same whatever the count: the seed is the number of the first. */
export const plants: Proof = {
  name: "plants",
  proves:
    "L4 L15 L17 L18 L31 L39 L41 L43 L44 L45: honest plants are believed, 90 % intervals cover, and thefts are found",
  count: 1000,
  share: 60,
  run,
};

interface Told {
  readonly coverage: Coverage;
  steps: number;
  refused: number;
  watched: number;
  readonly codes: Map<string, number>;
  readonly found: Record<Found, number>;
  readonly missed: number[];
  readonly late: number[];
  readonly weeks: number[];
  slow: number;
}

async function run({ count, seed, progress, found }: Ask): Promise<Counted> {
  const told: Told = {
    ...{ coverage: new Coverage(), steps: 0, refused: 0, watched: 0, codes: new Map() },
    ...{ found: { refused: 0, watched: 0, missed: 0 }, missed: [], late: [], weeks: [], slow: 0 },
  };
  const red: string[] = [];
  for (let n = seed; n < seed + count; n++) {
    try {
      await tellPlant(n, told);
    } catch (cause) {
      red.push(`plant ${n} (--seed ${n} --count 1): ${(cause as Error).message}`);
      found?.(red.at(-1) as string);
    }
    progress(n - seed + 1);
  }
  red.push(...judge(told, count));
  assert.deepEqual(red, []);
  return figuresOf(told, count);
}

async function tellPlant(seed: number, told: Told): Promise<void> {
  const plant = await live(seed, told.coverage);
  assert.deepEqual([...wrongsOf(plant.book), ...auditPlant(plant.log)], []);
  for (const { doing, refused, watched } of plant.said) {
    told.steps++;
    if (watched) told.watched++;
    if (refused === undefined) continue;
    told.refused++;
    const what = `${doing} ${refused}`;
    told.codes.set(what, (told.codes.get(what) ?? 0) + 1);
  }
  const robbed = await robbedAtOnce(seed);
  told.found[robbed.found]++;
  if (robbed.found === "missed") told.missed.push(seed);
  if (seed % SLOWLY_EACH !== 0) return;
  const { counted, summed, due } = await robbedSlowly(seed, { weeks: WEEKS, sums: namedBySums });
  told.slow++;
  told.weeks.push(Math.min(counted, summed));
  if (Math.min(counted, summed) > due) told.late.push(seed);
}

/** Whether the months of the site, added up, name a loss. */
function namedBySums(plant: Plant): boolean {
  const months = plant.book.all("run").sort((a, b) => (a.month < b.month ? -1 : 1));
  return (furthestRun(months, "mass")?.z ?? 0) > CLOSURE_K;
}

/** What is not as it should be, beyond the chance of so many cases. */
function judge(told: Told, count: number): string[] {
  const wrong: string[] = [];
  const sigmas = count < plants.count ? CHANCE_K : 0;
  const chance = (part: number, cases: number) => sigmas * Math.sqrt((part * (1 - part)) / cases);
  const { refused, steps, coverage, missed, late, slow } = told;
  if (refused / steps > REFUSED_MOST + chance(REFUSED_MOST, steps))
    wrong.push(`${refused} of ${steps} honest steps and counts refused: ${listed(told.codes)}`);
  for (const { cell, covered, sd, plants: seen } of coverage.figures()) {
    if (seen < PLANTS_LEAST) continue;
    if (covered + sigmas * sd < COVERED.least || covered - sigmas * sd > COVERED.most)
      wrong.push(`${cell}: 90 % intervals cover ${inPercent(covered)} of ${seen} plants`);
  }
  const most = (cases: number) => 1 - FOUND_LEAST + chance(FOUND_LEAST, Math.max(1, cases));
  if (missed.length / count > most(count)) wrong.push(`thefts missed in plants ${missed.join(", ")}`);
  if (late.length / Math.max(1, slow) > most(slow))
    wrong.push(`slow thefts found late in plants ${late.join(", ")}`);
  return wrong;
}

const inPercent = (part: number) => (100 * part).toFixed(1);
const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([what, times]) => `${what} ${times}`).join(", ");

function figuresOf(told: Told, count: number): Counted {
  const { steps, refused, watched, found, slow, late, weeks, coverage } = told;
  const cells = coverage.figures();
  const covered = (of: string) =>
    cells
      .filter(({ cell }) => cell.startsWith(of))
      .map(
        ({ cell, covered: part, plants: seen }) => `${cell.slice(of.length)}: ${inPercent(part)} (${seen})`,
      )
      .join(", ");
  weeks.sort((a, b) => a - b);
  const week = (part: number) => weeks[Math.floor(part * (weeks.length - 1))] ?? "none";
  return {
    "honest steps and counts": steps,
    "of them refused": `${refused} (${inPercent(refused / steps)} %): ${listed(told.codes) || "none"}`,
    "watched without cause": `${watched} (${inPercent(watched / steps)} %)`,
    "covered of contents, by depth (plants)": covered("content, depth "),
    "covered of masses, by depth": covered("mass, depth "),
    "covered of contents, by what they rest on": covered("content, by "),
    "covered of masses, by what contents rest on": covered("mass, by "),
    "covered of all stock together": `${covered("content, all stock")} of contents, ${covered("mass, all stock")} of masses`,
    "thefts of four standard uncertainties": `${count}: refused ${found.refused}, watched ${found.watched}, missed ${found.missed}`,
    "thefts of half of one a week": `${slow}: found in week ${week(0.5)} at the median, ${week(0.9)} at 90 of 100; ${late.length} later than its power says`,
  };
}
