import { done, isFreeText, nearest, type Refusal, type Result, refuse } from "../../quantity/index.ts";

/** Counts over energy; channel i covers `e0_keV + i * step_keV` to one step more. */
export interface Spectrum {
  readonly id: string;
  readonly tube_kV: number;
  readonly e0_keV: number;
  readonly step_keV: number;
  readonly counts: Float64Array;
}

export type SpectrumRefusal = Refusal<
  | "not_an_object"
  | "field_missing"
  | "not_a_number"
  | "negative_counts"
  | "empty_spectrum"
  | "channels_missing"
  | "field_unknown"
  | "calibration_missing"
  | "saturated"
  | "format_unknown"
>;

const no = (code: SpectrumRefusal["code"], at: string, message: string) => refuse(code, at, message);

const counts_most = 1e12;
const channels_least = 128;
const channels_most = 65_536;
/** A spectrum that ends below this share of the tube's voltage has lost its upper channels. */
const reach_of_tube = 0.85;
/** It begins below the L lines of lanthanum and the K lines of chromium. */
const begins_below_keV = 4.6;
/** Below it air and window let little through, and the lines of light elements and the noise lie there. */
const fitted_from_keV = 3.5;
/** So many counts make a composition worth stating. */
const counts_least = 2000;
/** So many equal channels in a row at the top, of more than this many counts, are a counter at its end. */
const flat_top_channels = 4;
const flat_top_counts = 200;

/** What a spectrum may state; its filter is kept with it and not read. */
const FIELDS = ["id", "counts", "e0_keV", "step_keV", "kv", "channels", "filter"];

/** Refuses what is no spectrum, or not a whole one, by the field at fault. */
export function readSpectrum(given: unknown, at = ""): Result<Spectrum, SpectrumRefusal> {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return no("not_an_object", at || "spectrum", "a spectrum is an object with counts and an energy scale");
  const row = given as Readonly<Record<string, unknown>>;
  const place = (field: string) => (at ? `${at}.${field}` : field);
  const strange = Object.keys(row).find((name) => !FIELDS.includes(name) && !isFreeText(name));
  if (strange !== undefined) {
    const near = nearest(strange, FIELDS);
    const hint = near ? `did you mean ${near}?` : `known are ${FIELDS.join(", ")}`;
    return no("field_unknown", place(strange), `there is no field "${strange.slice(0, 60)}" here; ${hint}`);
  }
  if (!Array.isArray(row["counts"]))
    return no("field_missing", place("counts"), "counts is a list of numbers, one a channel");
  for (const field of ["e0_keV", "step_keV"])
    if (row[field] === undefined || row[field] === null)
      return no("calibration_missing", place(field), `${field} says where the channels lie`);
  for (const field of ["e0_keV", "step_keV", "kv"])
    if (row[field] !== undefined && (typeof row[field] !== "number" || !Number.isFinite(row[field])))
      return no("not_a_number", place(field), `${field} is a finite number`);
  const [e0_keV, step_keV] = [row["e0_keV"] as number, row["step_keV"] as number];
  if (!(step_keV > 0 && step_keV < 0.2))
    return no(
      "calibration_missing",
      place("step_keV"),
      "channels are wider than 0 and narrower than 0.2 keV",
    );
  const tube_kV = (row["kv"] as number | undefined) ?? 50;
  if (!(tube_kV >= 15 && tube_kV <= 60)) return no("not_a_number", place("kv"), "kv is from 15 to 60");
  const stated = row["channels"];
  if (stated !== undefined && stated !== row["counts"].length)
    return no(
      "channels_missing",
      place("counts"),
      `${row["counts"].length} channels, and ${String(stated)} are stated`,
    );
  const counts = countsOf(row["counts"], place("counts"));
  if (!counts.ok) return counts;
  const id = row["id"] === undefined ? "" : String(row["id"]);
  return whole({ id, tube_kV, e0_keV, step_keV, counts: counts.value }, place("counts"));
}

function countsOf(given: readonly unknown[], at: string): Result<Float64Array, SpectrumRefusal> {
  if (given.length < channels_least || given.length > channels_most)
    return no(
      "channels_missing",
      at,
      `${given.length} channels; a spectrum has ${channels_least} to ${channels_most}`,
    );
  const counts = new Float64Array(given.length);
  for (const [i, value] of given.entries()) {
    if (typeof value !== "number" || !Number.isFinite(value) || value > counts_most)
      return no("not_a_number", `${at}[${i}]`, "a count is a finite number");
    if (value < 0) return no("negative_counts", `${at}[${i}]`, "a count is not negative");
    counts[i] = value;
  }
  return done(counts);
}

/** What the fit looks at: from below the L lines of the rare earths to the voltage of the tube. */
export function fittedPart(spectrum: Spectrum): Spectrum {
  const { counts, e0_keV, step_keV, tube_kV } = spectrum;
  const from = Math.max(0, Math.round((fitted_from_keV - e0_keV) / step_keV));
  const to = Math.min(counts.length, Math.round((tube_kV - e0_keV) / step_keV));
  return { ...spectrum, e0_keV: e0_keV + from * step_keV, counts: counts.slice(from, to) };
}

function whole(spectrum: Spectrum, at: string): Result<Spectrum, SpectrumRefusal> {
  const { counts, e0_keV, step_keV, tube_kV } = spectrum;
  const end_keV = e0_keV + counts.length * step_keV;
  if (e0_keV > begins_below_keV || end_keV < reach_of_tube * tube_kV || end_keV > 3 * tube_kV)
    return no(
      "channels_missing",
      at,
      `${counts.length} channels reach from ${e0_keV} to ${end_keV.toFixed(2)} keV; with a tube at ${tube_kV} kV they reach from below ${begins_below_keV} to ${(reach_of_tube * tube_kV).toFixed(1)} keV or beyond`,
    );
  let sum = 0;
  let most = 0;
  for (const value of counts) {
    sum += value;
    if (value > most) most = value;
  }
  if (sum < counts_least)
    return no("empty_spectrum", at, `${sum} counts in all; at least ${counts_least} are needed`);
  let flat = 0;
  for (const value of counts) {
    flat = value === most ? flat + 1 : 0;
    if (flat >= flat_top_channels && most >= flat_top_counts)
      return no(
        "saturated",
        at,
        `a peak is cut off at ${most} counts: measure with less current or a filter`,
      );
  }
  return done(spectrum);
}
