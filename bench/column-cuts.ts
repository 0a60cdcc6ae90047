import { readFileSync } from "node:fs";
import { readSimulation, type SimulationResult, simulate } from "../src/column/index.ts";

interface Row {
  readonly what: string;
  readonly figure: string;
}

type Ask = Readonly<Record<string, unknown>>;

/** Cells of the run that the others are held against, over theirs; at least, and at most, so many. */
const FINER = 1.6;
const FINE_LEAST = 900;
const FINE_MOST = 2_200;
const IMPURITY_LEAST_PPM = 10;

const CUTS = [
  ["A-equilibrium", ["Nd"], 0.999],
  ["A-equilibrium", ["Nd"], 0.9999],
  ["A-equilibrium", ["Dy", "Nd", "Pr"], 0.9999],
  ["B-film", ["Nd"], 0.999],
  ["B-film", ["Nd"], 0.9999],
] as const;

/** Cuts asked for to an accuracy: how long they take, what they say they are off by, and what a finer run says of the same windows. */
export function benchCuts(reference_s: number): Row[] {
  return [
    cutsOn("A-equilibrium", { cells: 450 }, reference_s),
    cutsOn("B-film", { cells: 300 }, reference_s),
    ...CUTS.flatMap(([name, species, purity_min]) =>
      [{ cut_tolerance: 2e-4 }, { impurity_tolerance: 0.1 }]
        .filter((ask) => species.length === 1 || "impurity_tolerance" in ask)
        .map((ask) => cutsAsked(name, { species, purity_min, ask }, reference_s)),
    ),
  ];
}

function cutsOn(name: string, ask: Ask, reference_s: number): Row {
  const cuts = [{ species: "Nd", purity_min: 0.999 }];
  const { run, seconds } = timed(name, { ...ask, cuts });
  const off = apart(run, against(name, run));
  return {
    what: `${name}, Nd at 99.9 % on ${run.numerics.cells} cells with their companion: purity of the fraction and yield off by`,
    figure: `${points(off.cut)}; ${took(seconds, reference_s)}`,
  };
}

function cutsAsked(
  name: string,
  given: { readonly species: readonly string[]; readonly purity_min: number; readonly ask: Ask },
  reference_s: number,
): Row {
  const { species, purity_min, ask } = given;
  const cuts = species.map((one) => ({ species: one, purity_min }));
  const { run, seconds } = timed(name, { ...ask, cuts });
  const off = apart(run, against(name, run));
  const { cells, cut_error_estimate = 0, impurity_error_estimate = 0 } = run.numerics;
  const ofImpurity = "impurity_tolerance" in ask;
  const figures = ofImpurity
    ? `asked 10 % of its impurities from 10 ppm: estimated ${percent(impurity_error_estimate)}, against a finer run ${percent(off.impurity)}`
    : `asked 0.02 points: estimated ${points(cut_error_estimate)}, against a finer run ${points(off.cut)}`;
  return {
    what: `${name}, ${species.join(", ")} at ${100 * purity_min} %, ${figures}`,
    figure: `${cells} cells, ${took(seconds, reference_s)}`,
  };
}

const took = (seconds: number, reference_s: number): string =>
  `${seconds.toFixed(2)} s, ${(seconds / reference_s).toFixed(0)} x the reference`;
const points = (part: number): string => `${(100 * part).toFixed(4)} points`;
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

function solved(name: string, ask: Ask): SimulationResult {
  const file = JSON.parse(readFileSync(`examples/column/${name}.json`, "utf8"));
  const { outlet_times_s } = file.ask;
  const read = readSimulation({ ...file, ask: { outlet_times_s, ...ask } });
  if (!read.ok) throw new Error(`${name}: ${read.refusal.message}`);
  const result = simulate(read.value);
  if (!result.ok) throw new Error(`${name}: ${result.refusal.message}`);
  return result.value;
}

/** The better of two runs. */
function timed(name: string, ask: Ask): { readonly run: SimulationResult; readonly seconds: number } {
  const runs = [1, 2].map(() => {
    const started = performance.now();
    const run = solved(name, ask);
    return { run, seconds: (performance.now() - started) / 1000 };
  });
  return runs.reduce((best, one) => (one.seconds < best.seconds ? one : best));
}

/** The same windows on finer cells, in the shorter steps of traces. */
function against(name: string, { numerics, cuts }: SimulationResult): SimulationResult {
  const windows = cuts.map(({ species, from_s, to_s }) => ({ species, from_s, to_s }));
  const cells = Math.min(FINE_MOST, Math.max(FINE_LEAST, Math.round(FINER * numerics.cells)));
  return solved(name, { cells, cuts: windows, impurity_tolerance: 1 });
}

function apart(run: SimulationResult, finer: SimulationResult): { cut: number; impurity: number } {
  let [cut, impurity] = [0, 0];
  for (const [k, mine] of run.cuts.entries()) {
    const theirs = finer.cuts[k];
    if (!theirs) continue;
    cut = Math.max(
      cut,
      Math.abs(mine.yield - theirs.yield),
      Math.abs((mine.purity ?? 0) - (theirs.purity ?? 0)),
    );
    for (const [name, ppm] of Object.entries(theirs.impurities_ppm)) {
      const off = Math.abs((mine.impurities_ppm[name] ?? 0) - ppm);
      impurity = Math.max(impurity, off / Math.max(ppm, IMPURITY_LEAST_PPM));
    }
  }
  return { cut, impurity };
}
