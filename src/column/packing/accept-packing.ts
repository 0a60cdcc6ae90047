import { done, K_90, type Result, refuse } from "../../quantity/index.ts";
import { filmVariance, pecletOf } from "./dispersion.ts";
import { type Check, checksOf, type Known, known } from "./limits.ts";
import { leftBy, type Moments, momentsOf } from "./moments.ts";
import { findPulse, type Pulse } from "./pulse.ts";
import { type Packing, type PackingRefusal, readPacking } from "./read-packing.ts";
import { type Widths, widthsOf } from "./widths.ts";

export interface PackingAnswer {
  readonly accepted: boolean;
  readonly verdict: "accepted" | "not_accepted" | "not_sure";
  readonly checks: readonly Check[];
  readonly plates: { readonly by_moments: Known; readonly by_half_height: Known };
  readonly plates_per_m: Known;
  readonly plate_height_m: Known;
  readonly reduced_plate_height: Known;
  readonly asymmetry: Known;
  readonly residence: {
    readonly mean_s: Known;
    readonly peak_s: Known;
    readonly skewness: number;
    /** Times by which a tenth, half and nine tenths had left, as recorded. */
    readonly left_tenth_s: number;
    readonly left_half_s: number;
    readonly left_nine_tenths_s: number;
    readonly porosity_seen: number;
    readonly porosity_stated: number | null;
  };
  /** The distribution of residence times, whose integral is 1; the baseline is taken away, dead time is not. */
  readonly distribution: { readonly time_s: readonly number[]; readonly per_s: readonly number[] };
  /** Of the mean residence time, squared: what makes up the variance. */
  readonly variance: {
    readonly measured: number;
    readonly dead: number;
    readonly injection: number;
    readonly film: number;
    readonly dispersion: number;
  };
  /** As `column simulate` and `column calibrate` take it. */
  readonly transport: { readonly axial_dispersion_m2_per_s: number };
  /** As `column calibrate` answers it, and as `column scale-up` takes it. */
  readonly parameters: Readonly<Record<"axial_dispersion_m2_per_s", FittedDispersion>>;
  readonly correlation: readonly (readonly number[])[];
  /** Over the velocity in the voids: what stays where the flow changes. */
  readonly dispersivity_m: Known;
  /** As a parameter of `column calibrate` that begins where this test ended. */
  readonly fit: {
    readonly parameter: "axial_dispersion_m2_per_s";
    readonly start: number;
    readonly prior: { readonly best: number; readonly sd_relative: number };
  };
  readonly trace: {
    readonly readings: number;
    readonly counted_from_s: number;
    readonly counted_to_s: number;
    readonly noise_over_height: number;
    readonly drift_over_height: number;
    readonly turned_over: boolean;
  };
  readonly warnings: readonly string[];
}

interface FittedDispersion extends Known {
  readonly sd_relative: number;
  readonly at_bound: null;
}

const GAUSSIAN_HALF = 8 * Math.LN2;
const points_most = 400;
/** How far a film coefficient from a correlation or another test may be off, as a part of its share of the variance [G]. */
const film_sd_relative = 0.3;

/** Works out how well a bed is packed from a tracer pulse, and whether that is good enough. */
export function acceptPacking(json: unknown): Result<PackingAnswer, PackingRefusal> {
  const packing = readPacking(json);
  if (!packing.ok) return packing;
  const pulse = findPulse(packing.value.trace);
  if (!pulse.ok) return pulse;
  const moments = momentsOf(pulse.value);
  const widths = widthsOf(pulse.value);
  const residence = residenceOf(packing.value, { moments, widths });
  if (!residence.ok) return residence;
  const spread = spreadOf(packing.value, { moments, mean: residence.value.mean });
  return spread.ok
    ? done(
        answerOf(packing.value, { pulse: pulse.value, moments, widths, ...residence.value, ...spread.value }),
      )
    : spread;
}

interface Residence {
  readonly mean: Known;
  readonly peak: Known;
}

/** Mean and peak in the bed alone, from the middle of the injection on. */
function residenceOf(
  { input }: Packing,
  { moments, widths }: { moments: Moments; widths: Widths },
): Result<Residence, PackingRefusal> {
  const { pulse, dead } = input;
  const before = pulse.start_s + pulse.duration_s / 2 + dead.time_s;
  const within = (time_s: number, sd: number) => known(time_s - before, Math.hypot(sd, dead.time_sd_s));
  const mean = within(moments.mean_s, moments.mean_sd_s);
  const peak = within(widths.peak_s.best, widths.peak_s.sd);
  if (!(mean.best > 0 && peak.best > 0))
    return refuse(
      "result_not_trusted",
      dead.time_s > pulse.start_s ? "dead.time_s" : "pulse.start_s",
      "the pulse leaves before it can have gone through the bed: what is stated of the injection or the dead time is too late",
    );
  return done({ mean, peak });
}

