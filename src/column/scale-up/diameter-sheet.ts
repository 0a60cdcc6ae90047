import { oxide_g_per_mol } from "../design/read-design.ts";
import type { KeptOutlet } from "../outlet/kept-outlet.ts";
import { basisOf } from "./assumed.ts";
import { closesAt_m_per_s, pressed } from "./compressed-bed.ts";
import { type Consumable, type Permit, usualConsumables } from "./consumables.ts";
import { type CycleStep, cutTanks, stepsOf, taken_kg } from "./cycle.ts";
import { type Chance, chanceOf, type Deviates, exact, type Figure, figureOf } from "./drawn.ts";
import { type Cuts, cutsOf, meets, mixedFor, through_s } from "./drawn-column.ts";
import { fluidOf, heightsOf, pressedBed } from "./ladder.ts";
import type { ScaleUp } from "./read-scale-up.ts";
import { spreadOf } from "./spread.ts";

export interface Specified extends Chance {
  readonly purity_min: number;
  readonly yield_min: number;
  /** At the purity asked, cuts following the analysis. */
  readonly yield: Figure;
  /** The window of the best values, and how often it would do where it is cut by the clock. */
  readonly planned_from_s: number | null;
  readonly planned_to_s: number | null;
  readonly by_the_clock: Chance;
}

export interface DiameterSheet {
  readonly diameter_m: number;
  readonly today: boolean;
  readonly bed_m3: number;
  readonly length_over_diameter: number;
  readonly flow_m3_per_h: number;
  readonly pressure: {
    readonly rigid_Pa: number;
    /** With what the fittings take; null where the bed closes at this flow. */
    readonly total_Pa: Figure | null;
    readonly shortened_fraction: number | null;
    readonly wall_fraction: number | null;
    readonly closes_at_m_per_s: number | null;
    readonly rating_Pa: number | null;
    readonly within_rating: Chance | null;
  };
  readonly plate_height: {
    readonly film_m: number;
    readonly dispersion_m: number;
    readonly spread_m: Figure;
    readonly wall_m: number;
    /** What the spread does to a front: the earliest path comes so much before the latest. */
    readonly front_blur_s: Figure;
  };
  readonly specifications: Readonly<Record<string, Specified>>;
  readonly cycle: {
    readonly steps: readonly CycleStep[];
    readonly cuts: readonly CycleStep[];
    readonly cycle_s: number;
  };
  readonly kg_oxide_per_cycle: Figure;
  readonly kg_oxide_per_day: Figure;
  readonly columns: number;
  readonly per_kg_oxide: readonly {
    readonly name: string;
    readonly kg: Figure;
    readonly grade: Consumable["grade"] | null;
  }[];
  readonly permits: readonly (Permit & { readonly kg: Figure; readonly within: Chance })[];
  readonly floor_m2: number;
}

export interface Drawn {
  readonly deviates: Deviates;
  /** Undefined where the drawn column could not be simulated: it makes nothing. */
  readonly kept: KeptOutlet | undefined;
}

const SECONDS_PER_DAY = 86_400;

/** The sheet of one diameter, every figure with what the draws say of it. */
export function sheetOf(
  scale: ScaleUp,
  diameter_m: number,
  runs: { readonly best: KeptOutlet; readonly drawn: readonly Drawn[] },
): DiameterSheet {
  const area_m2 = (Math.PI / 4) * diameter_m ** 2;
  const { bed, flow } = scale.read.input;
  const bed_m3 = area_m2 * bed.length_m;
  const blurs = blursOf(scale, diameter_m, runs.drawn);
  const best = cutsOf(scale, mixedFor(scale, runs.best, blurs.best.velocity_sd_fraction));
  const drawn = runs.drawn.map(({ kept }, k) =>
    cutsIn(scale, kept, blurs.drawn[k]!.velocity_sd_fraction, best),
  );
  const steps = stepsOf(scale, area_m2);
  const cycle_s = steps.reduce((sum, step) => sum + step.duration_s, 0);
  const made = (cuts: Cuts) => made_kg(scale, area_m2, runs.best, cuts);
  const kg = { best: made(best), drawn: drawn.map(({ analysed }) => made(analysed)) };
  const per_day = SECONDS_PER_DAY / cycle_s;
  const demand = scale.input.demand_kg_oxide_per_day;
  const columns = demand === undefined || !(kg.best > 0) ? 1 : Math.ceil(demand / (kg.best * per_day) - 1e-9);
  const cuts = cutTanks(scale, area_m2, best);
  return {
    ...{ diameter_m, today: diameter_m === scale.input.diameter_m, bed_m3 },
    length_over_diameter: bed.length_m / diameter_m,
    flow_m3_per_h: flow.superficial_velocity_m_per_s * area_m2 * 3600,
    pressure: pressureOf(scale, diameter_m, runs.drawn),
    plate_height: heightOf(scale, blurs),
    specifications: specifiedOf(scale, best, drawn),
    cycle: { steps, cuts, cycle_s },
    kg_oxide_per_cycle: figureOf(kg.best, kg.drawn),
    kg_oxide_per_day: figureOf(
      kg.best * per_day,
      kg.drawn.map((x) => x * per_day),
    ),
    columns,
    ...consumption(scale, { area_m2, steps, kg, per_day: per_day * columns }),
    floor_m2: floorOf(scale, { diameter_m, columns, tanks: [...steps, ...cuts] }),
  };
}

