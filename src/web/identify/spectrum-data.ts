import { atom, identifyPiece, type PieceFit, type PieceIdentity, readSpectra } from "../../identify/index.ts";

export interface PlottedSpectrum {
  readonly energy_keV: readonly number[];
  /** Nothing at all has no place on a logarithmic scale. */
  readonly counts: readonly (number | null)[];
  readonly model: readonly (number | null)[];
  readonly background: readonly (number | null)[];
  /** Measured less fitted, in standard deviations of counting. */
  readonly residual: readonly number[];
}

export interface LineMark {
  readonly name: string;
  readonly energy_keV: number;
}

export interface ShownPiece {
  readonly identity: PieceIdentity;
  readonly plot: PlottedSpectrum;
  readonly marks: readonly LineMark[];
}

export type ReadPiece = { readonly id: string } & (
  | { readonly shown: ShownPiece }
  | { readonly refused: string }
);

const greek = (name: string): string => name.replace("a", "α").replace("b", "β");
const MARKED = new Set(["Ka1", "La1", "Lb1", "Kb1"]);
const marked_wt_pct = 0.3;

/** Every spectrum of a file, fitted here in the reader's own browser. */
export function piecesOf(text: string): readonly ReadPiece[] | string {
  const found = readSpectra(text);
  if (!found.ok) return `${found.refusal.at}: ${found.refusal.message}`;
  return found.value.map(({ id, line, spectrum }) => {
    const name = id || `spectrum ${line}`;
    if (!spectrum.ok) return { id: name, refused: `${spectrum.refusal.at}: ${spectrum.refusal.message}` };
    return { id: name, shown: shownOf(identifyPiece(spectrum.value)) };
  });
}

function shownOf({ identity, spectrum, fit }: PieceFit): ShownPiece {
  const seen = (value: number) => (value >= 0.3 ? value : null);
  const counts = [...spectrum.counts];
  return {
    identity,
    plot: {
      energy_keV: counts.map((_, i) => spectrum.e0_keV + (i + 0.5) * spectrum.step_keV),
      counts: counts.map(seen),
      model: Array.from(fit.model, seen),
      background: Array.from(fit.background, seen),
      residual: counts.map((count, i) => (count - fit.model[i]!) / Math.sqrt(Math.max(1, fit.model[i]!))),
    },
    marks: marksOf(identity),
  };
}

/** Lines of what was found, the most plentiful first, so that its names are the ones with room. */
function marksOf({ wt_pct, coat, fit }: PieceIdentity): readonly LineMark[] {
  const there = Object.entries(wt_pct)
    .flatMap(([element, found]) =>
      "best" in found && found.best >= marked_wt_pct ? [{ element, wt_pct: found.best }] : [],
    )
    .sort((a, b) => b.wt_pct - a.wt_pct)
    .map(({ element }) => element);
  const names = coat && !there.includes(coat.element) ? [coat.element, ...there] : there;
  return names.flatMap((element) =>
    atom(element)
      .lines.filter(({ name, energy_keV }) => MARKED.has(name) && energy_keV > 3.6)
      .map(({ name, energy_keV }) => ({
        name: `${element} ${greek(name).replace("1", "")}`,
        energy_keV: (1 + fit.gain_error) * energy_keV + fit.offset_eV / 1000,
      })),
  );
}
