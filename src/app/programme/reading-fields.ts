import { z } from "zod";
import { Mass, Text } from "../../contract/fields.ts";
import { inUnit, OwnReference, titled } from "../../contract/identifiers.ts";
import type { Calibration, Sd, SdForm } from "../../programme/index.ts";
import { done, type Refusal, type Result, readMass, refuse } from "../../quantity/index.ts";

export const Relative = z.strictObject({
  relative: z
    .string()
    .regex(/^0?\.\d{1,12}$/)
    .describe("of the reading, such as 0.0002"),
});

/** A standard uncertainty of weighings: a mass, relative to the reading, or by range. */
export const SdFormField = z
  .union([
    Mass,
    Relative,
    z
      .array(z.strictObject({ from: Mass, to: Mass, sd: z.union([Mass, Relative]) }))
      .min(1)
      .max(50),
  ])
  .describe("a mass, {relative}, or by range");

const Day = z.iso.date();

export const CalibrationFields = z
  .strictObject({
    certificate: OwnReference(Text, "certificate of calibration"),
    from: titled(Day, "calibrated on"),
    to: titled(Day, "holds until"),
  })
  .describe("readings share their bias from one calibration to the next");

/** A content in mg/kg, as decimal text. */
export const MgPerKg = inUnit(
  z.string().regex(/^\d{1,7}(\.\d{1,6})?$/, "decimal text, such as 224600 or 0.5"),
  "mg/kg",
);

/** A standard uncertainty of a laboratory's readings: in mg/kg, relative to the reading, or by range of the content. */
export const ContentSdField = z
  .union([
    Relative,
    MgPerKg,
    z
      .array(z.strictObject({ from: MgPerKg, to: MgPerKg, sd: z.union([MgPerKg, Relative]) }))
      .min(1)
      .max(50),
  ])
  .describe("mg/kg, {relative}, or by range of the content");

type FormGiven = z.infer<typeof SdFormField> | z.infer<typeof ContentSdField>;

/** How a figure is read that is not relative, such as a mass. */
type ReadFigure<R extends Refusal> = (given: unknown, at: string) => Result<number, R>;

const isRelative = (given: unknown): given is z.infer<typeof Relative> =>
  typeof given === "object" && given !== null && "relative" in given;

const readAnyMass = (given: unknown, at: string) => readMass(given as never, at);

/** A content is decimal text already; none is more than the whole. */
const readContent = (given: unknown, at: string): Result<number, Refusal<"reading_unreadable">> =>
  Number(given) <= 1e6
    ? done(Number(given))
    : refuse("reading_unreadable", at, "a content is at most 1,000,000 mg/kg");

function sdOf<R extends Refusal>(given: unknown, at: string, read: ReadFigure<R>) {
  if (isRelative(given)) return done<Sd>({ relative: Number(given.relative) });
  const figure = read(given, at);
  return figure.ok ? done<Sd>({ sd: figure.value }) : figure;
}

function formOf<R extends Refusal>(given: FormGiven, at: string, read: ReadFigure<R>) {
  if (!Array.isArray(given)) return sdOf(given, at, read);
  const ranges: (Sd & { from: number; to: number })[] = [];
  for (const [i, range] of given.entries()) {
    const sd = sdOf(range.sd, `${at}[${i}].sd`, read);
    if (!sd.ok) return sd;
    const from = read(range.from, `${at}[${i}].from`);
    if (!from.ok) return from;
    const to = read(range.to, `${at}[${i}].to`);
    if (!to.ok) return to;
    if (to.value <= from.value)
      return refuse("range_reversed", `${at}[${i}]`, "a range ends above where it begins");
    ranges.push({ from: from.value, to: to.value, ...sd.value });
  }
  return done<SdForm>(ranges);
}

/** A standard uncertainty as it was stated, masses in milligrams. Refusals: of the masses, range_reversed. */
export const sdFormOf = (given: z.infer<typeof SdFormField>, at: string) => formOf(given, at, readAnyMass);

/** A laboratory's standard uncertainty as it was stated, in mg/kg. Refusals: reading_unreadable, range_reversed. */
export const contentSdOf = (given: z.infer<typeof ContentSdField>, at: string) =>
  formOf(given, at, readContent);

/** A calibration as it was stated; refused where it ends before it begins (`range_reversed`). */
export const calibrationOf = (
  given: z.infer<typeof CalibrationFields>,
): Result<Calibration, Refusal<"range_reversed">> =>
  given.to < given.from
    ? refuse("range_reversed", "calibration.to", "a calibration holds for a while after it was made")
    : done(given);