function blursOf(scale: ScaleUp, diameter_m: number, drawn: readonly Drawn[]) {
  const { read } = scale;
  const { bed } = read.input;
  const [low, high] = basisOf(scale.input).velocity_sd_fraction;
  const of = (part: number) =>
    spreadOf(
      {
        ...{ diameter_m, length_m: bed.length_m, particle_radius_m: bed.particle_radius_m ?? Number.NaN },
        interstitial_m_per_s: read.interstitial_m_per_s,
        diffusivity_m2_per_s: fluidOf(read).diffusivity_m2_per_s,
      },
      low * (high / low) ** part,
    );
  return { best: of(0.5), drawn: drawn.map(({ deviates }) => of(deviates.distributor)) };
}

function heightOf(scale: ScaleUp, blurs: ReturnType<typeof blursOf>): DiameterSheet["plate_height"] {
  const { read } = scale;
  const own = heightsOf(read, read.input.bed.particle_radius_m ?? Number.NaN);
  const blur = (of: { velocity_sd_fraction: number }) =>
    2 * Math.sqrt(3) * of.velocity_sd_fraction * through_s(scale);
  return {
    ...own,
    spread_m: figureOf(
      blurs.best.plate_height_m,
      blurs.drawn.map((s) => s.plate_height_m),
    ),
    wall_m: blurs.best.wall_plate_height_m,
    front_blur_s: figureOf(blur(blurs.best), blurs.drawn.map(blur)),
  };
}

interface DrawnCuts {
  readonly analysed: Cuts;
  readonly planned: Cuts;
}

function cutsIn(
  scale: ScaleUp,
  kept: KeptOutlet | undefined,
  velocity_sd_fraction: number,
  best: Cuts,
): DrawnCuts {
  if (kept === undefined) return { analysed: {}, planned: {} };
  const mixed = mixedFor(scale, kept, velocity_sd_fraction);
  return { analysed: cutsOf(scale, mixed), planned: cutsOf(scale, mixed, best) };
}

const specifiedOf = (
  scale: ScaleUp,
  best: Cuts,
  drawn: readonly DrawnCuts[],
): DiameterSheet["specifications"] =>
  Object.fromEntries(
    Object.entries(scale.input.specifications).map(([name, asked]) => {
      const does = (cuts: Cuts) => meets(scale, name, cuts[name]);
      return [
        name,
        {
          ...asked,
          yield: figureOf(
            best[name]?.yield ?? 0,
            drawn.map(({ analysed }) => analysed[name]?.yield ?? 0),
          ),
          planned_from_s: best[name]?.from_s ?? null,
          planned_to_s: best[name]?.to_s ?? null,
          ...chanceOf(drawn.map(({ analysed }) => does(analysed))),
          by_the_clock: chanceOf(drawn.map(({ planned }) => does(planned))),
        },
      ];
    }),
  );

/** Traded oxide of what is cut, kg in one cycle of one column. */
function made_kg(scale: ScaleUp, area_m2: number, kept: KeptOutlet, cuts: Cuts): number {
  const us = scale.read.input.flow.superficial_velocity_m_per_s;
  return Object.entries(cuts).reduce((sum, [name, cut]) => {
    const fed_mol = (kept.fed_mol_s_per_m3[name] ?? 0) * us * area_m2;
    return sum + ((cut?.yield ?? 0) * fed_mol * oxide_g_per_mol(name)) / 1000;
  }, 0);
}

