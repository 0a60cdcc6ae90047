import { z } from "zod";
import { type FoundSpectrum, identifyPiece, readSpectra } from "../../identify/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { calculation } from "../core/use-case.ts";

/** A made-up steel: one peak of iron on nothing, enough to show the form. */
const exampleCounts = (): number[] =>
  Array.from({ length: 2075 }, (_, i) => {
    const energy_keV = 3.5 + (i + 0.5) * 0.02;
    const peak = (at: number, height: number) => height * Math.exp(-0.5 * ((energy_keV - at) / 0.062) ** 2);
    return Math.round(peak(6.4, 5000) + peak(7.058, 700));
  });

export const xrf = calculation({
  room: "identify",
  verb: "xrf",
  summary:
    "Identify pieces from X-ray fluorescence spectra: material, wt% with 90 % intervals, coat; JSON lines, Amptek MCA or EMSA/MAS.",
  raw: "text",
  rows: true,
  input: z.strictObject({ text: z.string() }),
  example: {
    text: `${JSON.stringify({ id: "SAMPLE-STEEL", kv: 50, e0_keV: 3.5, step_keV: 0.02, counts: exampleCounts() })}\n`,
  },
  async compute(_ports, { text }) {
    const found = readSpectra(text);
    if (!found.ok) return found;
    const first = found.value[0];
    // A file of which nothing can be read is refused; among others a bad spectrum is refused in its place.
    if (first && !first.spectrum.ok && found.value.every(({ spectrum }) => !spectrum.ok)) {
      const { code, at, message } = first.spectrum.refusal;
      return refuse(code, at, message);
    }
    return done(found.value.map(pieceOf));
  },
});

const pieceOf = ({ id, line, spectrum }: FoundSpectrum) =>
  spectrum.ok ? identifyPiece(spectrum.value).identity : { id, line, refusal: spectrum.refusal };
