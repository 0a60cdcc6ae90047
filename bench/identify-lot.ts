import { inferLot, lotTotals } from "../src/identify/index.ts";
import {
  lotOf,
  oracleWidths,
  RECIPES,
  truthOf,
  uniforms,
  type WorldUnits,
} from "../test/support/lot-world.ts";

interface Row {
  readonly what: string;
  readonly figure: string;
}

/** Not a seed of the tests. */
const SEED = 4_242;
const LOTS = 400;
const ORACLE_EVERY = 20;
const NAMES = ["Nd", "Pr", "Dy", "total_ree"] as const;
type Name = (typeof NAMES)[number];
type Split = (units: readonly WorldUnits[]) => readonly WorldUnits[];

const together: Split = (units) => units;
/** Every piece a family of its own: what a model says that forgets what pieces have in common. Tens stand for more. */
const apart: Split = (units) =>
  units.flatMap((unit) => {
    const parts = Math.min(25, unit.count);
    return Array.from({ length: parts }, (_, i) => ({
      ...unit,
      family: `${unit.family}/${i}`,
      count: Math.max(1, Math.round(unit.count / parts)),
    }));
  });

/** 90 % intervals of element grams against lots of a world that shares no equation with the model. */
function coverage(world: string, split: Split, lots: number): string {
  const recipe = RECIPES[world];
  if (!recipe) throw new Error(world);
  const u = uniforms(SEED);
  const inside = new Map<Name, number>();
  const wide = new Map<Name, number[]>();
  for (let i = 0; i < lots; i++) {
    const units = lotOf(u);
    const truth = truthOf(u, units, recipe);
    const said = lotTotals({ units: split(units), seed: i, draws: 1000 });
    const oracle = i % ORACLE_EVERY === 0 ? oracleWidths(SEED + 1 + i, units, recipe, 250) : null;
    for (const name of NAMES) {
      const at = name === "total_ree" ? said.total_ree : said.elements[name];
      if (!at) throw new Error(name);
      if (truth[name] >= at.lo90_g && truth[name] <= at.hi90_g) inside.set(name, (inside.get(name) ?? 0) + 1);
      if (oracle) wide.set(name, [...(wide.get(name) ?? []), (at.hi90_g - at.lo90_g) / oracle[name]]);
    }
  }
  const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length;
  return NAMES.map(
    (name) =>
      `${name} ${((inside.get(name) ?? 0) / lots).toFixed(2)} at ${mean(wide.get(name) ?? []).toFixed(2)}`,
  ).join("; ");
}

const STAKES = { usd_per_kg_ree: 60, limit_wt_pct: 27 };
/** A handheld reading whose calibration is shared, and a laboratory's, each with its price: estimates of identify's prior table. */
const OFFERED = [
  { kind: "XRF", sd_wt_pct: 1, bias_sd_wt_pct: 0.7, cost_usd: 20 },
  { kind: "ICP", sd_wt_pct: 0.35, bias_sd_wt_pct: 0.2, cost_usd: 120 },
] as const;
type Policy = "ours" | "independent units" | "never measure" | "always the laboratory";

/** What a lot costs under a policy: the measurements taken, and what a wrong decision loses against knowing the grade. */
function cost_usd(
  policy: Policy,
  units: readonly WorldUnits[],
  grade: number,
  kg: number,
  noise: () => number,
): number {
  const evidence: object[] = [];
  let paid = 0;
  const ask = () => {
    const said = inferLot({
      units: policy === "independent units" ? apart(units) : units,
      evidence,
      limit: { total_ree: true, wt_pct_min: STAKES.limit_wt_pct },
      stakes: { usd_per_kg_ree: STAKES.usd_per_kg_ree },
      measurements: OFFERED,
      seed: 1,
    });
    if (!said.ok) throw new Error(said.refusal.message);
    return said.value;
  };
  const take = (kind: string): void => {
    const with_ = OFFERED.find((one) => one.kind === kind) ?? OFFERED[0];
    paid += with_.cost_usd;
    const wt_pct = grade + with_.sd_wt_pct * noise() + with_.bias_sd_wt_pct * noise();
    evidence.push({
      kind,
      total_ree: true,
      wt_pct,
      sd: with_.sd_wt_pct,
      bias_id: `${kind} ${evidence.length}`,
      bias_sd: with_.bias_sd_wt_pct,
    });
  };
  if (policy === "always the laboratory") take("ICP");
  let said = ask();
  if (policy === "ours" || policy === "independent units")
    for (let k = 0; k < 3 && said.decision === "measure"; k++) {
      take(said.next[0]?.kind ?? "ICP");
      said = ask();
    }
  const accepts = (said.p_meets ?? 0) >= 0.5;
  const off = grade - STAKES.limit_wt_pct;
  const wrong = accepts ? Math.max(0, -off) : Math.max(0, off);
  return paid + (wrong * STAKES.usd_per_kg_ree * kg) / 100;
}