interface Spread {
  readonly variance: PackingAnswer["variance"];
  readonly plates: Known;
  readonly peclet: number;
  readonly dispersion_sd_relative: number;
}

/** The variance over the square of the mean, what is no dispersion taken off, and the Peclet number that is left. */
function spreadOf(
  packing: Packing,
  { moments, mean }: { moments: Moments; mean: Known },
): Result<Spread, PackingRefusal> {
  const { input, film, trace } = packing;
  const { bed, flow, dead, pulse } = input;
  const over = (variance_s2: number) => variance_s2 / mean.best ** 2;
  const injection = over(pulse.duration_s ** 2 / 12);
  const in_bed = over(moments.variance_s2 - dead.variance_s2) - injection;
  const in_bed_sd = Math.hypot(
    over(moments.variance_sd_s2),
    over(dead.variance_sd_s2),
    (2 * in_bed * mean.sd) / mean.best,
  );
  if (!(in_bed > K_90 * in_bed_sd))
    return refuse(
      "result_not_trusted",
      dead.variance_s2 > 0 ? "dead.variance_s2" : `${trace.at}: the pulse`,
      "what is left of the pulse's spread is not more than its doubt",
    );
  const by_film =
    film === undefined
      ? 0
      : filmVariance({
          ...{ length_m: bed.length_m, superficial_m_per_s: flow.superficial_velocity_m_per_s },
          ...{ particle_radius_m: bed.particle_radius_m, film_coefficient_m_per_s: film.coefficient_m_per_s },
          ...{ void_fraction: film.void_fraction, particle_porosity: film.particle_porosity },
        });
  const dispersion = in_bed - by_film;
  const dispersion_sd = Math.hypot(in_bed_sd, film_sd_relative * by_film);
  if (!(dispersion > K_90 * dispersion_sd))
    return refuse(
      "result_not_trusted",
      "tracer.film_coefficient_m_per_s",
      `the film accounts for ${((100 * by_film) / in_bed).toFixed(0)} % of the spread and leaves dispersion in doubt: take a tracer that stays outside the particles`,
    );
  if (dispersion >= dispersion_most)
    return refuse(
      "result_not_trusted",
      `${trace.at}: the pulse`,
      "it spreads as in a stirred tank: no flow through a bed of any dispersion is like it",
    );
  const peclet = pecletOf(dispersion);
  const steepness = Math.log(pecletOf(dispersion * 1.001) / peclet) / Math.log(1.001);
  return done({
    variance: {
      ...{
        measured: over(moments.variance_s2),
        dead: over(dead.variance_s2),
        injection,
        film: by_film,
        dispersion,
      },
    },
    plates: known(1 / in_bed, in_bed_sd / in_bed ** 2),
    peclet,
    dispersion_sd_relative: (Math.abs(steepness) * dispersion_sd) / dispersion,
  });
}

/** The closed vessel's variance nears 1 as all of it is mixed. */
const dispersion_most = 0.95;

