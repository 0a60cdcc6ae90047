import { done, type Result, refuse } from "../../quantity/index.ts";
import type { CalibrationInput, CalibrationRefusal, Experiment } from "./read-calibration.ts";

/** One number to be fitted, in natural logarithm. */
export interface FitParameter {
  readonly name: string;
  readonly start: number;
  readonly min: number;
  readonly max: number;
  readonly prior?: { readonly best: number; readonly sd_relative: number } | undefined;
}

type Inputs = Experiment["simulation"];

/** Without stated bounds a parameter may come out this many times larger or smaller than its start. */
const usual_span = 100;

const plain = {
  capacity_mol_per_m3_bed: (input: Inputs) => input.bed.capacity_mol_per_m3_bed,
  film_coefficient_m_per_s: (input: Inputs) => input.transport?.film_coefficient_m_per_s,
  axial_dispersion_m2_per_s: (input: Inputs) => input.transport?.axial_dispersion_m2_per_s,
  // Dispersion over interstitial velocity: what stays the same where experiments are run at unlike flows.
  dispersivity_m: (input: Inputs) =>
    input.transport?.axial_dispersion_m2_per_s === undefined
      ? undefined
      : input.transport.axial_dispersion_m2_per_s / interstitial_m_per_s(input),
  pore_diffusivity_m2_per_s: (input: Inputs) => input.fluid?.pore_diffusivity_m2_per_s,
} as const;

function interstitial_m_per_s({ model, bed, flow }: Inputs): number {
  const open = model === "equilibrium" ? bed.total_porosity : bed.void_fraction;
  return flow.superficial_velocity_m_per_s / (open ?? 1);
}

const affinityOf = (name: string): string | undefined =>
  name.startsWith("affinity:") ? name.slice("affinity:".length) : undefined;

function valueIn(input: Inputs, name: string): number | undefined {
  const species = affinityOf(name);
  if (species !== undefined) return input.species.find((s) => s.name === species)?.affinity;
  return plain[name as keyof typeof plain]?.(input);
}

/** The simulation with fitted values in place of its own. */
export function withParameters(input: Inputs, names: readonly string[], values: readonly number[]): Inputs {
  const given = new Map(names.map((name, i) => [name, values[i] ?? 0]));
  const capacity = given.get("capacity_mol_per_m3_bed");
  const film = given.get("film_coefficient_m_per_s");
  const dispersivity = given.get("dispersivity_m");
  const dispersion =
    dispersivity === undefined
      ? (given.get("axial_dispersion_m2_per_s") ?? input.transport?.axial_dispersion_m2_per_s)
      : dispersivity * interstitial_m_per_s(input);
  const pore = given.get("pore_diffusivity_m2_per_s");
  return {
    ...input,
    bed: capacity === undefined ? input.bed : { ...input.bed, capacity_mol_per_m3_bed: capacity },
    species: input.species.map((s) => ({ ...s, affinity: given.get(`affinity:${s.name}`) ?? s.affinity })),
    ...(dispersion === undefined
      ? {}
      : {
          transport: {
            ...input.transport,
            axial_dispersion_m2_per_s: dispersion,
            ...(film === undefined || input.model !== "film" ? {} : { film_coefficient_m_per_s: film }),
          },
        }),
    ...(pore === undefined ? {} : { fluid: { ...input.fluid, pore_diffusivity_m2_per_s: pore } }),
  };
}

/** Which parameters are fitted, from where and within what. Where every affinity is asked for, one is held. */
export function readParameters(
  fit: CalibrationInput["fit"],
  experiments: readonly Experiment[],
): Result<{ parameters: FitParameter[]; warnings: string[] }, CalibrationRefusal> {
  const parameters: FitParameter[] = [];
  const warnings: string[] = [];
  const asked = fit.map(({ parameter }) => parameter);
  const held = heldAffinity(asked, experiments);
  if (held !== undefined)
    warnings.push(`only ratios of affinities can be fitted: ${held} is held where it was given`);
  for (const [i, given] of fit.entries()) {
    const name = given.parameter;
    const at = `fit.${i}.parameter`;
    if (asked.indexOf(name) !== i) return refuse("input_malformed", at, `${name} is named twice`);
    if (affinityOf(name) === undefined && !(name in plain))
      return refuse(
        "input_malformed",
        at,
        `${name} is not one of affinity:NAME, ${Object.keys(plain).join(", ")}`,
      );
    if (affinityOf(name) !== undefined && experiments.every((e) => valueIn(e.simulation, name) === undefined))
      return refuse("species_unknown", at, `${affinityOf(name)} is not among the species`);
    const misplaced = misplacedTransport(name, asked, experiments);
    if (misplaced) return refuse("fit_impossible", at, misplaced);
    if (name === held) continue;
    const start =
      given.start ?? experiments.map((e) => valueIn(e.simulation, name)).find((v) => v !== undefined);
    if (start === undefined)
      return refuse("input_malformed", `fit.${i}.start`, "where to start is not known");
    if (!(start > 0))
      return refuse("input_malformed", `fit.${i}.start`, "a fit in logarithms starts above 0");
    const { min = start / usual_span, max = start * usual_span } = given;
    if (!(min < max && start >= min && start <= max))
      return refuse("input_malformed", `fit.${i}`, "min <= start <= max, and min below max");
    parameters.push({ name, start, min, max, prior: given.prior });
  }
  if (parameters.length === 0) return refuse("fit_impossible", "fit", "nothing is left to fit");
  return done({ parameters, warnings });
}

function heldAffinity(asked: readonly string[], experiments: readonly Experiment[]): string | undefined {
  const all = experiments.flatMap(({ simulation }) => simulation.species);
  if (all.some(({ name }) => !asked.includes(`affinity:${name}`))) return undefined;
  return `affinity:${(all.find(({ role }) => role === "presaturant") ?? all[0])?.name}`;
}

function misplacedTransport(
  name: string,
  asked: readonly string[],
  experiments: readonly Experiment[],
): string | undefined {
  const film = name === "film_coefficient_m_per_s";
  const pore = name === "pore_diffusivity_m2_per_s";
  if ((film || pore) && experiments.some(({ simulation }) => simulation.model !== "film"))
    return `${name} belongs to the film model`;
  if (
    pore &&
    (asked.includes("film_coefficient_m_per_s") ||
      experiments.some((e) => e.simulation.transport?.film_coefficient_m_per_s !== undefined))
  )
    return "a film coefficient that is given or fitted leaves the pore diffusivity without effect";
  if (name === "dispersivity_m" && asked.includes("axial_dispersion_m2_per_s"))
    return "dispersivity and axial dispersion are one thing said twice";
  if (
    film &&
    !asked.includes("axial_dispersion_m2_per_s") &&
    !asked.includes("dispersivity_m") &&
    experiments.some((e) => e.simulation.transport === undefined)
  )
    return "the axial dispersion is given or fitted beside the film coefficient";
  return undefined;
}
