import { done, type Result } from "../../quantity/index.ts";
import { checked } from "../accuracy/checks.ts";
import { solveAsked } from "../accuracy/ladder.ts";
import type { Solved } from "../accuracy/one-grid.ts";
import { readSimulation } from "../input/read.ts";
import type { SimulationInput } from "../input/schema.ts";
import { type CutContext, collected_mol_per_m2 } from "../outlet/context.ts";
import { makeCut } from "../outlet/cuts.ts";
import { keepOutlet, timesKept } from "../outlet/kept-outlet.ts";
import { widestWindow } from "../outlet/widest-window.ts";
import type { ColumnRefusal } from "../refusals.ts";
import type { CampaignInput, ColumnRun } from "./campaign.ts";

/** Points of a chromatogram that are kept. */
const kept_points = 900;

export interface ColumnAsked {
  readonly column: string;
  /** Mole fractions of the products in what is loaded. */
  readonly feed: Readonly<Record<string, number>>;
  readonly loading: number;
  /** Least mean purity of each product to be cut. */
  readonly cuts: Readonly<Record<string, number>>;
}

export interface ColumnRan {
  readonly run: ColumnRun;
  /** What was loaded, mol per m2 of bed. */
  readonly loaded_mol_per_m2: number;
  /** Of every product, per mol loaded in all: what is in each cut, what leaves before, after and between them, what stays. */
  readonly inCuts: readonly Readonly<Record<string, number>>[];
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly between: Readonly<Record<string, number>>;
  readonly stays: Readonly<Record<string, number>>;
}

interface Window {
  readonly species: string;
  readonly from_s: number;
  readonly to_s: number;
}

/** Loads one column, pushes the train out and cuts it; what two cuts both want is given to one of them. */
export function runColumn(input: CampaignInput, asked: ColumnAsked): Result<ColumnRan, ColumnRefusal> {
  const loaded_mol_per_m2 = asked.loading * input.length_m * input.bed.capacity_mol_per_m3_bed;
  const load_s = loaded_mol_per_m2 / (input.superficial_m_per_s * input.normality_mol_per_m3);
  // The train has left once the displacer, let in after the load, has filled bed and pores; a tenth more lets its tail out.
  const filled = input.length_m * (input.bed.capacity_mol_per_m3_bed / input.normality_mol_per_m3 + 1);
  const end_s = load_s + (1.1 * filled) / input.superficial_m_per_s;
  const read = readSimulation(simulationOf(input, asked, { load_s, end_s }));
  if (!read.ok) return read;
  const solved = solveAsked({ ...read.value, even_cells: true });
  if (!solved.ok) return solved;
  const sound = checked(read.value, solved.value);
  if (!sound.ok) return sound;
  const { outlet, errors } = solved.value;
  const windows = apart(
    outlet,
    Object.entries(asked.cuts).flatMap(([species, purity_min]) => {
      const window = widestWindow(outlet, species, purity_min);
      return window === undefined ? [] : [{ species, ...window }];
    }),
  );
  const run: ColumnRun = {
    column: asked.column,
    feed: asked.feed,
    length_m: input.length_m,
    loading_fraction: asked.loading,
    load_s,
    end_s,
    cuts: windows.map((window) => cutShown(outlet, window)),
    chromatogram: keepOutlet(outlet, timesKept(end_s, kept_points, windows)),
    balance_error: Math.max(...Object.values(sound.value.balance).map((b) => Math.abs(b.relative_error))),
    error_l1_estimate: errors.l1,
  };
  return done({ run, loaded_mol_per_m2, ...parted(solved.value, windows) });
}

function cutShown(context: CutContext, window: Window): ColumnRun["cuts"][number] {
  const cut = makeCut(context, window);
  return { ...cut, from_s: window.from_s, to_s: window.to_s, purity: cut.purity ?? 0 };
}

/**
 * Windows that do not overlap. Each was the widest for its own purity; where the next begins before one ends, both
 * stay pure enough for any boundary in between, so it is put where the two together lose least.
 */
