import { z } from "zod";
import { K_90, normalAbove } from "../../quantity/index.ts";
import type { Grade } from "../grades.ts";

const Positive = z.number().positive().max(1e12);

export const PackingLimits = z.strictObject({
  asymmetry_min: Positive.optional().describe("0.8 where not stated"),
  asymmetry_max: Positive.optional().describe("1.8 where not stated"),
  reduced_plate_height_max: Positive.optional().describe(
    "plate height over bead diameter; 5 where not stated",
  ),
  plates_per_m_min: Positive.optional(),
  plates_by: z
    .enum(["half_height", "moments"])
    .default("half_height")
    .describe("which plates the limits are about; published ones are about half the height"),
  probability_min: z
    .number()
    .gt(0.5)
    .lt(1)
    .default(0.95)
    .describe("how sure it must be that a limit is kept"),
});
export type PackingLimits = z.output<typeof PackingLimits>;

/** A value with one standard uncertainty, and the interval that holds it in nine of ten, of a value that is above 0. */
export interface Known {
  readonly best: number;
  readonly sd: number;
  readonly interval_90: readonly [number, number];
}

export function known(best: number, sd: number): Known {
  const reach = Math.exp((K_90 * sd) / Math.abs(best));
  return { best, sd, interval_90: [best / reach, best * reach] };
}

interface Limit {
  readonly name: "asymmetry" | "reduced_plate_height" | "plates_per_m";
  readonly min: number | null;
  readonly max: number | null;
  readonly source: string;
  /** Null where the caller states the limit. */
  readonly grade: Grade | null;
}

export interface Check extends Limit {
  readonly value: Known;
  readonly probability_within: number;
  readonly verdict: "met" | "not_met" | "not_sure";
}

const ASYMMETRY = {
  ...{ min: 0.8, max: 1.8, grade: "S" as const },
  source:
    "Astrea Bioseparations, Guidelines for performance testing of packed columns (porous media, at 10 % height)",
};
const PLATE_HEIGHT = {
  ...{ max: 5, grade: "S" as const },
  source:
    "bioprocesstools.com, Chromatography column packing: 2 to 5 bead diameters for a well packed column",
};
const STATED = { source: "stated with the test", grade: null };

/** The limits that a test is held to, each with where it comes from. */
function limitsOf(given: PackingLimits): Limit[] {
  const { asymmetry_min, asymmetry_max, reduced_plate_height_max, plates_per_m_min } = given;
  const asymmetry = asymmetry_min === undefined && asymmetry_max === undefined ? ASYMMETRY : STATED;
  const { source, grade } = reduced_plate_height_max === undefined ? PLATE_HEIGHT : STATED;
  return [
    {
      ...{ name: "asymmetry", source: asymmetry.source, grade: asymmetry.grade },
      ...{ min: asymmetry_min ?? ASYMMETRY.min, max: asymmetry_max ?? ASYMMETRY.max },
    },
    {
      name: "reduced_plate_height",
      min: null,
      max: reduced_plate_height_max ?? PLATE_HEIGHT.max,
      source,
      grade,
    },
    ...(plates_per_m_min === undefined
      ? []
      : [{ name: "plates_per_m" as const, min: plates_per_m_min, max: null, ...STATED }]),
  ];
}

/** Each limit against its value: met or not only where that is as sure as asked. */
export function checksOf(limits: PackingLimits, values: Readonly<Record<Limit["name"], Known>>): Check[] {
  return limitsOf(limits).map((limit) => {
    const value = values[limit.name];
    const above = (bound: number) => normalAbove((bound - value.best) / Math.max(value.sd, Number.MIN_VALUE));
    const probability_within =
      (limit.min === null ? 1 : above(limit.min)) - (limit.max === null ? 0 : above(limit.max));
    const { probability_min } = limits;
    const sure = probability_within >= probability_min;
    const surely_not = probability_within <= 1 - probability_min;
    return {
      ...limit,
      value,
      probability_within,
      verdict: sure ? "met" : surely_not ? "not_met" : "not_sure",
    };
  });
}