function pressureOf(scale: ScaleUp, diameter_m: number, drawn: readonly Drawn[]): DiameterSheet["pressure"] {
  const { bed } = scale.read.input;
  const basis = basisOf(scale.input);
  const vessel = scale.input.vessel;
  const fittings = vessel?.fittings_Pa ?? 0;
  const at = pressedBed(scale, {
    length_m: bed.length_m,
    diameter_m,
    radius_m: bed.particle_radius_m ?? Number.NaN,
  });
  const under = (modulus_Pa: number) => pressed({ ...at, modulus_Pa });
  const best = under(basis.modulus_Pa);
  const drops = drawn.map(({ deviates }) => {
    const found = under(basis.modulus_Pa * Math.exp(basis.modulus_sd_log * deviates.modulus));
    return found === undefined ? Number.POSITIVE_INFINITY : found.drop_Pa + fittings;
  });
  return {
    rigid_Pa: (under(RIGID_Pa)?.drop_Pa ?? Number.NaN) + fittings,
    total_Pa: best === undefined ? null : figureOf(best.drop_Pa + fittings, drops),
    shortened_fraction: best?.shortened_fraction ?? null,
    wall_fraction: best?.wall_fraction ?? null,
    closes_at_m_per_s: closesAt_m_per_s({ ...at, modulus_Pa: basis.modulus_Pa }) ?? null,
    rating_Pa: vessel?.rating_Pa ?? null,
    within_rating: vessel === undefined ? null : chanceOf(drops.map((drop) => drop <= vessel.rating_Pa)),
  };
}
/** Nothing that is packed gives less. */
const RIGID_Pa = 1e15;

function consumption(
  scale: ScaleUp,
  of: {
    readonly area_m2: number;
    readonly steps: readonly CycleStep[];
    readonly kg: { readonly best: number; readonly drawn: readonly number[] };
    readonly per_day: number;
  },
): Pick<DiameterSheet, "per_kg_oxide" | "permits"> {
  const lines = consumablesOf(scale).map((consumable) => {
    const taken = taken_kg(scale, of.area_m2, of.steps, consumable);
    return { consumable, taken, drawn: of.kg.drawn.map((kg) => taken / kg) };
  });
  const per_kg_oxide = lines.map(({ consumable, taken, drawn }) => ({
    ...{ name: consumable.name, grade: consumable.grade ?? null },
    kg: figureOf(of.kg.best > 0 ? taken / of.kg.best : Number.NaN, drawn),
  }));
  const permits = scale.input.permits.map((permit) => {
    const line = lines.find(({ consumable }) => consumable.name === permit.consumable)!;
    if (permit.per === "day") {
      const kg = line.taken * of.per_day;
      return { ...permit, kg: exact(kg), within: chanceOf(of.kg.drawn.map(() => kg <= permit.kg_max)) };
    }
    const kg = figureOf(of.kg.best > 0 ? line.taken / of.kg.best : Number.NaN, line.drawn);
    return { ...permit, kg, within: chanceOf(line.drawn.map((x) => x <= permit.kg_max)) };
  });
  return { per_kg_oxide, permits };
}

export function consumablesOf({ input }: Pick<ScaleUp, "input">): readonly Consumable[] {
  const { settled_kg_per_m3_bed, life_cycles } = basisOf(input);
  const { regeneration_excess } = input.cycle;
  return input.consumables ?? usualConsumables({ regeneration_excess, settled_kg_per_m3_bed, life_cycles });
}

/** Columns and one tank for each liquid, with room around each. */
function floorOf(
  { input }: ScaleUp,
  of: { readonly diameter_m: number; readonly columns: number; readonly tanks: readonly CycleStep[] },
): number {
  const room = (side_m: number) => (side_m + 2 * input.floor.clearance_m) ** 2;
  const tanks = of.tanks.map((tank) => room(Math.sqrt(tank.tank_m3 / input.tanks.height_m)));
  return of.columns * room(of.diameter_m) + tanks.reduce((sum, x) => sum + x, 0);
}
