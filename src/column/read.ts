import { z } from "zod";
import { done, type Refusal, type Result, readStrictly, refuse } from "../quantity/index.ts";
import { chungWen_m2_per_s, filmCoefficient_m_per_s } from "./correlations.ts";

export type ColumnRefusal = Refusal<
  | "input_malformed"
  | "field_unknown"
  | "species_unknown"
  | "species_named_twice"
  | "normality_missing"
  | "transport_not_computable"
  | "times_out_of_range"
  | "solid_not_full"
  | "accuracy_not_reached"
  | "result_not_trusted"
  | "step_collapsed"
  | "too_much_work"
  | "feed_malformed"
  | "target_out_of_range"
  | "design_impossible"
>;

const Positive = z.number().positive().max(1e12);
const Fraction = z.number().gt(0).lt(1);
const Concentrations = z.record(z.string(), z.number().min(0).max(1e6));
const CELLS_MAX = 20_000;
const TIMES_MAX = 200_000;

export const SimulationInput = z.strictObject({
  id: z.string().max(200).optional(),
  model: z.enum(["equilibrium", "film"]),
  bed: z.strictObject({
    length_m: Positive,
    total_porosity: Fraction.optional(),
    void_fraction: Fraction.optional(),
    particle_porosity: z.number().min(0).lt(1).optional(),
    particle_radius_m: Positive.optional(),
    capacity_mol_per_m3_bed: Positive,
  }),
  flow: z.strictObject({ superficial_velocity_m_per_s: Positive }),
  transport: z
    .strictObject({
      axial_dispersion_m2_per_s: z.number().min(0).max(1),
      film_coefficient_m_per_s: Positive.optional(),
    })
    .optional(),
  fluid: z
    .strictObject({
      viscosity_Pa_s: Positive.optional(),
      density_kg_per_m3: Positive.optional(),
      diffusivity_m2_per_s: Positive.optional(),
      pore_diffusivity_m2_per_s: Positive.optional(),
    })
    .optional(),
  species: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        role: z.enum(["presaturant", "product", "displacer", "other"]),
        affinity: Positive,
      }),
    )
    .min(2)
    .max(40),
  initial_mol_per_m3: Concentrations,
  initial_solid_mol_per_m3_bed: Concentrations.optional(),
  inlet: z
    .array(z.strictObject({ until_s: Positive, mol_per_m3: Concentrations }))
    .min(1)
    .max(1000),
  ask: z.strictObject({
    outlet_times_s: z.union([
      z.strictObject({ from: z.number().min(0), to: z.number().min(0), step: Positive }),
      z.array(z.number().min(0)).min(1).max(TIMES_MAX),
    ]),
    error_l1_max: z.number().positive().max(1).optional(),
    cut_tolerance: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe("Largest error of purity and yield of the cuts, as fractions: 0.0002 is 0.02 points"),
    impurity_tolerance: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe("Largest relative error of every impurity of the cuts down to 10 ppm"),
    cells: z.number().int().min(10).max(CELLS_MAX).optional(),
    cuts: z
      .array(
        z.union([
          z.strictObject({ species: z.string(), purity_min: z.number().gt(0).max(1) }),
          z.strictObject({ species: z.string(), from_s: z.number().min(0), to_s: z.number().min(0) }),
        ]),
      )
      .max(100)
      .optional(),
  }),
});
export type SimulationInput = z.infer<typeof SimulationInput>;

