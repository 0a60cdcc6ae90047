import { z } from "zod";
import { done, type Refusal, type Result, readStrictly, refuse } from "../../quantity/index.ts";
import { readMeasuredCsv } from "../calibrate/measured-csv.ts";
import { filmCoefficient_m_per_s } from "../correlations.ts";
import { PackingLimits } from "./limits.ts";

export type PackingRefusal = Refusal<
  | "input_malformed"
  | "field_unknown"
  | "curve_malformed"
  | "species_unknown"
  | "transport_not_computable"
  | "result_not_trusted"
>;

const Positive = z.number().positive().max(1e12);
const Fraction = z.number().gt(0).lt(1);
const readings_min = 20;
const readings_max = 100_000;

export const PackingInput = z.strictObject({
  csv: z.string().max(5e6).optional().describe("time_s,signal and a row for each reading; or give `trace`"),
  trace: z
    .strictObject({
      time_s: z.array(z.number().min(0)).min(readings_min).max(readings_max),
      signal: z.array(z.number()).min(readings_min).max(readings_max),
    })
    .optional()
    .describe("what the detector behind the column said; its unit is its own"),
  id: z.string().max(200).optional(),
  model: z
    .enum(["equilibrium", "film"])
    .default("equilibrium")
    .describe(
      "of the simulations that take this dispersion: it stands on their velocity, u / total_porosity or u / void_fraction",
    ),
  bed: z.strictObject({
    length_m: Positive,
    diameter_m: Positive.optional(),
    particle_radius_m: Positive,
    total_porosity: Fraction.optional(),
    void_fraction: Fraction.optional(),
    particle_porosity: z.number().min(0).lt(1).optional(),
  }),
  flow: z.strictObject({ superficial_velocity_m_per_s: Positive }),
  tracer: z
    .strictObject({
      name: z.string().max(60).optional(),
      enters: z.enum(["pores", "void"]).default("pores").describe("whether it gets into the particles"),
      film_coefficient_m_per_s: Positive.optional().describe("of the tracer; or its two diffusivities"),
      diffusivity_m2_per_s: Positive.optional(),
      pore_diffusivity_m2_per_s: Positive.optional(),
    })
    .prefault({}),
  pulse: z
    .strictObject({
      start_s: z.number().min(0).default(0),
      duration_s: z.number().min(0).default(0),
    })
    .prefault({})
    .describe("when the tracer was let in, and for how long"),
  dead: z
    .strictObject({
      time_s: z.number().min(0).default(0),
      time_sd_s: z.number().min(0).default(0),
      variance_s2: z.number().min(0).default(0),
      variance_sd_s2: z.number().min(0).default(0),
    })
    .prefault({})
    .describe("of the piping and the detector, as a pulse past the column shows them"),
  limits: PackingLimits.prefault({}),
});
export type PackingInput = z.input<typeof PackingInput>;

export interface Trace {
  readonly time_s: readonly number[];
  readonly signal: readonly number[];
  /** How refusals name it. */
  readonly at: string;
}

export interface Packing {
  readonly input: z.output<typeof PackingInput>;
  readonly trace: Trace;
  /** What the model's velocity is over: u_s over this. */
  readonly porosity: number;
  /** Of all liquid the tracer gets to, over the bed; undefined where the porosities do not say it. */
  readonly reached_porosity: number | undefined;
  /** Film coefficient of the tracer, where its film is no part of the dispersion. */
  readonly film:
    | {
        readonly coefficient_m_per_s: number;
        readonly void_fraction: number;
        readonly particle_porosity: number;
      }
    | undefined;
}

/** Reads and checks a packing test; a refusal names the field, and in a CSV the row and column. */
export function readPacking(json: unknown): Result<Packing, PackingRefusal> {
  const read = readStrictly(PackingInput, json);
  if (!read.ok) return read;
  const input = read.value;
  const { asymmetry_min = 0, asymmetry_max = Number.POSITIVE_INFINITY } = input.limits;
  if (asymmetry_max <= asymmetry_min)
    return refuse("input_malformed", "limits.asymmetry_max", "the largest asymmetry is above the smallest");
  const trace = traceOf(input);
  if (!trace.ok) return trace;
  const porosities = porositiesOf(input);
  return porosities.ok ? done({ input, trace: trace.value, ...porosities.value }) : porosities;
}

