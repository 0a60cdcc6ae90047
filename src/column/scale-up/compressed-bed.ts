import { pressureDrop_Pa } from "../correlations.ts";

export interface PressedBed {
  /** Of the bed as packed, without flow. */
  readonly length_m: number;
  readonly diameter_m: number;
  readonly superficial_m_per_s: number;
  readonly radius_m: number;
  readonly void_fraction: number;
  readonly viscosity_Pa_s: number;
  readonly density_kg_per_m3: number;
  /** Stress that would shorten a slice of the bed to nothing, if it went on as it begins. */
  readonly modulus_Pa: number;
  /** Friction at the wall times the part of the stress that presses sideways. */
  readonly wall_friction: number;
}

export interface Pressed {
  readonly drop_Pa: number;
  readonly shortened_fraction: number;
  readonly outlet_void_fraction: number;
  /** Of the force that the liquid puts on the bed, what the wall takes. */
  readonly wall_fraction: number;
}

/** Steps along the bed and along the stress: each is at most so small a part of the whole. */
const finest = 1 / 600;
const steps_max = 5_000;
/** Of the void at rest: with less of it the bed is taken to have closed. */
const closed_void = 1e-3;

/**
 * Pressure drop through beads that give way, or undefined where the bed closes at that flow. A slice carries what the liquid drags
 * above it less what the wall holds, dS/dz = -dP/dz - (4 k / D) S, and shortens by S / M; its solid stays, so its void shrinks and
 * the liquid meets more resistance (Ergun). Own derivation; without give it is Ergun, without wall and inertia the integral in
 * closed form (SPEC KS3). The weight of the beads is left out: a few kPa.
 */
export function pressed(bed: PressedBed): Pressed | undefined {
  const solid = 1 - bed.void_fraction;
  const stress_most = bed.modulus_Pa * bed.void_fraction;
  /** By length as packed: how the stress rises, and the pressure falls. */
  const slopes = (stress: number) => {
    const left = 1 - stress / bed.modulus_Pa;
    const drag = dragPerM(bed, 1 - solid / left) * left;
    return { stress: drag - (4 * bed.wall_friction * stress * left) / bed.diameter_m, drop: drag, left };
  };
  let [at, stress, drop, length] = [0, 0, 0, 0];
  for (let step = 0; step < steps_max && at < bed.length_m; step++) {
    const rise = slopes(stress).stress;
    const by_stress = rise > 0 ? (finest * stress_most) / rise : bed.length_m;
    const dz = Math.min(finest * bed.length_m, by_stress, bed.length_m - at);
    const middle = slopes(stress + (dz / 2) * rise);
    const next = stress + dz * middle.stress;
    if (!(next < (1 - closed_void) * stress_most)) return undefined;
    drop += dz * middle.drop;
    length += dz * middle.left;
    stress = next;
    at = bed.length_m - at - dz < 1e-12 * bed.length_m ? bed.length_m : at + dz;
  }
  if (at < bed.length_m) return undefined;
  return {
    drop_Pa: drop,
    shortened_fraction: 1 - length / bed.length_m,
    outlet_void_fraction: 1 - solid / (1 - stress / bed.modulus_Pa),
    wall_fraction: drop > 0 ? 1 - stress / drop : 0,
  };
}

function dragPerM(bed: PressedBed, void_fraction: number): number {
  return pressureDrop_Pa({ ...bed, void_fraction: Math.max(void_fraction, Number.EPSILON), length_m: 1 });
}

const halvings = 40;
/** No bed of beads is run faster. */
const fastest_m_per_s = 1;

/** The flow at which the bed closes; undefined where it stays open at any it might be run at. */
export function closesAt_m_per_s(bed: PressedBed): number | undefined {
  const open = (superficial_m_per_s: number) => pressed({ ...bed, superficial_m_per_s }) !== undefined;
  if (open(fastest_m_per_s)) return undefined;
  let [low, high] = [1e-9, fastest_m_per_s];
  for (let k = 0; k < halvings; k++) {
    const middle = Math.sqrt(low * high);
    if (open(middle)) low = middle;
    else high = middle;
  }
  return low;
}
