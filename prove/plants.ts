import assert from "node:assert/strict";
import { readBeside } from "../src/app/ledger/instrument.ts";
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
/** Honest scales are named in one of ten groups that were read beside each other, and a group has two at least. */
const NAMED_MOST = 0.1;
/** One of so many plants is robbed week by week, which takes the longest. */
const SLOWLY_EACH = 5;
const WEEKS = 30;

/** Plant n is the same whatever the count: the seed is the number of the first. */
export const plants: Proof = {
  name: "plants",
  proves:
    "L4 L15 L17 L18 L31 L39 L40 L41 L43 L44 L45: honest plants are believed, 90 % intervals cover, and thefts are found",
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
  /** Lots made below a feed, and of them those marked as holding more than was made; plants that have one. */
  readonly marked: { made: number; lots: number; plants: number };
  /** Scales in a calibration that were read beside others, of which none drifts, and of them those that are named. */
  readonly instruments: { read: number; named: number; drifting: number; drifters: number };
}

async function run({ count, seed, progress, found }: Ask): Promise<Counted> {
  const told: Told = {
    ...{ coverage: new Coverage(), steps: 0, refused: 0, watched: 0, codes: new Map() },
    ...{ found: { refused: 0, watched: 0, missed: 0 }, missed: [], late: [], weeks: [], slow: 0 },
    marked: { made: 0, lots: 0, plants: 0 },
    instruments: { read: 0, named: 0, drifting: 0, drifters: 0 },
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
  countMarked(plant, told);
  await countNamed(plant, told);
  const robbed = await robbedAtOnce(seed);
  told.found[robbed.found]++;
  if (robbed.found === "missed") told.missed.push(seed);
  if (seed % SLOWLY_EACH !== 0) return;
  const { counted, summed, due } = await robbedSlowly(seed, { weeks: WEEKS, sums: namedBySums });
  told.slow++;
  told.weeks.push(Math.min(counted, summed));
  if (Math.min(counted, summed) > due) told.late.push(seed);
}

/** How often an honest plant has a lot marked as holding more than was made of it (L38). */
function countMarked({ book }: Plant, { marked }: Told): void {
  const made = book
    .all("lot")
    .filter((lot) => lot.parents.length > 0 && Object.keys(lot.feeds_mg).length > 0);
  const lots = made.filter(({ raised = [] }) => raised.length > 0).length;
  marked.made += made.length;
  marked.lots += lots;
  if (lots > 0) marked.plants++;
}

/** How often an honest scale is named for its bias, and one that drifts (L40). */
async function countNamed({ book, equipment }: Plant, { instruments }: Told): Promise<void> {
  const records = new Map(book.all("instrument").map((of) => [of.instrument, of]));
  for (const scale of equipment.scales)
    for (const calibration of scale.calibrations) {
      const at = { id: scale.name, readings: { ...scale.readings, calibration } };
      const { compared, off } = await readBeside(at, async (name) => records.get(name));
      if (!compared) continue;
      instruments[scale.drifts ? "drifters" : "read"]++;
      if (off) instruments[scale.drifts ? "drifting" : "named"]++;
    }
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
  const { named, read } = told.instruments;
  if (named / Math.max(1, read) > NAMED_MOST + chance(NAMED_MOST, Math.max(1, read)))
    wrong.push(`${named} of ${read} honest scales named`);
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
  const { steps, refused, watched, found, slow, late, weeks, coverage, marked, instruments } = told;
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
    "honest lots below a feed marked as risen": `${marked.lots} of ${marked.made} (${inPercent(marked.lots / Math.max(1, marked.made))} %), in ${marked.plants} plants`,
    "honest scales named, of those read beside others in a calibration": `${instruments.named} of ${instruments.read} (${inPercent(instruments.named / Math.max(1, instruments.read))} %); of scales that drift ${instruments.drifting} of ${instruments.drifters}`,
  };
}
