import type { Grade } from "../grades.ts";
import type { ScaleUpInput } from "./read-scale-up.ts";

/** A value the sheet rests on, where it comes from, and how well that is known. */
export interface Assumed {
  readonly name: string;
  readonly value: number | readonly [number, number];
  readonly source: string;
  /** Null where it was stated. */
  readonly grade: Grade | null;
}

/** What stands in for what was not stated. Guesses, to be replaced by the resin's and the vessel's own. */
const USUAL = {
  modulus_Pa: 5e7,
  modulus_sd_log: 0.7,
  wall_friction: 0.12,
  settled_kg_per_m3_bed: 800,
  life_cycles: 300,
  velocity_sd_fraction: [0.002, 0.02] as const,
};

export interface Basis {
  readonly modulus_Pa: number;
  readonly modulus_sd_log: number;
  readonly wall_friction: number;
  readonly settled_kg_per_m3_bed: number;
  readonly life_cycles: number;
  readonly velocity_sd_fraction: readonly [number, number];
}

export function basisOf({ resin, spread }: ScaleUpInput): Basis {
  const stated = spread?.velocity_sd_fraction;
  return {
    modulus_Pa: resin.modulus_Pa ?? USUAL.modulus_Pa,
    modulus_sd_log: resin.modulus_sd_log ?? (resin.modulus_Pa === undefined ? USUAL.modulus_sd_log : 0),
    wall_friction: resin.wall_friction ?? USUAL.wall_friction,
    settled_kg_per_m3_bed: resin.settled_kg_per_m3_bed ?? USUAL.settled_kg_per_m3_bed,
    life_cycles: resin.life_cycles ?? USUAL.life_cycles,
    velocity_sd_fraction: stated ?? USUAL.velocity_sd_fraction,
  };
}

/** Every value that was not calibrated, with its source and grade. */
export function assumptionsOf(input: ScaleUpInput): Assumed[] {
  const basis = basisOf(input);
  const { resin, spread, cycle, tanks, floor } = input;
  const of = (name: keyof Basis, given: unknown, source: string | undefined, usual: string): Assumed => ({
    ...{ name, value: basis[name] },
    ...(given === undefined
      ? { source: usual, grade: "G" as const }
      : { source: source ?? "stated with the sheet", grade: null }),
  });
  const planning = (name: string, value: number, source: string): Assumed => ({
    name,
    value,
    source,
    grade: "G",
  });
  return [
    of(
      "modulus_Pa",
      resin.modulus_Pa,
      resin.source,
      "a gel of strong-acid resin of usual cross-linking, read nowhere: two pressures at two flows of one's own bed tell it",
    ),
    of(
      "wall_friction",
      resin.wall_friction,
      resin.source,
      "a friction of 0.3 times a sideways stress of 0.4",
    ),
    of("settled_kg_per_m3_bed", resin.settled_kg_per_m3_bed, resin.source, "drained strong-acid resin"),
    of("life_cycles", resin.life_cycles, resin.source, "a planning value"),
    of(
      "velocity_sd_fraction",
      spread?.velocity_sd_fraction,
      spread?.source,
      "a good to a poor distributor; packing acceptance of one's own column tells it",
    ),
    planning("wash_bed_volumes", cycle.wash_bed_volumes, "a planning value, as in column design"),
    planning(
      "regeneration_excess",
      cycle.regeneration_excess,
      "a planning value: the bed is filled by a sharp front",
    ),
    planning("tank_margin_fraction", tanks.margin_fraction, "a planning value"),
    planning("tank_height_m", tanks.height_m, "a planning value"),
    planning("clearance_m", floor.clearance_m, "a planning value: room to walk on every side"),
  ];
}