/** A simulation as the kernel needs it: every default filled in, every species in one order. */
export interface Simulation {
  readonly input: SimulationInput;
  readonly names: readonly string[];
  readonly affinities: readonly number[];
  readonly interstitial_m_per_s: number;
  readonly void_fraction: number;
  readonly pore_fraction: number;
  readonly dispersion_m2_per_s: number;
  /** Exchange between moving liquid and pores per bed volume, 3 (1 - void) k_f / R; without one, equilibrium. */
  readonly exchange_per_s: number | undefined;
  readonly film_coefficient_m_per_s: number | undefined;
  readonly transport_from: "given" | "correlations";
  readonly normality: number;
  readonly initial_liquid: readonly number[];
  readonly initial_solid: readonly number[];
  readonly inlet: readonly { readonly until_s: number; readonly c: readonly number[] }[];
  readonly end_s: number;
  readonly times_s: readonly number[];
  /** Cells of one thickness up to the outlet, for whoever asks a column again and again with loads that hardly differ. */
  readonly even_cells?: true;
}

/** Reads and checks a simulation; a refusal names the field. */
export function readSimulation(json: unknown): Result<Simulation, ColumnRefusal> {
  const read = readStrictly(SimulationInput, json);
  if (!read.ok) return read;
  const input = read.value;
  const names = input.species.map((s) => s.name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0)
    return refuse("species_named_twice", `species[${twice}].name`, `${names[twice]} is named twice`);
  const listed = readConcentrations(input, names);
  if (!listed.ok) return listed;
  const times = readTimes(input);
  if (!times.ok) return times;
  const cuts = readCuts(input, names);
  if (cuts !== undefined) return cuts;
  const { initial_liquid, inlet } = listed.value;
  const level = (c: readonly number[]) => c.reduce((a, b) => a + b, 0);
  const normality = Math.max(level(initial_liquid), ...inlet.map((step) => level(step.c)));
  if (normality <= 0)
    return refuse("normality_missing", "inlet", "no liquid holds anything: nothing would move");
  const transport = readTransport(input);
  if (!transport.ok) return transport;
  const affinities = input.species.map((s) => s.affinity);
  const solid = readSolid(input, { names, affinities, initial_liquid });
  if (!solid.ok) return solid;
  const end_s = inlet.at(-1)?.until_s ?? 0;
  return done({
    input,
    names,
    affinities,
    ...transport.value,
    normality,
    initial_liquid,
    initial_solid: solid.value,
    inlet,
    end_s,
    times_s: times.value,
  });
}

function readConcentrations(input: SimulationInput, names: readonly string[]) {
  const list = (given: Readonly<Record<string, number>>, place: string) => {
    const stranger = Object.keys(given).find((name) => !names.includes(name));
    if (stranger !== undefined)
      return refuse("species_unknown", `${place}.${stranger}`, `${stranger} is not among the species`);
    return done(names.map((name) => given[name] ?? 0));
  };
  const initial = list(input.initial_mol_per_m3, "initial_mol_per_m3");
  if (!initial.ok) return initial;
  const inlet: { until_s: number; c: number[] }[] = [];
  for (const [i, step] of input.inlet.entries()) {
    const c = list(step.mol_per_m3, `inlet[${i}].mol_per_m3`);
    if (!c.ok) return c;
    const before = input.inlet[i - 1]?.until_s ?? 0;
    if (step.until_s <= before)
      return refuse(
        "input_malformed",
        `inlet[${i}].until_s`,
        "the steps of the inlet end one after the other",
      );
    inlet.push({ until_s: step.until_s, c: c.value });
  }
  return done({ initial_liquid: initial.value, inlet });
}

