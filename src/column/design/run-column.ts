import { done, type Result } from "../../quantity/index.ts";
import { checked } from "../accuracy/checks.ts";
import { type Estimated, solveAsked } from "../accuracy/ladder.ts";
import { type Solved, solveOn } from "../accuracy/one-grid.ts";
import { apart } from "../campaign/campaign-column.ts";
import { chungWen_m2_per_s, filmCoefficient_m_per_s, pressureDrop_Pa } from "../correlations.ts";
import { readSimulation } from "../input/read.ts";
import type { SimulationInput } from "../input/schema.ts";
import type { Simulation } from "../input/simulation.ts";
import { type CutContext, collected_mol_per_m2 } from "../outlet/context.ts";
import { type KeptOutlet, keepOutlet, timesKept } from "../outlet/kept-outlet.ts";
import { specWindow } from "../outlet/spec-window.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type Choice, conditionsOf, type Grid, type Plant, type PlantSpecies } from "./problem.ts";

/** Points of a chromatogram that are kept. */
const KEPT_POINTS = 600;

export type Amounts = Readonly<Record<string, number>>;

export interface Cut {
  readonly species: string;
  readonly from_s: number;
  readonly to_s: number;
  /** Of every species, per mol loaded in all. */
  readonly holds: Amounts;
  /** What keeps the window from being wider, at its beginning and at its end. */
  readonly bound_by: readonly [string | null, string | null];
}

/** What a cut came to: purity in mol of all it holds, yield of what was loaded. */
export function figuresOf({ species, from_s, to_s, holds }: Cut, loaded: Amounts) {
  const whole = Object.values(holds).reduce((a, b) => a + b, 0);
  const own = holds[species] ?? 0;
  const others = Object.entries(holds).filter(([name]) => name !== species);
  return {
    species,
    from_s,
    to_s,
    purity: own / whole,
    yield: own / (loaded[species] ?? 1),
    impurities_ppm: Object.fromEntries(others.map(([name, amount]) => [name, (1e6 * amount) / whole])),
  };
}

export interface ColumnRan {
  readonly feed: Amounts;
  readonly loading_fraction: number;
  readonly loaded_mol_per_m2: number;
  readonly load_s: number;
  readonly displace_s: number;
  readonly cuts: readonly Cut[];
  /** Of every species, per mol loaded in all: what leaves before the first cut, between cuts, after the last, and what stays. */
  readonly before: Amounts;
  readonly between: Amounts;
  readonly after: Amounts;
  readonly stays: Amounts;
  readonly cells: number;
  readonly error_l1_estimate: number | null;
  readonly balance_error: number;
  readonly outlet: CutContext;
}

/** A further condition on a cut: no more of one species in it than this, in mol per mol of the cut's own. */
export interface Guard {
  readonly cut: string;
  readonly of: string;
  readonly mol_per_mol_max: number;
}

export interface ColumnAsked {
  readonly feed: Amounts;
  readonly loading: number;
  readonly cuts: readonly string[];
  readonly guards: readonly Guard[];
  /** Cuts as they were found before: their times are kept. */
  readonly kept?: readonly Cut[];
}

/** What transport the correlations give for a plant run at a velocity. */
export function transportOf(plant: Plant, superficial_m_per_s: number) {
  const bed = {
    superficial_m_per_s,
    radius_m: plant.bed.particle_radius_m,
    void_fraction: plant.bed.void_fraction,
  };
  return {
    dispersion_m2_per_s: chungWen_m2_per_s({ ...bed, ...plant.fluid }),
    film_coefficient_m_per_s: filmCoefficient_m_per_s({
      ...bed,
      ...plant.fluid,
      particle_porosity: plant.bed.particle_porosity,
    }),
    pressure_Pa_per_m: pressureDrop_Pa({ ...bed, ...plant.fluid, length_m: 1 }),
  };
}

/** Loads one column, pushes the train out, and cuts it to the specifications. */
export function runColumn(
  plant: Plant,
  given: { readonly choice: Choice; readonly asked: ColumnAsked; readonly grid: Grid },
): Result<ColumnRan, ColumnRefusal> {
  const { choice, asked, grid } = given;
  const loaded = asked.loading * choice.length_m * plant.bed.capacity_mol_per_m3_bed;
  const load_s = loaded / (choice.superficial_m_per_s * plant.normality_mol_per_m3);
  // The train has left once the displacer, let in after the load, has filled bed and pores; a tenth more lets its tail out.
  const filled = choice.length_m * (plant.bed.capacity_mol_per_m3_bed / plant.normality_mol_per_m3 + 1);
  const displace_s = (1.1 * filled) / choice.superficial_m_per_s;
  const present = plant.species.filter((s) => (asked.feed[s.name] ?? 0) > 0);
  const read = readSimulation(
    simulationOf(plant, { choice, asked, present, load_s, end_s: load_s + displace_s, grid }),
  );
  if (!read.ok) return read;
  const solved = solve(read.value, grid);
  if (!solved.ok) return solved;
  const sound = checked(read.value, solved.value);
  if (!sound.ok) return sound;
  const { outlet, march, cells, errors } = solved.value;
  const cuts = asked.kept
    ? asked.kept.map((cut) => ({ ...cut, holds: heldIn(outlet, { present, loaded, ...cut }) }))
    : cutsOf(outlet, { present, asked, loaded });
  return done({
    feed: asked.feed,
    loading_fraction: asked.loading,
    loaded_mol_per_m2: loaded,
    load_s,
    displace_s,
    cuts,
    ...restOf(outlet, { present, cuts, loaded, held: march.held_mol_per_m2 }),
    cells,
    error_l1_estimate: errors?.l1 ?? null,
    balance_error: Math.max(...Object.values(sound.value.balance).map((b) => Math.abs(b.relative_error))),
    outlet,
  });
}

