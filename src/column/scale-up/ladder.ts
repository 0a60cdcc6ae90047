import { massTransferZone_m } from "../campaign/boundary.ts";
import { chungWen_m2_per_s, filmCoefficient_m_per_s } from "../correlations.ts";
import type { Simulation } from "../input/simulation.ts";
import { basisOf } from "./assumed.ts";
import { pressed } from "./compressed-bed.ts";
import type { ScaleUp } from "./read-scale-up.ts";
import { spreadOf } from "./spread.ts";

export interface Rung {
  readonly particle_radius_m: number;
  readonly length_m: number;
  /** Null where the bed closes. */
  readonly pressure_Pa: number | null;
  readonly transfer_units: number;
  /** The band that is shortest for its boundaries over the mean of them, at a local cut of one in a hundred. */
  readonly band_over_zone: number;
  readonly verdict: "fits" | "pressure" | "too_short" | "closes";
}

export interface Ladder {
  readonly diameter_m: number;
  readonly rungs: readonly Rung[];
  readonly basis: string;
}

const local_cut = 0.01;
/** More room than this says nothing. */
const room_most = 1e6;
const usual_radii = [0.5, 0.7, 1, 1.4, 2, 3];
const usual_lengths = [0.5, 0.75, 1, 1.5, 2];
const USUAL_FLUID = {
  viscosity_Pa_s: 1e-3,
  density_kg_per_m3: 1000,
  diffusivity_m2_per_s: 5e-10,
  pore_diffusivity_m2_per_s: 1e-10,
};

export function fluidOf({ input: { fluid = {} } }: Simulation): typeof USUAL_FLUID {
  return {
    viscosity_Pa_s: fluid.viscosity_Pa_s ?? USUAL_FLUID.viscosity_Pa_s,
    density_kg_per_m3: fluid.density_kg_per_m3 ?? USUAL_FLUID.density_kg_per_m3,
    diffusivity_m2_per_s: fluid.diffusivity_m2_per_s ?? USUAL_FLUID.diffusivity_m2_per_s,
    pore_diffusivity_m2_per_s: fluid.pore_diffusivity_m2_per_s ?? USUAL_FLUID.pore_diffusivity_m2_per_s,
  };
}

/** Beads against lengths at one diameter and the same velocity: what the pump must do, and whether the bands have room. */
export function ladderOf(scale: ScaleUp, diameter_m: number): Ladder {
  const { bed } = scale.read.input;
  const radius_m = bed.particle_radius_m ?? Number.NaN;
  const radii = scale.input.ladder?.particle_radii_m ?? usual_radii.map((part) => part * radius_m);
  const lengths = scale.input.ladder?.lengths_m ?? usual_lengths.map((part) => part * bed.length_m);
  return {
    diameter_m,
    rungs: radii.flatMap((r) => lengths.map((length_m) => rungOf(scale, { r, length_m, diameter_m }))),
    basis:
      "film and dispersion follow the beads as their correlations do, from the calibrated values; boundaries in closed form (KS9), the same share of the bed loaded, the distributor in the middle of its band",
  };
}

function rungOf(scale: ScaleUp, at: { r: number; length_m: number; diameter_m: number }): Rung {
  const { read, input } = scale;
  const { r, length_m, diameter_m } = at;
  const basis = basisOf(input);
  const { film_m, dispersion_m } = heightsOf(read, r);
  const [low, high] = basis.velocity_sd_fraction;
  const spread = spreadOf(
    {
      length_m,
      diameter_m,
      particle_radius_m: r,
      interstitial_m_per_s: read.interstitial_m_per_s,
      ...pick(read),
    },
    Math.sqrt(low * high),
  );
  const pressure = pressed({
    ...pressedBed(scale, { length_m, diameter_m, radius_m: r }),
    modulus_Pa: basis.modulus_Pa,
  });
  const pressure_Pa = pressure === undefined ? null : pressure.drop_Pa + (input.vessel?.fittings_Pa ?? 0);
  const band_over_zone = roomOf(scale, {
    length_m,
    film_m,
    dispersion_m,
    blur_m: 2 * Math.sqrt(3) * spread.velocity_sd_fraction * length_m,
  });
  const rating = input.vessel?.rating_Pa ?? Number.POSITIVE_INFINITY;
  return {
    ...{ particle_radius_m: r, length_m, pressure_Pa, band_over_zone },
    transfer_units: length_m / (film_m + dispersion_m),
    verdict:
      pressure_Pa === null
        ? "closes"
        : pressure_Pa > rating
          ? "pressure"
          : band_over_zone < 1
            ? "too_short"
            : "fits",
  };
}

