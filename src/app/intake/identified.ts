import { identifyLine, lotTotals, magnetFamily } from "../../identify/index.ts";
import type { Identified, Line, ManifestLine } from "../../intake/index.ts";
import type { Measured } from "../../quantity/index.ts";

/** What intake keeps of an identification. A quantity the manifest states comes before one read out of the text. */
export function identified(text: string, stated: number | null): Identified {
  const found = identifyLine(text);
  const quantity = stated ?? found.quantity;
  const scale = quantity / found.quantity;
  const elements_g = Object.fromEntries(
    Object.entries(found.elements_g).map(([element, { best, lo90, hi90 }]) => [
      element,
      { best: best * scale, lo90: lo90 * scale, hi90: hi90 * scale },
    ]),
  );
  return {
    class: found.class,
    p: found.p,
    prior_class: found.prior_class,
    family: magnetFamily(found),
    quantity,
    candidates: found.candidates.slice(0, 3),
    elements_g,
    evidence: found.evidence,
  };
}

export const identifiedLine = (line: ManifestLine): Omit<ManifestLine, "quantity"> & Identified => ({
  ...line,
  ...identified(line.text, line.quantity),
});

/** Element totals of lines in whole milligrams, with doubt by shared cause. The seed follows from the consignment. */
export function contentsOf(
  lines: readonly Line[],
  seed: number,
): { elements_mg: Record<string, Measured>; magnets_g: number } {
  const units = lines.map(({ family, prior_class, quantity }) => ({ family, prior_class, count: quantity }));
  const totals = lotTotals({ units, seed });
  const elements_mg: Record<string, Measured> = {};
  for (const [element, { best_g }] of Object.entries(totals.elements)) {
    const moves: Record<string, number> = {};
    for (const { cause, move_g } of totals.moves) {
      const move = (move_g[element] ?? 0) * 1000;
      if (move !== 0) moves[cause] = move;
    }
    const best = Math.round(best_g * 1000);
    if (best > 0 || Object.keys(moves).length > 0) elements_mg[element] = { best, moves };
  }
  return { elements_mg, magnets_g: totals.magnet_mass.best_g };
}
