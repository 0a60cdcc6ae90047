import { z } from "zod";
import { done, type Result, readStrictly, refuse } from "../../quantity/index.ts";
import { withParameters } from "../calibrate/parameters.ts";
import { readSimulation } from "../input/read.ts";
import { SimulationInput } from "../input/schema.ts";
import type { Simulation } from "../input/simulation.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { Consumable, Permit } from "./consumables.ts";
import { rootOf } from "./drawn.ts";

export type ScaleUpRefusal = ColumnRefusal;

const Positive = z.number().positive().max(1e12);
const Fraction = z.number().gt(0).lt(1);
const NotRead = z.unknown().optional();

const FittedParameter = z.strictObject({
  best: Positive,
  sd_relative: z.number().min(0).max(10),
  sd: NotRead,
  interval_90: NotRead,
  at_bound: NotRead,
  profile: NotRead,
});

export const ScaleUpInput = z.strictObject({
  id: z.string().max(200).optional(),
  simulation: SimulationInput.partial({ ask: true }).describe(
    "the column that is scaled, as `column simulate` takes it; bed length, beads, velocity and feed stay",
  ),
  diameter_m: Positive.describe("of the column as it is run today"),
  to_diameters_m: z.array(Positive).min(1).max(6),
  calibration: z
    .strictObject({
      parameters: z.record(z.string(), FittedParameter),
      correlation: z.array(z.array(z.number().min(-1).max(1))).optional(),
      ...{ ellipses_90: NotRead, together: NotRead, chi2_reduced: NotRead, error: NotRead, curves: NotRead },
      ...{ converged: NotRead, numerics: NotRead, warnings: NotRead, run: NotRead },
    })
    .optional()
    .describe(
      "what `column calibrate` answered, or the parameters of `column accept-packing`: taken as the column, with their doubt",
    ),
  specifications: z
    .record(z.string(), z.strictObject({ purity_min: z.number().gt(0.5).lt(1), yield_min: Fraction }))
    .describe(
      "of each product: the least mean purity of its cut, by moles of products and others, and the least yield at it",
    ),
  resin: z
    .strictObject({
      modulus_Pa: Positive.optional().describe("stress over the part by which a slice of the bed shortens"),
      modulus_sd_log: z.number().min(0).max(2).optional(),
      wall_friction: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("friction at the wall times the stress that presses sideways, over that along the bed"),
      settled_kg_per_m3_bed: Positive.optional(),
      life_cycles: Positive.optional(),
      source: z.string().max(300).optional(),
    })
    .prefault({}),
  vessel: z
    .strictObject({
      rating_Pa: Positive.describe("above the pressure outside"),
      fittings_Pa: z.number().min(0).max(1e8).default(0).describe("what distributor, frits and piping take"),
    })
    .optional(),
  spread: z
    .strictObject({
      velocity_sd_fraction: z
        .tuple([z.number().gt(0).max(0.5), z.number().gt(0).max(0.5)])
        .describe(
          "a band: how much velocities differ over the cross-section, one standard deviation over the mean",
        ),
      source: z.string().max(300).optional(),
    })
    .optional(),
  cycle: z
    .strictObject({
      wash_bed_volumes: z.number().min(0).max(100).default(2),
      regeneration_excess: z
        .number()
        .min(0)
        .max(20)
        .default(0.2)
        .describe("presaturant let in beyond what the bed holds, over what it holds"),
      regeneration_mol_per_m3: Positive.optional().describe(
        "of the presaturant in its solution; as before the run where not stated",
      ),
    })
    .prefault({}),
  consumables: z.array(Consumable).max(40).optional(),
  permits: z.array(Permit).max(40).default([]),
  tanks: z
    .strictObject({ margin_fraction: z.number().min(0).max(10).default(0.2), height_m: Positive.default(3) })
    .prefault({}),
  floor: z.strictObject({ clearance_m: z.number().min(0).max(20).default(1) }).prefault({}),
  demand_kg_oxide_per_day: Positive.optional(),
  ladder: z
    .strictObject({
      particle_radii_m: z.array(Positive).min(1).max(20),
      lengths_m: z.array(Positive).min(1).max(20),
    })
    .optional(),
  samples: z.number().int().min(20).max(1000).default(100),
  cells: z.number().int().min(40).max(1000).default(160),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
});
export type ScaleUpInput = z.output<typeof ScaleUpInput>;