const pick = (read: Simulation) => ({ diffusivity_m2_per_s: fluidOf(read).diffusivity_m2_per_s });

/** A bed of these beads under the flow of the column that is scaled. */
export function pressedBed(
  { read, input }: ScaleUp,
  at: { readonly length_m: number; readonly diameter_m: number; readonly radius_m: number },
) {
  const { viscosity_Pa_s, density_kg_per_m3 } = fluidOf(read);
  return {
    ...at,
    ...{ viscosity_Pa_s, density_kg_per_m3, wall_friction: basisOf(input).wall_friction },
    superficial_m_per_s: read.input.flow.superficial_velocity_m_per_s,
    void_fraction: read.input.bed.void_fraction ?? Number.NaN,
  };
}

/** Heights of a transfer unit, of the film and of dispersion, for beads of another radius. */
export function heightsOf(read: Simulation, radius_m: number): { film_m: number; dispersion_m: number } {
  const fluid = fluidOf(read);
  const { bed, flow } = read.input;
  const of = (r: number) => ({
    ...{ superficial_m_per_s: flow.superficial_velocity_m_per_s, radius_m: r },
    void_fraction: bed.void_fraction ?? read.void_fraction,
  });
  const own = bed.particle_radius_m ?? radius_m;
  const dispersion =
    (read.dispersion_m2_per_s * chungWen_m2_per_s({ ...of(radius_m), ...fluid })) /
    chungWen_m2_per_s({ ...of(own), ...fluid });
  // The liquid outruns the train by the velocity less that of the bands.
  const held =
    (bed.capacity_mol_per_m3_bed + read.pore_fraction * read.normality) /
    (read.void_fraction * read.normality);
  const lag = read.interstitial_m_per_s * (held / (1 + held));
  if (read.exchange_per_s === undefined) return { film_m: 0, dispersion_m: dispersion / lag };
  const particle_porosity = bed.particle_porosity ?? 0;
  const film = (r: number) =>
    filmCoefficient_m_per_s({ ...of(r), ...fluid, particle_porosity: Math.max(particle_porosity, 1e-3) });
  const exchange = (read.exchange_per_s * film(radius_m) * own) / (film(own) * radius_m);
  return { film_m: (lag * read.void_fraction) / exchange, dispersion_m: dispersion / lag };
}

/** Of all products, the least room that a band has for its boundaries. */
function roomOf(
  { read, simulation }: ScaleUp,
  of: { length_m: number; film_m: number; dispersion_m: number; blur_m: number },
): number {
  const us = read.input.flow.superficial_velocity_m_per_s;
  const fed = read.names.map((_, i) =>
    read.inlet.reduce(
      (sum, step, k) => sum + us * step.c[i]! * (step.until_s - (read.inlet[k - 1]?.until_s ?? 0)),
      0,
    ),
  );
  const whole = read.input.bed.capacity_mol_per_m3_bed * read.input.bed.length_m;
  const order = simulation.species
    .map((s, i) => ({ ...s, part: fed[i]! / whole }))
    .sort((a, b) => a.affinity - b.affinity);
  const between = (k: number) => {
    const [ahead, behind] = [order[k], order[k + 1]];
    const counts = (s: typeof ahead) => s?.role === "product" || s?.role === "other";
    if (!counts(ahead) || !counts(behind)) return 0;
    const alpha = behind!.affinity / ahead!.affinity;
    return (
      massTransferZone_m({ alpha, film_m: of.film_m, dispersion_m: of.dispersion_m }, local_cut) + of.blur_m
    );
  };
  const rooms = order.flatMap((s, k) => {
    if (s.role !== "product" || s.part <= 0) return [];
    const zones = (between(k - 1) + between(k)) / 2;
    return [Math.min(room_most, (s.part * of.length_m) / Math.max(zones, Number.MIN_VALUE))];
  });
  return Math.min(...rooms);
}