export function apart(context: CutContext, windows: readonly Window[]): Window[] {
  const inOrder = windows.toSorted((a, b) => a.from_s + a.to_s - b.from_s - b.to_s);
  const result: Window[] = [];
  for (const window of inOrder) {
    const last = result.at(-1);
    if (last === undefined || last.to_s <= window.from_s) {
      result.push(window);
      continue;
    }
    const boundary = cheapest(context, last, window);
    result[result.length - 1] = { ...last, to_s: boundary };
    result.push({ ...window, from_s: boundary });
  }
  return result;
}

const boundaries_tried = 200;

function cheapest(context: CutContext, first: Window, second: Window): number {
  const amount = (window: Window, from_s: number, to_s: number): number => {
    const own = context.species.findIndex(({ name }) => name === window.species);
    return collected_mol_per_m2(context, from_s, to_s)[own]! / context.fed_mol_per_m2[own]!;
  };
  let best = second.from_s;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k <= boundaries_tried; k++) {
    const boundary = second.from_s + ((first.to_s - second.from_s) * k) / boundaries_tried;
    const lost = amount(first, boundary, first.to_s) + amount(second, second.from_s, boundary);
    if (lost < least) {
      least = lost;
      best = boundary;
    }
  }
  return best;
}

/** Where every product went, from the fluxes of the outlet themselves. */
function parted(
  { outlet, march }: Solved,
  windows: readonly Window[],
): Omit<ColumnRan, "run" | "loaded_mol_per_m2"> {
  const products = outlet.species.flatMap(({ role, name }, i) => (role === "product" ? [{ name, i }] : []));
  let loaded = 0;
  for (const { i } of products) loaded += march.fed_mol_per_m2[i]!;
  const of = (amounts: ArrayLike<number>): Record<string, number> =>
    Object.fromEntries(products.map(({ name, i }) => [name, amounts[i]! / loaded]));
  const leaves = (from_s: number, to_s: number) => of(collected_mol_per_m2(outlet, from_s, to_s));
  const between: Record<string, number> = of(new Float64Array(outlet.species.length));
  windows.slice(1).forEach((window, k) => {
    const gap = leaves(windows[k]!.to_s, window.from_s);
    for (const { name } of products) between[name] = between[name]! + gap[name]!;
  });
  const first = windows[0]?.from_s ?? outlet.to_s;
  return {
    inCuts: windows.map(({ from_s, to_s }) => leaves(from_s, to_s)),
    before: leaves(0, first),
    after: leaves(windows.at(-1)?.to_s ?? outlet.to_s, outlet.to_s),
    between,
    stays: of(march.held_mol_per_m2),
  };
}

function simulationOf(
  input: CampaignInput,
  asked: ColumnAsked,
  times: { readonly load_s: number; readonly end_s: number },
): SimulationInput {
  const products = input.products.filter((p) => (asked.feed[p.name] ?? 0) > 0);
  const N = input.normality_mol_per_m3;
  return {
    id: asked.column,
    model: "film",
    bed: { length_m: input.length_m, ...input.bed },
    flow: { superficial_velocity_m_per_s: input.superficial_m_per_s },
    transport: {
      axial_dispersion_m2_per_s: input.dispersion_m2_per_s,
      film_coefficient_m_per_s: input.film_coefficient_m_per_s,
    },
    species: [
      { ...input.presaturant, role: "presaturant" },
      ...products.map((p) => ({ name: p.name, role: "product" as const, affinity: p.affinity })),
      { ...input.displacer, role: "displacer" },
    ],
    initial_mol_per_m3: { [input.presaturant.name]: N },
    inlet: [
      {
        until_s: times.load_s,
        mol_per_m3: Object.fromEntries(products.map((p) => [p.name, (asked.feed[p.name] ?? 0) * N])),
      },
      { until_s: times.end_s, mol_per_m3: { [input.displacer.name]: N } },
    ],
    ask: {
      outlet_times_s: { from: 0, to: times.end_s, step: times.end_s / 4000 },
      error_l1_max: input.error_l1_max,
      cuts: Object.entries(asked.cuts).map(([species, purity_min]) => ({ species, purity_min })),
    },
  };
}
