import { z } from "zod";
import { done, type Refusal, type Result, readMass, refuse } from "../quantity/index.ts";

/** A name people give: of a lot, a party, a site. No spaces, so that it fits in a URL, a QR code and a file name. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, "1 to 64 letters, digits, dots, dashes, colons or underscores")
  // Names stand as fields of records, where these are taken.
  .refine((name) => !(name in {}), "a word that every record has for itself: choose another name")
  .describe("a name without spaces, such as L-0001");

/** Words of a person. Signs that turn the direction of writing would disguise what stands beside them. */
export const Text = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .refine(
    (text) => !/[\u202a-\u202e\u2066-\u2069]/.test(text),
    "it holds a sign that turns the direction of writing",
  );

/** A mass as the user works: "1,250.5 kg", "42 lb", or {value, unit}. A bare number is refused: units get mixed up. */
export const Mass = z
  .union([
    z.string().max(60),
    z.strictObject({ value: z.union([z.string().max(40), z.number()]), unit: z.string().max(20) }),
  ])
  .describe('a mass with its unit: "1250.5 kg", "42 lb", {"value": "1.2", "unit": "t"}');
export type Mass = z.infer<typeof Mass>;

/** An instant with its offset, such as 2026-03-02T14:00:00Z. */
export const Instant = z.iso
  .datetime({ offset: true })
  .describe("an instant, such as 2026-03-02T14:00:00Z")
  .meta({ title: "when" });

/** Moisture in percent, as decimal text. */
export const Moisture = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,6})?$/)
  .meta({ "x-unit": "%" });

export const UsZip = z
  .string()
  .regex(/^\d{5}(-\d{4})?$/, "a US ZIP code has five digits")
  .meta({ title: "ZIP code" });

/** Scalars only: queries travel in the query string. */
export const PageOf = {
  after: z.string().max(200).optional().describe("the `next` of the page before"),
  limit: z.coerce.number().int().min(1).max(500).default(50),
};

/** A clock may be off by this much before a time counts as in the future; until then it counts as now, so that nothing waits for it. */
const CLOCK_SLACK_MS = 5 * 60 * 1000;

/** An event time in UTC, or now where none is given. Refuses `date_in_future`. */
export function notInFuture(
  at: string | undefined,
  now: string,
  place = "at",
): Result<string, Refusal<"date_in_future">> {
  if (at === undefined) return done(now);
  const instant = Date.parse(at);
  if (instant > Date.parse(now) + CLOCK_SLACK_MS) {
    return refuse("date_in_future", place, `${at} has not happened yet; it is ${now}`);
  }
  return done(new Date(Math.min(instant, Date.parse(now))).toISOString());
}

/** Reads a mass that must be more than nothing. */
export function positiveMass(given: Mass, at: string) {
  const read = readMass(given as never, at);
  if (read.ok && read.value === 0) return refuse("mass_not_positive", at, "a mass here is more than zero");
  return read;
}