function answerOf(
  { input, trace, porosity, reached_porosity }: Packing,
  found: Residence & Spread & { readonly pulse: Pulse; readonly moments: Moments; readonly widths: Widths },
): PackingAnswer {
  const { pulse, moments, widths, mean, peak, plates, variance } = found;
  const { length_m, particle_radius_m } = input.bed;
  const us = input.flow.superficial_velocity_m_per_s;
  const relative = (of: { best: number; sd: number }) => of.sd / of.best;
  const { half_width_s, front_s, rear_s } = widths;
  const half = GAUSSIAN_HALF * (peak.best / half_width_s.best) ** 2;
  const by_half_height = known(half, 2 * half * Math.hypot(relative(half_width_s), relative(peak)));
  const chosen = input.limits.plates_by === "moments" ? plates : by_half_height;
  const plates_per_m = known(chosen.best / length_m, chosen.sd / length_m);
  const plate_height_m = known(length_m / chosen.best, (length_m / chosen.best) * relative(chosen));
  const in_beads = 1 / (2 * particle_radius_m);
  const reduced_plate_height = known(plate_height_m.best * in_beads, plate_height_m.sd * in_beads);
  const ratio = rear_s.best / front_s.best;
  const asymmetry = known(ratio, ratio * Math.hypot(relative(rear_s), relative(front_s)));
  const checks = checksOf(input.limits, { asymmetry, reduced_plate_height, plates_per_m });
  const verdict = checks.some((c) => c.verdict === "not_met")
    ? "not_accepted"
    : checks.every((c) => c.verdict === "met")
      ? "accepted"
      : "not_sure";
  const best = (us * length_m) / (porosity * found.peclet);
  const sd_relative = found.dispersion_sd_relative;
  const dispersion = known(best, best * sd_relative);
  const velocity = us / porosity;
  const [left_tenth_s, left_half_s, left_nine_tenths_s] = leftBy(pulse, [0.1, 0.5, 0.9]) as [
    number,
    number,
    number,
  ];
  const porosity_seen = (us * mean.best) / length_m;
  return {
    ...{ accepted: verdict === "accepted", verdict, checks },
    plates: { by_moments: plates, by_half_height },
    ...{ plates_per_m, plate_height_m, reduced_plate_height, asymmetry },
    residence: {
      ...{ mean_s: mean, peak_s: peak, skewness: moments.skewness },
      ...{ left_tenth_s, left_half_s, left_nine_tenths_s },
      ...{ porosity_seen, porosity_stated: reached_porosity ?? null },
    },
    distribution: distributionOf(pulse, moments.area),
    variance,
    transport: { axial_dispersion_m2_per_s: best },
    parameters: { axial_dispersion_m2_per_s: { ...dispersion, sd_relative, at_bound: null } },
    correlation: [[1]],
    dispersivity_m: known(best / velocity, (best * sd_relative) / velocity),
    fit: { parameter: "axial_dispersion_m2_per_s", start: best, prior: { best, sd_relative } },
    trace: {
      ...{ readings: trace.time_s.length, turned_over: pulse.turned_over },
      ...{ counted_from_s: pulse.time_s[pulse.first]!, counted_to_s: pulse.time_s[pulse.last]! },
      noise_over_height: pulse.noise / pulse.height,
      drift_over_height: (pulse.baseline.slope * (trace.time_s.at(-1)! - trace.time_s[0]!)) / pulse.height,
    },
    warnings: warningsOf({ variance, plates, by_half_height, porosity_seen, reached_porosity }),
  };
}

/** What was recorded, thinned to what a picture needs. */
function distributionOf({ time_s, above, first, last }: Pulse, area: number): PackingAnswer["distribution"] {
  const every = Math.max(1, Math.ceil((last - first + 1) / points_most));
  const kept = time_s.flatMap((_, k) => (k >= first && k <= last && (k - first) % every === 0 ? [k] : []));
  return { time_s: kept.map((k) => time_s[k]!), per_s: kept.map((k) => above[k]! / area) };
}

/** Where the pulse says something else than what was stated of the bed, or two figures of it than each other. */
function warningsOf(of: {
  readonly variance: PackingAnswer["variance"];
  readonly plates: Known;
  readonly by_half_height: Known;
  readonly porosity_seen: number;
  readonly reached_porosity: number | undefined;
}): string[] {
  const { variance, plates, by_half_height, porosity_seen, reached_porosity } = of;
  const percent = (part: number) => `${(100 * part).toFixed(0)} %`;
  const outside = (variance.dead + variance.injection) / variance.measured;
  const off = reached_porosity === undefined ? 0 : porosity_seen / reached_porosity - 1;
  const apart = Math.abs(Math.log(by_half_height.best / plates.best));
  const sure = Math.hypot(plates.sd / plates.best, by_half_height.sd / by_half_height.best);
  return [
    ...(outside > 0.1
      ? [
          `${percent(outside)} of the spread is of piping and injection: plates by half height are not freed of it`,
        ]
      : []),
    ...(Math.abs(off) > 0.05
      ? [
          `the mean residence time says a porosity of ${porosity_seen.toFixed(3)}, ${percent(Math.abs(off))} ${off > 0 ? "above" : "below"} what is stated: flow, bed length, dead time or porosity is off, or the liquid does not get everywhere`,
        ]
      : []),
    ...(apart > Math.max(0.3, 3 * sure)
      ? [
          "plates by moments and by half height are far apart: the pulse is no Gaussian, its tail counts in the one and not in the other",
        ]
      : []),
  ];
}
