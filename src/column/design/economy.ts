import type { Network, Stage } from "./network.ts";
import type { Choice, Plant } from "./problem.ts";
import { transportOf } from "./run-column.ts";

const SECONDS_PER_DAY = 86_400;

export interface StageTimes {
  readonly load_s: number;
  readonly displace_s: number;
  readonly wash_s: number;
  readonly regeneration_s: number;
  readonly cycle_s: number;
}

/** A column's whole cycle: load, push out, wash before and after, bring back to the presaturant. */
export function timesOf(plant: Plant, choice: Choice, stage: Pick<Stage, "ran">): StageTimes {
  const { load_s, displace_s } = stage.ran;
  const wash_s = (plant.time.wash_bed_volumes * choice.length_m) / choice.superficial_m_per_s;
  const { regeneration_s } = plant.time;
  return {
    load_s,
    displace_s,
    wash_s,
    regeneration_s,
    cycle_s: load_s + displace_s + wash_s + regeneration_s,
  };
}

export interface Economy {
  /** By product. */
  readonly yields: Readonly<Record<string, number>>;
  readonly kg_per_m3_bed_day: Readonly<Record<string, number>>;
  readonly total_kg_per_m3_bed_day: number;
  /** Bed time of each column over that of all. */
  readonly bed_share: readonly number[];
  /** Mol of displacer ligand let in, per mol of product made. */
  readonly ligand_mol_per_mol: number;
  readonly pressure_drop_Pa: number;
}

/** What a plant gives for the beds it keeps busy, every column counted for the whole of its cycle. */
export function economyOf(plant: Plant, choice: Choice, network: Network): Economy {
  const runs = network.stages.map((stage) => stage.loaded / stage.ran.loaded_mol_per_m2);
  const bed_times = network.stages.map(
    (stage, k) => runs[k]! * timesOf(plant, choice, stage).cycle_s * choice.length_m,
  );
  const busy = bed_times.reduce((a, b) => a + b, 0);
  const ligand = network.stages.reduce(
    (sum, stage, k) =>
      sum + runs[k]! * stage.ran.displace_s * choice.superficial_m_per_s * plant.normality_mol_per_m3,
    0,
  );
  const sold = plant.species.filter((s) => s.specification);
  const made = (name: string) => network.products[name]?.[name] ?? 0;
  const kg = Object.fromEntries(
    sold.map((s) => [s.name, ((made(s.name) * s.product_g_per_mol) / 1000 / busy) * SECONDS_PER_DAY]),
  );
  return {
    yields: Object.fromEntries(sold.map((s) => [s.name, made(s.name) / s.mole_fraction])),
    kg_per_m3_bed_day: kg,
    total_kg_per_m3_bed_day: Object.values(kg).reduce((a, b) => a + b, 0),
    bed_share: bed_times.map((time) => time / busy),
    ligand_mol_per_mol: ligand / sold.reduce((sum, s) => sum + made(s.name), 0),
    pressure_drop_Pa: transportOf(plant, choice.superficial_m_per_s).pressure_Pa_per_m * choice.length_m,
  };
}