/**
 * While a design is searched the coarser companion would only cost time. Cells are even: near the largest load that has
 * a steady cycle, recycle on cells finer before the outlet was seen to find none on some grids.
 */
function solve(
  read: Simulation,
  { estimated, cells }: Grid,
): Result<Solved & Partial<Estimated>, ColumnRefusal> {
  const simulation: Simulation = { ...read, even_cells: true };
  return estimated ? solveAsked(simulation) : solveOn(simulation, cells);
}

function simulationOf(
  plant: Plant,
  given: {
    readonly choice: Choice;
    readonly asked: ColumnAsked;
    readonly present: readonly PlantSpecies[];
    readonly load_s: number;
    readonly end_s: number;
    readonly grid: Grid;
  },
): SimulationInput {
  const { choice, asked, present, load_s, end_s, grid } = given;
  const N = plant.normality_mol_per_m3;
  const { dispersion_m2_per_s, film_coefficient_m_per_s } = transportOf(plant, choice.superficial_m_per_s);
  return {
    model: "film",
    bed: { length_m: choice.length_m, ...plant.bed },
    flow: { superficial_velocity_m_per_s: choice.superficial_m_per_s },
    transport: { axial_dispersion_m2_per_s: dispersion_m2_per_s, film_coefficient_m_per_s },
    species: [
      { ...plant.presaturant, role: "presaturant" },
      ...present.map((s) => ({ name: s.name, role: "product" as const, affinity: s.affinity })),
      { ...plant.displacer, role: "displacer" },
    ],
    initial_mol_per_m3: { [plant.presaturant.name]: N },
    inlet: [
      {
        until_s: load_s,
        mol_per_m3: Object.fromEntries(present.map((s) => [s.name, (asked.feed[s.name] ?? 0) * N])),
      },
      { until_s: end_s, mol_per_m3: { [plant.displacer.name]: N } },
    ],
    ask: { outlet_times_s: { from: 0, to: end_s, step: end_s / 2000 }, cells: grid.cells },
  };
}

/** Windows in order of time that do not overlap: each as wide as its conditions allow. */
function cutsOf(
  context: CutContext,
  given: { readonly present: readonly PlantSpecies[]; readonly asked: ColumnAsked; readonly loaded: number },
): Cut[] {
  const { present, asked, loaded } = given;
  const found = asked.cuts.flatMap((name) => {
    const own = present.find((s) => s.name === name);
    if (!own) return [];
    const { names, weights } = conditionsFor(present, { own, guards: asked.guards });
    // Weights stand over all species of the context: presaturant first, displacer last, neither counted.
    const conditions = weights.map((list) => [0, ...list, 0]);
    const window = specWindow(context, 1 + present.indexOf(own), conditions);
    return window ? [{ ...window, species: name, names }] : [];
  });
  const windows = apart(
    context,
    found.map(({ species, from_s, to_s }) => ({ species, from_s, to_s })),
  );
  return windows.map(({ species, from_s, to_s }) => {
    const { bound_by, names } = found.find((f) => f.species === species) ?? { bound_by: [-1, -1], names: [] };
    const why = (end: 0 | 1): string | null => names[bound_by[end] ?? -1] ?? null;
    return {
      species,
      from_s,
      to_s,
      holds: heldIn(context, { present, loaded, from_s, to_s }),
      bound_by: [why(0), why(1)],
    };
  });
}

function conditionsFor(
  present: readonly PlantSpecies[],
  given: { readonly own: PlantSpecies; readonly guards: readonly Guard[] },
) {
  const { own, guards } = given;
  const { names, weights } = conditionsOf(present, own);
  const kept = guards.filter((g) => g.cut === own.name && present.some((s) => s.name === g.of));
  return {
    names: [...names, ...kept.map((g) => `yield of ${g.of}`)],
    weights: [
      ...weights,
      ...kept.map((g) => present.map((s) => (s === own ? g.mol_per_mol_max : 0) - (s.name === g.of ? 1 : 0))),
    ],
  };
}

function heldIn(
  context: CutContext,
  given: {
    readonly present: readonly PlantSpecies[];
    readonly loaded: number;
    readonly from_s: number;
    readonly to_s: number;
  },
): Record<string, number> {
  const amounts = collected_mol_per_m2(context, given.from_s, given.to_s);
  return Object.fromEntries(given.present.map((s, i) => [s.name, amounts[1 + i]! / given.loaded]));
}

function restOf(
  context: CutContext,
  given: {
    readonly present: readonly PlantSpecies[];
    readonly cuts: readonly Cut[];
    readonly loaded: number;
    readonly held: ArrayLike<number>;
  },
): Pick<ColumnRan, "before" | "between" | "after" | "stays"> {
  const { present, cuts, loaded, held } = given;
  const end_s = context.to_s;
  const part = (from_s: number, to_s: number) => heldIn(context, { present, loaded, from_s, to_s });
  const between = part(0, 0);
  cuts.slice(1).forEach((cut, k) => {
    for (const [name, amount] of Object.entries(part(cuts[k]!.to_s, cut.from_s)))
      between[name] = between[name]! + amount;
  });
  return {
    before: part(0, cuts[0]?.from_s ?? end_s),
    between,
    after: cuts.length > 0 ? part(cuts.at(-1)!.to_s, end_s) : part(0, 0),
    stays: Object.fromEntries(present.map((s, i) => [s.name, held[1 + i]! / loaded])),
  };
}

/** The outlet for showing, and for cuts tried by hand. */
export function chromatogramOf({ outlet, cuts }: ColumnRan): KeptOutlet {
  return keepOutlet(outlet, timesKept(outlet.to_s, KEPT_POINTS, cuts));
}
