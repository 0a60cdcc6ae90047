import { z } from "zod";
import { ATOMIC_WEIGHTS, type Element, isElement, readOxide, TRADED_OXIDE } from "../../chemistry/index.ts";
import { done, type Result, readStrictly, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import type { Plant, PlantSpecies } from "./problem.ts";

const Positive = z.number().positive().max(1e9);
const Share = z.number().gt(0).lt(1);

export const DesignRequest = z.strictObject({
  id: z.string().max(200).optional(),
  feed: z
    .strictObject({
      mole_fractions: z
        .record(z.string().min(1).max(60), Share)
        .describe("of the species to be separated; adds up to 1"),
      sd: z
        .record(z.string(), z.number().min(0).max(0.5))
        .optional()
        .describe("standard uncertainty of each mole fraction"),
      mol_per_day: Positive.optional().describe("fresh feed, for the number of columns"),
    })
    .describe("what is fed, in mol of exchange units"),
  affinities: z
    .record(z.string(), Positive)
    .describe("larger is kept longer by the resin; only ratios count. Of every species of the feed"),
  affinities_sd_log: z
    .record(z.string(), z.number().min(0).max(2))
    .optional()
    .describe("standard uncertainty of ln affinity"),
  ligand: z
    .strictObject({ name: z.string().max(60).optional(), normality_mol_per_m3: Positive })
    .describe("the displacing ligand"),
  presaturant: z
    .strictObject({ name: z.string().min(1).max(60), affinity: Positive.optional() })
    .default({ name: "Cu" })
    .describe("ahead of the train; 40 times less kept than the first species where not stated"),
  displacer: z
    .strictObject({ name: z.string().min(1).max(60), affinity: Positive.optional() })
    .default({ name: "Na" })
    .describe("behind the train; 40 times more kept than the last species where not stated"),
  bed: z.strictObject({
    length_m: Positive.optional().describe(
      "of every column; searched within length_bounds_m where not stated",
    ),
    length_bounds_m: z
      .tuple([Positive, Positive])
      .default([0.2, 3])
      .describe("what a hall can take; the first below the second"),
    diameter_m: Positive.optional(),
    void_fraction: Share,
    particle_porosity: Share,
    particle_radius_m: Positive,
    capacity_mol_per_m3_bed: Positive,
  }),
  fluid: z
    .strictObject({
      viscosity_Pa_s: Positive.default(1e-3),
      density_kg_per_m3: Positive.default(1000),
      diffusivity_m2_per_s: Positive.default(5e-10),
      pore_diffusivity_m2_per_s: Positive.default(1e-10),
    })
    .prefault({}),
  specifications: z
    .record(
      z.string(),
      z.strictObject({
        purity_min: z.number().gt(0.5).lt(1),
        impurities_ppm_max: z.record(z.string(), z.number().positive().max(1e6)).default({}),
        basis: z.enum(["oxide_mass", "mole"]).default("oxide_mass"),
      }),
    )
    .describe("of each product; a species without one is an impurity wherever it goes"),
  targets: z
    .strictObject({
      yield_min: Share.default(0.99),
      pressure_Pa_max: Positive.default(1e6),
    })
    .prefault({}),
  time: z
    .strictObject({
      wash_bed_volumes: z.number().min(0).max(100).default(2),
      regeneration_s: z.number().min(0).max(1e7).default(3600),
    })
    .prefault({})
    .describe(
      "what a cycle needs beside load and displacement; planning values, to be replaced by the plant's own",
    ),
  zones: z.union([z.literal(1), z.literal(2)]).default(2),
  recycle: z.boolean().default(true).describe("rejected cuts of a column go back into its next load"),
  superficial_velocity_m_per_s: Positive.optional().describe("kept as given instead of searched"),
  error_l1_max: z
    .number()
    .min(1e-4)
    .max(0.05)
    .default(1e-3)
    .describe("of every column of the final simulation"),
  pareto: z
    .number()
    .int()
    .min(2)
    .max(12)
    .optional()
    .describe("plants of which none beats another in productivity, ligand and least yield at once"),
  doubt: z
    .strictObject({
      samples: z.number().int().min(20).max(2000).default(200),
      error_l1_max: z.number().min(1e-3).max(0.1).default(0.02),
      capacity_sd_fraction: z.number().min(0).max(0.5).default(0.03),
      pore_diffusivity_sd_log: z.number().min(0).max(2).default(0.3),
    })
    .optional()
    .describe(
      "Monte Carlo over feed, affinities, capacity and pore diffusivity, with the cut times of the design",
    ),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  start_shift: z
    .array(z.number().min(-3).max(3))
    .max(4)
    .default([])
    .describe("moves the start of the search, in its first steps"),
});
export type DesignRequest = z.infer<typeof DesignRequest>;

export interface DesignAsked {
  readonly request: DesignRequest;
  readonly plant: Plant;
}

/** How far outside the train presaturant and displacer stand where nothing is stated: enough not to touch its inner fronts. */
const OUTSIDE = 40;

/** Reads a design request; a refusal names the field. */
export function readDesign(json: unknown): Result<DesignAsked, ColumnRefusal> {
  const read = readStrictly(DesignRequest, json);
  if (!read.ok) return read;
  const request = read.value;
  const names = Object.keys(request.feed.mole_fractions);
  if (names.length < 2)
    return refuse("design_impossible", "feed.mole_fractions", "one species alone needs no separation");
  if (names.length > 12)
    return refuse("feed_malformed", "feed.mole_fractions", "more than 12 species are not designed for");
  const sum = Object.values(request.feed.mole_fractions).reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-3)
    return refuse("feed_malformed", "feed.mole_fractions", `they add up to ${sum.toPrecision(6)}, not 1`);
  const [shortest, longest] = request.bed.length_bounds_m;
  if (!(shortest < longest))
    return refuse("input_malformed", "bed.length_bounds_m", "the first is below the second");
  const stranger = strangerIn(request, names);
  if (stranger) return stranger;
  const species = names.map((name) => speciesOf(request, name, sum)).sort((a, b) => a.affinity - b.affinity);
  const close = species.findIndex((s, i) => i > 0 && s.affinity < 1.02 * species[i - 1]!.affinity);
  if (close > 0) {
    const [a, b] = [species[close - 1]!, species[close]!];
    return refuse(
      "design_impossible",
      `affinities.${b.name}`,
      `${a.name} and ${b.name} differ by less than 2 %: no length separates them`,
      {
        selectivity: b.affinity / a.affinity,
      },
    );
  }
  const first = species[0]!.affinity;
  const last = species.at(-1)!.affinity;
  const presaturant = {
    name: request.presaturant.name,
    affinity: request.presaturant.affinity ?? first / OUTSIDE,
  };
  const displacer = { name: request.displacer.name, affinity: request.displacer.affinity ?? last * OUTSIDE };
  if (presaturant.affinity >= first)
    return refuse("design_impossible", "presaturant.affinity", "it must be kept less than every species");
  if (displacer.affinity <= last)
    return refuse("design_impossible", "displacer.affinity", "it must be kept more than every species");
  const { length_m: _length, length_bounds_m: _bounds, diameter_m: _diameter, ...bed } = request.bed;
  return done({
    request,
    plant: {
      species,
      normality_mol_per_m3: request.ligand.normality_mol_per_m3,
      bed,
      fluid: request.fluid,
      presaturant,
      displacer,
      time: request.time,
    },
  });
}