export interface ScaleUp {
  readonly input: ScaleUpInput;
  /** The column with what was calibrated in it. */
  readonly simulation: Omit<SimulationInput, "ask">;
  readonly read: Simulation;
  readonly names: readonly string[];
  readonly best: readonly number[];
  readonly sd_log: readonly number[];
  readonly root: readonly (readonly number[])[];
  readonly products: readonly string[];
}

/** Reads and checks what a scale-up sheet is made from; a refusal names the field. */
export function readScaleUp(json: unknown): Result<ScaleUp, ScaleUpRefusal> {
  const whole = readStrictly(ScaleUpInput, json);
  if (!whole.ok) return whole;
  const input = whole.value;
  const names = Object.keys(input.calibration?.parameters ?? {});
  const fitted = names.map((name) => input.calibration!.parameters[name]!);
  const stranger = strangerIn(input, names);
  if (stranger) return stranger;
  const root = rootOf(
    input.calibration?.correlation ?? names.map((_, i) => names.map((_, j) => (i === j ? 1 : 0))),
  );
  if (root === undefined || root.length !== names.length || root.some((row) => row.length !== names.length))
    return refuse(
      "input_malformed",
      "calibration.correlation",
      `correlations of the ${names.length} parameters with each other, in their order`,
    );
  const best = fitted.map((parameter) => parameter.best);
  const simulation = withParameters(input.simulation, names, best);
  const read = readSimulation({ ...simulation, ask: asked(simulation, input.cells) });
  if (!read.ok) return refuse(read.refusal.code, `simulation.${read.refusal.at}`, read.refusal.message);
  const missing = (["void_fraction", "particle_radius_m"] as const).find(
    (f) => simulation.bed[f] === undefined,
  );
  if (missing)
    return refuse(
      "transport_not_computable",
      `simulation.bed.${missing}`,
      `the pressure drop needs ${missing}`,
    );
  const [low, high] = input.spread?.velocity_sd_fraction ?? [1, 1];
  if (low > high)
    return refuse("input_malformed", "spread.velocity_sd_fraction", "the first is not above the second");
  const products = simulation.species.filter((s) => s.role === "product").map((s) => s.name);
  return done({
    ...{ input, simulation, read: read.value, names, best, root, products },
    sd_log: fitted.map((parameter) => parameter.sd_relative),
  });
}

/** What every run is asked: a fixed grid, so that draws differ by what was drawn alone. */
export function asked({ inlet }: Pick<SimulationInput, "inlet">, cells: number): SimulationInput["ask"] {
  const end = inlet.at(-1)?.until_s ?? 0;
  return { outlet_times_s: [end], cells };
}

const FITTED = [
  "capacity_mol_per_m3_bed",
  "film_coefficient_m_per_s",
  "axial_dispersion_m2_per_s",
  "dispersivity_m",
  "pore_diffusivity_m2_per_s",
];

function strangerIn(
  input: ScaleUpInput,
  names: readonly string[],
): Result<never, ScaleUpRefusal> | undefined {
  const species = input.simulation.species;
  for (const name of names) {
    const of = name.startsWith("affinity:") ? name.slice("affinity:".length) : undefined;
    const at = `calibration.parameters.${name}`;
    if (of === undefined && !FITTED.includes(name))
      return refuse("input_malformed", at, `${name} is not one of affinity:NAME, ${FITTED.join(", ")}`);
    if (of !== undefined && !species.some((s) => s.name === of))
      return refuse("species_unknown", at, `${of} is not among the species`);
  }
  for (const name of Object.keys(input.specifications)) {
    const found = species.find((s) => s.name === name);
    if (found?.role !== "product")
      return refuse("species_unknown", `specifications.${name}`, `${name} is not among the products`);
  }
  if (!species.some((s) => s.role === "product"))
    return refuse("species_unknown", "simulation.species", "no species is a product: nothing is made");
  return undefined;
}
