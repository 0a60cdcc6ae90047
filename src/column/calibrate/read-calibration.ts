import { z } from "zod";
import { done, type Refusal, type Result, readStrictly, refuse } from "../../quantity/index.ts";
import { SimulationInput } from "../input/schema.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type MeasuredCurve, readMeasuredCsv } from "./measured-csv.ts";
import { type FitParameter, readParameters } from "./parameters.ts";

export type CalibrationRefusal = Refusal<ColumnRefusal["code"] | "curve_malformed" | "fit_impossible">;

const Positive = z.number().positive().max(1e12);

export const CalibrationInput = z.strictObject({
  experiments: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100).optional(),
        simulation: SimulationInput.partial({ ask: true }),
        measured: z.union([
          z.strictObject({ csv: z.string().max(5e6) }),
          z.strictObject({
            time_s: z.array(z.number().min(0)).min(1).max(20_000),
            mol_per_m3: z.record(z.string(), z.array(z.number())),
          }),
        ]),
        error: z
          .strictObject({ absolute_mol_per_m3: Positive, relative: z.number().min(0).max(1).optional() })
          .optional(),
      }),
    )
    .min(1)
    .max(20),
  fit: z
    .array(
      z.strictObject({
        parameter: z.string().min(1).max(100),
        start: Positive.optional(),
        min: Positive.optional(),
        max: Positive.optional(),
        prior: z.strictObject({ best: Positive, sd_relative: z.number().positive().max(10) }).optional(),
      }),
    )
    .min(1)
    .max(8),
  cells: z.number().int().min(20).max(1000).optional(),
  profile: z
    .boolean()
    .default(false)
    .describe("intervals by profile likelihood beside those of first order; takes some ten times as long"),
});
export type CalibrationInput = z.infer<typeof CalibrationInput>;

export interface Experiment {
  readonly name: string;
  readonly simulation: Omit<SimulationInput, "ask">;
  readonly curve: MeasuredCurve;
  /** Standard deviation of a reading; assumed when the caller states none. */
  readonly error: { readonly absolute_mol_per_m3: number; readonly relative: number };
}

export interface Calibration {
  readonly experiments: readonly Experiment[];
  readonly parameters: readonly FitParameter[];
  readonly error_stated: boolean;
  readonly cells: number;
  readonly profile: boolean;
  readonly warnings: readonly string[];
}

/** Cells of the model while it is fitted; the answer tells what twice as many would change. */
const usual_cells = 100;
/** Weight of a reading when none is stated, of the largest reading; only ratios between curves follow from it. */
const assumed_error = 0.01;

/** Reads and checks a calibration; a refusal names the field, and in a CSV the row and column. */
export function readCalibration(json: unknown): Result<Calibration, CalibrationRefusal> {
  const whole = readStrictly(CalibrationInput, json);
  if (!whole.ok) return whole;
  const input = whole.value;
  const experiments: Experiment[] = [];
  for (const [i, given] of input.experiments.entries()) {
    const at = `experiments.${i}.measured`;
    const curve = "csv" in given.measured ? readMeasuredCsv(given.measured.csv, at) : done(given.measured);
    if (!curve.ok) return curve;
    const fault = faultOf(curve.value, given.simulation.species, at);
    if (fault) return fault;
    const largest = Math.max(...Object.values(curve.value.mol_per_m3).flat());
    const { absolute_mol_per_m3 = assumed_error * largest, relative = 0 } = given.error ?? {};
    if (!(absolute_mol_per_m3 > 0)) return refuse("curve_malformed", at, "nothing was measured above 0");
    experiments.push({
      name: given.name ?? `experiment ${i + 1}`,
      simulation: given.simulation,
      curve: curve.value,
      error: { absolute_mol_per_m3, relative },
    });
  }
  const stated = input.experiments.filter(({ error }) => error !== undefined).length;
  if (stated !== 0 && stated !== experiments.length)
    return refuse("input_malformed", "experiments", "state the error of every curve, or of none");
  const error_stated = stated > 0;
  const prior = input.fit.findIndex((given) => given.prior !== undefined);
  if (prior >= 0 && !error_stated)
    return refuse("input_malformed", `fit.${prior}.prior`, "a prior is weighed only against a stated error");
  const read = readParameters(input.fit, experiments);
  if (!read.ok) return read;
  const readings = experiments.reduce(
    (sum, { curve }) => sum + Object.values(curve.mol_per_m3).flat().length,
    0,
  );
  if (readings <= read.value.parameters.length)
    return refuse("fit_impossible", "fit", `${readings} readings cannot fix so many parameters`);
  return done({
    experiments,
    ...read.value,
    error_stated,
    cells: input.cells ?? usual_cells,
    profile: input.profile,
  });
}

/** What is wrong with a curve whose numbers could be read; noise below zero is not. */
function faultOf(curve: MeasuredCurve, species: readonly { name: string }[], at: string) {
  if (curve.time_s.length === 0) return refuse("curve_malformed", at, "the curve has no rows");
  const disorder = curve.time_s.findIndex((t, i) => i > 0 && t <= (curve.time_s[i - 1] ?? 0));
  if (disorder >= 0) return refuse("curve_malformed", `${at}.time_s.${disorder}`, "times rise");
  const columns = Object.entries(curve.mol_per_m3);
  if (columns.length === 0) return refuse("curve_malformed", at, "no species was measured");
  const least = -0.1 * Math.max(0, ...columns.flatMap(([, values]) => values));
  for (const [name, values] of columns) {
    if (!species.some((s) => s.name === name))
      return refuse("species_unknown", `${at} column ${name}`, `${name} is not among the species`);
    if (values.length !== curve.time_s.length)
      return refuse("curve_malformed", `${at} column ${name}`, "a reading for every time");
    const low = values.findIndex((value) => value < least);
    // Row 1 is the header.
    if (low >= 0)
      return refuse(
        "curve_malformed",
        `${at} row ${low + 2} column ${name}`,
        "further below 0 than a tenth of the largest reading",
      );
  }
  return undefined;
}