function readTimes(input: SimulationInput): Result<number[], ColumnRefusal> {
  const asked = input.ask.outlet_times_s;
  const end = input.inlet.at(-1)?.until_s ?? 0;
  const times: number[] = [];
  if (Array.isArray(asked)) {
    const disorder = asked.findIndex((t, i) => i > 0 && t <= (asked[i - 1] ?? 0));
    if (disorder >= 0)
      return refuse("times_out_of_range", `ask.outlet_times_s[${disorder}]`, "outlet times rise");
    times.push(...asked);
  } else {
    if (asked.to < asked.from)
      return refuse("times_out_of_range", "ask.outlet_times_s.to", "`to` is not before `from`");
    const count = Math.floor((asked.to - asked.from) / asked.step + 1e-9) + 1;
    if (count > TIMES_MAX)
      return refuse("times_out_of_range", "ask.outlet_times_s.step", `more than ${TIMES_MAX} outlet times`);
    for (let i = 0; i < count; i++) times.push(asked.from + i * asked.step);
    if ((times.at(-1) ?? 0) < asked.to - 1e-9 * asked.to) times.push(asked.to);
  }
  if ((times.at(-1) ?? 0) > end * (1 + 1e-9)) {
    return refuse("times_out_of_range", "ask.outlet_times_s", `the inlet is described until ${end} s only`);
  }
  if ((times.at(-1) ?? 0) <= 0)
    return refuse("times_out_of_range", "ask.outlet_times_s", "ask for a time after the start");
  return done(times);
}

/** What is wrong with the cuts asked for, if anything. */
function readCuts({ ask }: SimulationInput, names: readonly string[]) {
  for (const [i, cut] of (ask.cuts ?? []).entries()) {
    const at = `ask.cuts[${i}]`;
    if (!names.includes(cut.species))
      return refuse("species_unknown", `${at}.species`, `${cut.species} is not among the species`);
    if ("from_s" in cut && cut.to_s <= cut.from_s)
      return refuse("times_out_of_range", `${at}.to_s`, "a cut ends after it begins");
  }
  if (ask.cuts !== undefined && ask.cuts.length > 0) return undefined;
  for (const field of ["cut_tolerance", "impurity_tolerance"] as const)
    if (ask[field] !== undefined)
      return refuse(
        "input_malformed",
        `ask.${field}`,
        "without `ask.cuts` there is no cut to be right about",
      );
  return undefined;
}

type Transport = Pick<
  Simulation,
  | "interstitial_m_per_s"
  | "void_fraction"
  | "pore_fraction"
  | "dispersion_m2_per_s"
  | "exchange_per_s"
  | "film_coefficient_m_per_s"
  | "transport_from"
>;

/** The velocity the fronts lag behind by: u0 - w, with w = u0 / (1 + K). */
export function lag(given: {
  u: number;
  capacity: number;
  porosity: number;
  pores: number;
  normality: number;
}): number {
  const K = (given.capacity + given.pores * given.normality) / (given.porosity * given.normality);
  return given.u - given.u / (1 + K);
}

function readTransport(input: SimulationInput): Result<Transport, ColumnRefusal> {
  const { bed, model } = input;
  const us = input.flow.superficial_velocity_m_per_s;
  const missing = (field: string) =>
    refuse("transport_not_computable", field, `${field} is needed for the ${model} model`);
  if (model === "equilibrium") {
    if (bed.total_porosity === undefined) return missing("bed.total_porosity");
    const u = us / bed.total_porosity;
    const D = input.transport?.axial_dispersion_m2_per_s ?? dispersionOf(input, bed.total_porosity);
    if (typeof D === "string") return missing(D);
    return done({
      interstitial_m_per_s: u,
      void_fraction: bed.total_porosity,
      pore_fraction: 0,
      dispersion_m2_per_s: D,
      exchange_per_s: undefined,
      film_coefficient_m_per_s: undefined,
      transport_from: input.transport ? "given" : "correlations",
    });
  }
  const { void_fraction, particle_porosity, particle_radius_m } = bed;
  if (void_fraction === undefined) return missing("bed.void_fraction");
  if (particle_porosity === undefined) return missing("bed.particle_porosity");
  if (particle_radius_m === undefined) return missing("bed.particle_radius_m");
  const u = us / void_fraction;
  const D = input.transport?.axial_dispersion_m2_per_s ?? dispersionOf(input, void_fraction);
  if (typeof D === "string") return missing(D);
  const film =
    input.transport?.film_coefficient_m_per_s ??
    filmOf(input, { void_fraction, particle_porosity, particle_radius_m });
  if (typeof film === "string") return missing(film);
  const pores = (1 - void_fraction) * particle_porosity;
  const exchange_per_s = (3 * (1 - void_fraction) * film) / particle_radius_m;
  return done({
    interstitial_m_per_s: u,
    void_fraction,
    pore_fraction: pores,
    dispersion_m2_per_s: D,
    exchange_per_s,
    film_coefficient_m_per_s: film,
    transport_from: input.transport?.film_coefficient_m_per_s === undefined ? "correlations" : "given",
  });
}

