import type { Result } from "../../quantity/index.ts";
import { withParameters } from "../calibrate/parameters.ts";
import { readSimulation } from "../input/read.ts";
import type { CutContext } from "../outlet/context.ts";
import { collect } from "../outlet/cuts.ts";
import { contextOfKept, type KeptOutlet } from "../outlet/kept-outlet.ts";
import { widestWindow } from "../outlet/widest-window.ts";
import { simulateForCuts } from "../simulate.ts";
import { mixedOutlet } from "./mixed-outlet.ts";
import { asked, type ScaleUp, type ScaleUpRefusal } from "./read-scale-up.ts";

/** What leaves a column whose paths are all alike, by the calibrated parameters moved so far in their logarithms. */
export function outletOf(
  scale: ScaleUp,
  moved: readonly number[],
  cells: number,
): Result<KeptOutlet, ScaleUpRefusal> {
  const values = scale.best.map((best, i) => best * Math.exp(moved[i] ?? 0));
  const simulation = withParameters(scale.input.simulation, scale.names, values);
  const read = readSimulation({ ...simulation, ask: asked(simulation, cells) });
  if (!read.ok) return read;
  const ran = simulateForCuts(read.value);
  return ran.ok ? { ok: true, value: ran.value.kept } : ran;
}

export interface ProductCut {
  readonly from_s: number;
  readonly to_s: number;
  readonly purity: number;
  readonly yield: number;
}

export type Cuts = Readonly<Record<string, ProductCut | undefined>>;

/** Time a train takes through the bed: until what it holds has been let in once. */
export function through_s({ read }: ScaleUp): number {
  const { bed, flow } = read.input;
  const liquid = read.void_fraction + read.pore_fraction;
  const volumes = bed.capacity_mol_per_m3_bed / read.normality + liquid;
  return (bed.length_m * volumes) / flow.superficial_velocity_m_per_s;
}

/** The outlet of unlike paths, ready to be cut. */
export function mixedFor(scale: ScaleUp, kept: KeptOutlet, velocity_sd_fraction: number): CutContext {
  const counted = scale.simulation.species
    .filter((s) => s.role === "product" || s.role === "other")
    .map((s) => s.name);
  return contextOfKept(mixedOutlet(kept, through_s(scale), velocity_sd_fraction), counted);
}

/** The cut of each product: the widest that is as pure as asked, or the one that was planned. */
export const cutsOf = (scale: ScaleUp, context: CutContext, planned?: Cuts): Cuts =>
  Object.fromEntries(
    Object.entries(scale.input.specifications).map(([name, { purity_min }]) => {
      const window = planned ? planned[name] : widestWindow(context, name, purity_min);
      if (window === undefined) return [name, undefined];
      const cut = collect(context, name, window.from_s, window.to_s);
      const { from_s, to_s } = window;
      return [name, { from_s, to_s, purity: cut.purity ?? 0, yield: cut.yield }];
    }),
  );

/** Whether a cut is what is asked of its product. */
export function meets(scale: ScaleUp, name: string, cut: ProductCut | undefined): boolean {
  const asked = scale.input.specifications[name];
  if (asked === undefined || cut === undefined) return false;
  // A window that was made to be just as pure may miss it by rounding.
  return cut.purity >= asked.purity_min - 1e-9 && cut.yield >= asked.yield_min;
}