function strangerIn(
  request: DesignRequest,
  names: readonly string[],
): Result<never, ColumnRefusal> | undefined {
  const missing = names.find((name) => request.affinities[name] === undefined);
  if (missing)
    return refuse("input_malformed", `affinities.${missing}`, `the affinity of ${missing} is not stated`);
  const lists: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["specifications", request.specifications],
    ["feed.sd", request.feed.sd ?? {}],
    ["affinities_sd_log", request.affinities_sd_log ?? {}],
  ];
  for (const [at, list] of lists) {
    const unknown = Object.keys(list).find((name) => !names.includes(name));
    if (unknown) return refuse("species_unknown", `${at}.${unknown}`, `${unknown} is not in the feed`);
  }
  for (const [name, { impurities_ppm_max }] of Object.entries(request.specifications)) {
    const unknown = Object.keys(impurities_ppm_max).find((i) => !names.includes(i) || i === name);
    if (unknown) {
      return refuse(
        "species_unknown",
        `specifications.${name}.impurities_ppm_max.${unknown}`,
        `${unknown} is no other species of the feed`,
      );
    }
  }
  if (Object.keys(request.specifications).length === 0)
    return refuse("target_out_of_range", "specifications", "nothing is asked for: name at least one product");
  const taken = [request.presaturant.name, request.displacer.name].find((name) => names.includes(name));
  if (taken) return refuse("species_named_twice", "presaturant.name", `${taken} stands in the feed too`);
  return undefined;
}

function speciesOf(request: DesignRequest, name: string, sum: number): PlantSpecies {
  return {
    name,
    mole_fraction: request.feed.mole_fractions[name]! / sum,
    affinity: request.affinities[name]!,
    specification: request.specifications[name],
    product_g_per_mol: oxide_g_per_mol(name),
  };
}

/** Grams of traded oxide that hold one mol of the element; a species that is no element is sold by its own mol, as 1 g. */
export function oxide_g_per_mol(name: string): number {
  const formula = TRADED_OXIDE[name];
  const oxide = formula === undefined ? undefined : readOxide(formula);
  if (isElement(name) && oxide?.ok)
    return Number(ATOMIC_WEIGHTS[name as Element]) / oxide.value.metalFraction.toNumber();
  return 1;
}