/** Dispersion by correlation, or the name of the field that is missing for it. */
function dispersionOf(input: SimulationInput, void_fraction: number): number | string {
  const { viscosity_Pa_s, density_kg_per_m3 } = input.fluid ?? {};
  const radius_m = input.bed.particle_radius_m;
  if (radius_m === undefined) return "bed.particle_radius_m";
  if (viscosity_Pa_s === undefined) return "fluid.viscosity_Pa_s";
  if (density_kg_per_m3 === undefined) return "fluid.density_kg_per_m3";
  return chungWen_m2_per_s({
    superficial_m_per_s: input.flow.superficial_velocity_m_per_s,
    radius_m,
    void_fraction,
    viscosity_Pa_s,
    density_kg_per_m3,
  });
}

function filmOf(
  input: SimulationInput,
  bed: { void_fraction: number; particle_porosity: number; particle_radius_m: number },
): number | string {
  const { diffusivity_m2_per_s, pore_diffusivity_m2_per_s } = input.fluid ?? {};
  if (diffusivity_m2_per_s === undefined) return "fluid.diffusivity_m2_per_s";
  if (pore_diffusivity_m2_per_s === undefined) return "fluid.pore_diffusivity_m2_per_s";
  if (bed.particle_porosity === 0) return "bed.particle_porosity";
  return filmCoefficient_m_per_s({
    superficial_m_per_s: input.flow.superficial_velocity_m_per_s,
    radius_m: bed.particle_radius_m,
    void_fraction: bed.void_fraction,
    particle_porosity: bed.particle_porosity,
    diffusivity_m2_per_s,
    pore_diffusivity_m2_per_s,
  });
}

/** The solid at the start, mol per m3 of bed: as given, in equilibrium with the liquid, or all presaturant where the liquid is empty. */
function readSolid(
  input: SimulationInput,
  given: { names: readonly string[]; affinities: readonly number[]; initial_liquid: readonly number[] },
): Result<number[], ColumnRefusal> {
  const { names, affinities, initial_liquid } = given;
  const capacity = input.bed.capacity_mol_per_m3_bed;
  const stated = input.initial_solid_mol_per_m3_bed;
  if (stated) {
    const stranger = Object.keys(stated).find((name) => !names.includes(name));
    if (stranger !== undefined)
      return refuse(
        "species_unknown",
        `initial_solid_mol_per_m3_bed.${stranger}`,
        `${stranger} is not among the species`,
      );
    const solid = names.map((name) => stated[name] ?? 0);
    const total = solid.reduce((a, b) => a + b, 0);
    if (Math.abs(total - capacity) > 1e-6 * capacity) {
      return refuse(
        "solid_not_full",
        "initial_solid_mol_per_m3_bed",
        `the solid holds ${total}, its capacity is ${capacity}: exchange is charge for charge`,
      );
    }
    return done(solid);
  }
  const weight = initial_liquid.reduce((sum, c, i) => sum + c * (affinities[i] ?? 0), 0);
  if (weight > 0) return done(initial_liquid.map((c, i) => (capacity * c * (affinities[i] ?? 0)) / weight));
  const presaturant = input.species.findIndex((s) => s.role === "presaturant");
  if (presaturant < 0)
    return refuse(
      "species_unknown",
      "species",
      "the liquid is empty at the start, and no species is the presaturant",
    );
  return done(names.map((_, i) => (i === presaturant ? capacity : 0)));
}