function decisions(lots: number): Row[] {
  const recipe = RECIPES["recipes by year"];
  if (!recipe) throw new Error("no such world");
  const policies: readonly Policy[] = ["ours", "never measure", "always the laboratory", "independent units"];
  const sums = new Map<Policy, number>();
  const u = uniforms(SEED + 7);
  // A sum of twelve uniforms is nearly a normal, and none of the product's.
  const noise = (): number => Array.from({ length: 12 }, u).reduce((a, b) => a + b, -6);
  for (let i = 0; i < lots; i++) {
    // From a pallet to a shipload: the stakes must differ for a choice to be worth making.
    const times = 1 + Math.floor(1000 * u() ** 2);
    const units = lotOf(u).map((unit) => ({ ...unit, count: unit.count * times }));
    const truth = truthOf(
      u,
      units.map((unit) => ({ ...unit, count: Math.ceil(unit.count / times) })),
      recipe,
    );
    const kg = (truth.magnets * times) / 1000;
    const grade = (100 * truth.total_ree) / truth.magnets;
    for (const policy of policies)
      sums.set(policy, (sums.get(policy) ?? 0) + cost_usd(policy, units, grade, kg, noise) / lots);
  }
  return [
    {
      what: `cost of accept, reject or measure over ${lots} such lots, against knowing the grade: a limit of ${STAKES.limit_wt_pct} wt% and ${STAKES.usd_per_kg_ree} USD per kg`,
      figure: policies
        .map((policy) => `${policy} ${(sums.get(policy) ?? 0).toFixed(0)} USD a lot`)
        .join("; "),
    },
  ];
}

/** EVSI of one reading against a count over drawn truths and readings: no formula of the product's. */
function evsiRow(): Row {
  const off: number[] = [];
  const u = uniforms(SEED + 9);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u());
  for (const [best, sd, limit, reading_sd, kg] of [
    [29, 1.5, 28, 1, 1000],
    [29, 1.5, 28, 0.4, 200],
    [27.5, 2, 28, 1.5, 5000],
    [30, 1, 28, 0.5, 1000],
  ] as const) {
    const said = inferLot({
      prior: { grade_wt_pct: { best, sd }, mass_kg: { best: kg, sd: 0 } },
      evidence: [],
      limit: { total_ree: true, wt_pct_min: limit },
      stakes: { usd_per_kg_ree: 60 },
      measurements: [{ kind: "XRF", sd_wt_pct: reading_sd, bias_sd_wt_pct: 0, cost_usd: 0 }],
      seed: 1,
    });
    if (!said.ok) throw new Error(said.refusal.message);
    const slope = (60 * kg) / 100;
    const trust = sd ** 2 / (sd ** 2 + reading_sd ** 2);
    let [blind, informed] = [0, 0];
    const times = 2_000_000;
    for (let i = 0; i < times; i++) {
      const grade = best + sd * normal();
      const after = best + trust * (grade + reading_sd * normal() - best);
      blind += best >= limit ? grade - limit : 0;
      informed += after >= limit ? grade - limit : 0;
    }
    const counted = (slope * (informed - blind)) / times;
    off.push(Math.abs((said.value.next[0]?.evsi_usd ?? 0) / counted - 1));
  }
  return {
    what: `EVSI of one reading against ${off.length} counts over two million drawn truths and readings`,
    figure: `at most ${(100 * Math.max(...off)).toFixed(1)} % apart`,
  };
}

/** The lot model in worlds that are not its own, beside the same model without what units have in common. */
export function lotRows(): Row[] {
  const worlds = Object.keys(RECIPES);
  return [
    ...worlds.map((world) => ({
      what: `90 % intervals of grams in ${LOTS} lots of an independent world (${world}): share covered, width over that of one who knows the world`,
      figure: coverage(world, together, LOTS),
    })),
    {
      what: "same, every piece drawn by itself (recipes by year, 100 lots)",
      figure: coverage("recipes by year", apart, 100),
    },
    evsiRow(),
    ...decisions(200),
  ];
}
