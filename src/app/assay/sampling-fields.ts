import { z } from "zod";
import { type ContentSd, GRADINGS, type Grain, type Sampling } from "../../assay/index.ts";
import { Mass, positiveMass } from "../../contract/fields.ts";
import { ElementSymbol, inUnit, titled } from "../../contract/identifiers.ts";
import type { Lot } from "../../ledger/index.ts";
import { done } from "../../quantity/index.ts";
import { MgPerKg, Relative } from "../programme/reading-fields.ts";

const ByElement = <S extends z.ZodType>(value: S) => z.record(ElementSymbol(z.string().max(3)), value);
const Contents = ByElement(z.union([Relative, MgPerKg]));
const Millimetres = inUnit(z.number().positive().max(1000), "mm");
const Density = inUnit(z.number().positive().max(30), "g/cm3");

const GrainField = z
  .strictObject({
    top_mm: titled(Millimetres, "top size").describe("the sieve that 95 % of the mass passes"),
    grading: z
      .enum(GRADINGS)
      .optional()
      .describe("how far apart the sizes of its grains are; unsized where left out"),
    liberation_mm: titled(Millimetres, "liberation size")
      .optional()
      .describe("grain below which what bears the elements is free; free as it is where left out"),
    g_per_cm3: titled(Density, "density of bearing grains"),
    rest_g_per_cm3: titled(Density, "density of the rest").optional(),
    bearing_mg_per_kg: inUnit(ByElement(z.number().positive().max(1e6)), "mg/kg").describe(
      "what the grains that bear an element hold of it",
    ),
    divided_mm: titled(Millimetres, "top size when divided")
      .optional()
      .describe("where it was ground before"),
  })
  .describe("grain and grade of the lot: what no sample of single grains avoids");

/** What is known of a sample against its lot, beside what laboratories err by. */
export const SamplingFields = {
  sampling_sd: titled(Contents, "doubt of the sample")
    .optional()
    .describe("standard uncertainty of the sample against its lot, by element: {relative}, or mg/kg"),
  increment_sd: titled(Contents, "doubt of one increment")
    .optional()
    .describe(
      "standard deviation between increments, by element; of n increments the sample errs by its nth root",
    ),
  grain: GrainField.optional(),
  mass: titled(Mass, "mass of all increments").optional(),
  moisture_sd_pct: inUnit(z.string().regex(/^\d{1,2}(\.\d{1,6})?$/), "%")
    .optional()
    .describe("standard uncertainty of the sample's moisture against the lot's, in percentage points"),
};

type Given = z.infer<z.ZodObject<typeof SamplingFields>>;

const sdsOf = (given: NonNullable<Given["sampling_sd"]>): Record<string, ContentSd> =>
  Object.fromEntries(
    Object.entries(given).map(([element, sd]) => [
      element,
      typeof sd === "string" ? { mg_per_kg: Number(sd) } : { relative: Number(sd.relative) },
    ]),
  );

/** What was stated of the sampling, in the units of the books; nothing where nothing was. */
export function samplingOf(
  given: Given,
  { lot, portions }: { readonly lot: Lot | undefined; readonly portions: readonly { mass_mg?: number }[] },
) {
  const { sampling_sd, increment_sd, grain, mass, moisture_sd_pct } = given;
  if (Object.values(given).every((field) => field === undefined)) return done(undefined);
  const read = mass === undefined ? undefined : positiveMass(mass, "mass");
  if (read && !read.ok) return read;
  const weighed = portions.every((portion) => portion.mass_mg !== undefined);
  const parts_mg = portions.reduce((total, portion) => total + (portion.mass_mg ?? 0), 0);
  const mass_mg = read ? read.value : weighed ? parts_mg : undefined;
  return done<Sampling>({
    ...(sampling_sd ? { sampling_sd: sdsOf(sampling_sd) } : {}),
    ...(increment_sd ? { increment_sd: sdsOf(increment_sd) } : {}),
    ...(grain ? { grain: grainOf(grain) } : {}),
    ...(mass_mg === undefined ? {} : { mass_mg }),
    lot_mg: lot?.mass_mg.best ?? 0,
    ...(moisture_sd_pct === undefined ? {} : { moisture_sd_pct: Number(moisture_sd_pct) }),
  });
}

/** Of a rest whose density nobody stated, grains weigh alike. */
function grainOf({
  grading = "unsized",
  rest_g_per_cm3,
  liberation_mm,
  divided_mm,
  ...grain
}: z.infer<typeof GrainField>): Grain {
  return {
    ...grain,
    grading,
    rest_g_per_cm3: rest_g_per_cm3 ?? grain.g_per_cm3,
    ...(liberation_mm === undefined ? {} : { liberation_mm }),
    ...(divided_mm === undefined ? {} : { divided_mm }),
  };
}
