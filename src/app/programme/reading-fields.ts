import { z } from "zod";
import { Mass, positiveMass, Text } from "../../contract/fields.ts";
import { OwnReference, titled } from "../../contract/identifiers.ts";
import type { Calibration, Sd, SdForm } from "../../programme/index.ts";
import { done, type Refusal, type Result, readMass, refuse } from "../../quantity/index.ts";

const Relative = z.strictObject({
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

type SdGiven = z.infer<typeof Mass> | z.infer<typeof Relative>;
type FormGiven = z.infer<typeof SdFormField>;

const isRelative = (given: unknown): given is z.infer<typeof Relative> =>
  typeof given === "object" && given !== null && "relative" in given;

function sdOf(given: SdGiven, at: string) {
  if (isRelative(given)) return done<Sd>({ relative: Number(given.relative) });
  const read = readMass(given as never, at);
  return read.ok ? done<Sd>({ sd: read.value }) : read;
}

/** A standard uncertainty as it was stated, masses in milligrams. Refusals: of the masses, range_reversed. */
export function sdFormOf(given: FormGiven, at: string) {
  if (!Array.isArray(given)) return sdOf(given as SdGiven, at);
  const ranges: (Sd & { from: number; to: number })[] = [];
  for (const [i, range] of given.entries()) {
    const sd = sdOf(range.sd, `${at}[${i}].sd`);
    if (!sd.ok) return sd;
    const from = readMass(range.from as never, `${at}[${i}].from`);
    if (!from.ok) return from;
    const to = positiveMass(range.to, `${at}[${i}].to`);
    if (!to.ok) return to;
    if (to.value <= from.value)
      return refuse("range_reversed", `${at}[${i}]`, "a range ends above where it begins");
    ranges.push({ from: from.value, to: to.value, ...sd.value });
  }
  return done<SdForm>(ranges);
}

/** A calibration as it was stated; refused where it ends before it begins (`range_reversed`). */
export const calibrationOf = (
  given: z.infer<typeof CalibrationFields>,
): Result<Calibration, Refusal<"range_reversed">> =>
  given.to < given.from
    ? refuse("range_reversed", "calibration.to", "a calibration holds for a while after it was made")
    : done(given);
