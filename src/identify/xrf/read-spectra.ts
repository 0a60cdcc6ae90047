import { done, type Result, refuse } from "../../quantity/index.ts";
import { readEmsa, readMca } from "./instrument-files.ts";
import { readSpectrum, type Spectrum, type SpectrumRefusal } from "./spectrum.ts";

const spectra_most = 10_000;

/** One spectrum of a file, or why it is none. */
export interface FoundSpectrum {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly id: string;
  readonly spectrum: Result<Spectrum, SpectrumRefusal>;
}

/**
 * The spectra of a text: one JSON object a line, an Amptek MCA file, or an EMSA/MAS file, told apart by how they begin.
 */
export function readSpectra(text: string): Result<readonly FoundSpectrum[], SpectrumRefusal> {
  const clean = text.replace(/^\uFEFF/, "");
  if (clean.trim() === "") return refuse("empty_spectrum", "text", "there is no spectrum in it");
  if (clean.includes("\u0000") || clean.includes("\uFFFD"))
    return refuse(
      "format_unknown",
      "text",
      "this is not text: a spectrum is JSON lines, Amptek MCA or EMSA/MAS",
    );
  const start = clean.trimStart();
  if (start.startsWith("<<PMCA SPECTRUM>>")) return one(readMca(clean), "");
  if (/^#\s*FORMAT/i.test(start)) return one(readEmsa(clean), "");
  if (!start.startsWith("{") && !start.startsWith("["))
    return refuse(
      "format_unknown",
      "text",
      "a spectrum is a JSON object a line, an Amptek MCA file (<<PMCA SPECTRUM>>) or an EMSA/MAS file (#FORMAT)",
    );
  const found: FoundSpectrum[] = [];
  for (const [i, line] of clean.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    if (found.length >= spectra_most)
      return refuse("format_unknown", `line ${i + 1}`, `more than ${spectra_most} spectra in one file`);
    found.push(jsonLine(line, i + 1));
  }
  return done(found);
}

/** Many programs write these into JSON, which has no such words; the channel is then refused by its place. */
const NO_NUMBER = /([,[:]\s*)-?(?:NaN|Infinity)(?=\s*[,\]}])/g;

function jsonLine(line: string, number: number): FoundSpectrum {
  let given: unknown;
  try {
    given = JSON.parse(line.replace(NO_NUMBER, "$1null"));
  } catch {
    const spectrum = refuse("not_an_object", `line ${number}`, "this line is not JSON") as Result<
      Spectrum,
      SpectrumRefusal
    >;
    return { line: number, id: "", spectrum };
  }
  const id =
    typeof given === "object" && given !== null && "id" in given ? String((given as { id: unknown }).id) : "";
  return { line: number, id, spectrum: readSpectrum(given, `line ${number}`) };
}

const one = (
  read: Result<unknown, SpectrumRefusal>,
  at: string,
): Result<FoundSpectrum[], SpectrumRefusal> => {
  if (!read.ok) return read;
  const spectrum = readSpectrum(read.value, at);
  return done([{ line: 1, id: spectrum.ok ? spectrum.value.id : "", spectrum }]);
};
