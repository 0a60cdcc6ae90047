/** How unlike the paths through a bed are, and what that does to whatever goes through it. */
export interface Spread {
  /** One standard deviation of the velocity that a path has over the whole bed, over the mean. */
  readonly velocity_sd_fraction: number;
  /** As a plate height of a tracer. */
  readonly plate_height_m: number;
  /** Of that, what the layer at the wall makes. */
  readonly wall_plate_height_m: number;
}

interface Bed {
  readonly length_m: number;
  readonly diameter_m: number;
  readonly particle_radius_m: number;
  readonly interstitial_m_per_s: number;
  readonly diffusivity_m2_per_s: number;
}

/** Sideways dispersion over bead diameter and velocity: about a tenth where flow mixes [R]; below it diffusion, slowed by the beads [R]. */
const SIDEWAYS_PECLET = 10;
const TORTUOUS = 0.6;
/** First root of the derivative of the Bessel function J0, squared: how fast a difference across a cylinder dies. */
const ACROSS = 3.8317 ** 2;
/** pi/2 squared: across a layer open to one side. */
const LAYER = (Math.PI / 2) ** 2;
/** At the wall beads lie in order: the layer of one bead lets through about twice as much [R]. */
const WALL_EXCESS = 1;

/**
 * Liquid that runs faster on one path than on another, and changes paths after a persistence length p, has over a bed of length L a
 * velocity whose variance is that at one place times 2 (p/L) (1 - (p/L) (1 - e^(-L/p))). Own derivation: correlation that dies
 * exponentially along the path, integrated twice. A plate height is L times that variance.
 */
export function spreadOf(bed: Bed, distributor_sd_fraction: number): Spread {
  const bead = 2 * bed.particle_radius_m;
  const u = bed.interstitial_m_per_s;
  const sideways = TORTUOUS * bed.diffusivity_m2_per_s + (u * bead) / SIDEWAYS_PECLET;
  const kept = (across_m: number, rate: number) => {
    const p = (across_m ** 2 * u) / (rate * sideways) / bed.length_m;
    return p > 1e5 ? 1 : 2 * p * (1 + p * Math.expm1(-1 / p));
  };
  const layer = Math.min(1, (4 * bead) / bed.diameter_m);
  const distributor = distributor_sd_fraction ** 2 * kept(bed.diameter_m / 2, ACROSS);
  const wall = layer * (1 - layer) * WALL_EXCESS ** 2 * kept(bead, LAYER);
  return {
    velocity_sd_fraction: Math.sqrt(distributor + wall),
    plate_height_m: bed.length_m * (distributor + wall),
    wall_plate_height_m: bed.length_m * wall,
  };
}