function traceOf({ csv, trace }: Packing["input"]): Result<Trace, PackingRefusal> {
  if ((csv === undefined) === (trace === undefined))
    return refuse(
      "input_malformed",
      csv === undefined ? "csv" : "trace",
      "give `csv` or `trace`, one of them",
    );
  if (trace !== undefined) return inOrder({ ...trace, at: "trace" });
  const read = readMeasuredCsv(csv ?? "", "csv");
  if (!read.ok) return read as Result<never, PackingRefusal>;
  const [name, ...others] = Object.keys(read.value.mol_per_m3);
  if (name === undefined || others.length > 0 || !name.startsWith("signal"))
    return refuse("curve_malformed", "csv row 1", "the first row is time_s,signal");
  const signal = read.value.mol_per_m3[name]!;
  if (signal.length < readings_min || signal.length > readings_max)
    return refuse(
      "curve_malformed",
      "csv",
      `${signal.length} readings; ${readings_min} to ${readings_max} are read`,
    );
  return done({ time_s: read.value.time_s, signal, at: "csv" });
}

function inOrder(trace: Trace): Result<Trace, PackingRefusal> {
  const { time_s, signal } = trace;
  if (time_s.length !== signal.length)
    return refuse("curve_malformed", "trace.signal", `${signal.length} readings for ${time_s.length} times`);
  const disorder = time_s.findIndex((t, i) => i > 0 && t <= time_s[i - 1]!);
  return disorder < 0 ? done(trace) : refuse("curve_malformed", `trace.time_s[${disorder}]`, "times rise");
}

type Porosities = Pick<Packing, "porosity" | "reached_porosity" | "film">;

function porositiesOf({ model, bed, flow, tracer }: Packing["input"]): Result<Porosities, PackingRefusal> {
  const { void_fraction, particle_porosity, total_porosity } = bed;
  const missing = (field: string) =>
    refuse("transport_not_computable", field, `${field} is needed for the ${model} model`);
  const whole =
    total_porosity ??
    (void_fraction !== undefined && particle_porosity !== undefined
      ? void_fraction + (1 - void_fraction) * particle_porosity
      : undefined);
  const reached_porosity = tracer.enters === "void" ? void_fraction : whole;
  if (model === "equilibrium")
    return whole === undefined
      ? missing("bed.total_porosity")
      : done({ porosity: whole, reached_porosity, film: undefined });
  if (void_fraction === undefined) return missing("bed.void_fraction");
  if (tracer.enters === "void") return done({ porosity: void_fraction, reached_porosity, film: undefined });
  if (particle_porosity === undefined) return missing("bed.particle_porosity");
  const { film_coefficient_m_per_s, diffusivity_m2_per_s, pore_diffusivity_m2_per_s } = tracer;
  const diffusivities =
    diffusivity_m2_per_s === undefined || pore_diffusivity_m2_per_s === undefined || particle_porosity === 0
      ? undefined
      : { diffusivity_m2_per_s, pore_diffusivity_m2_per_s };
  const coefficient_m_per_s =
    film_coefficient_m_per_s ??
    (diffusivities &&
      filmCoefficient_m_per_s({
        ...diffusivities,
        ...{ superficial_m_per_s: flow.superficial_velocity_m_per_s, radius_m: bed.particle_radius_m },
        ...{ void_fraction, particle_porosity },
      }));
  if (coefficient_m_per_s === undefined)
    return refuse(
      "transport_not_computable",
      "tracer.film_coefficient_m_per_s",
      "a tracer that enters pores lags by their film, which is no dispersion: state its film coefficient or both diffusivities, or use one that stays outside",
    );
  return done({
    porosity: void_fraction,
    reached_porosity,
    film: { coefficient_m_per_s, void_fraction, particle_porosity },
  });
}
