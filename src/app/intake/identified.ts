import {
  identifyLine,
  type LotUnits,
  lotTotals,
  lotUnitsOf,
  magnetFamily,
  type Taught,
} from "../../identify/index.ts";
import {
  bearsData,
  type Identified,
  type Line,
  type ManifestLine,
  type NewLine,
} from "../../intake/index.ts";
import type { Measured } from "../../quantity/index.ts";

/** The only file of intake that knows how lines are identified and how their contents add up. */

/** What intake keeps of an identification. A quantity the manifest states comes before one read out of the text. */
export function identified(text: string, stated: number | null, taught: Taught): Identified {
  const found = identifyLine(text, {}, { taught });
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

/** Somebody looked and named the class: its prior, without a model, all pieces of one unknown family. */
export function identifiedAs(device: string, given: { quantity: number; seed: number }): Identified {
  const { quantity, seed } = given;
  const family = `${device}:stated`;
  const totals = lotTotals({ units: [{ family, prior_class: device, count: quantity }], seed });
  const elements_g = Object.fromEntries(
    Object.entries(totals.elements).map(([element, { best_g, lo90_g, hi90_g }]) => [
      element,
      { best: best_g, lo90: lo90_g, hi90: hi90_g },
    ]),
  );
  const { evidence } = totals;
  return { class: device, p: 1, prior_class: device, family, quantity, candidates: [], elements_g, evidence };
}

/** Identifies the lines of a manifest; a text that comes again is not worked out again. */
export function lineIdentifier(taught: Taught): (line: ManifestLine) => NewLine {
  const known = new Map<string, Identified>();
  return (line) => {
    const key = `${line.quantity ?? ""}|${line.text}`;
    const found = known.get(key) ?? identified(line.text, line.quantity, taught);
    known.set(key, found);
    const { bears, why } = bearsData(found);
    return { ...line, ...found, data_bearing: bears, data_why: why, data_stated: false };
  };
}

export interface LotContents {
  readonly elements_mg: Record<string, Measured>;
  /** Pieces of lines that no prior covers: what they hold is not known, and in no total. */
  readonly not_counted: number;
}

/** Element totals of lines in whole milligrams, with doubt by shared cause. The seed follows from the consignment. */
export function contentsOf(lines: readonly Line[], seed: number): LotContents {
  const totals = lotTotals({ units: unitsOf(lines), seed });
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
  return { elements_mg, not_counted: totals.not_counted.reduce((n, unit) => n + unit.count, 0) };
}

/** The words of a line still say what its class does not, such as that its hard drive is out. */
function unitsOf(lines: readonly Line[]): LotUnits[] {
  const read = new Map<string, LotUnits | undefined>();
  const readOnce = (text: string) => {
    if (!read.has(text)) read.set(text, lotUnitsOf([identifyLine(text)])[0]);
    return read.get(text);
  };
  return lines.map(({ text, family, prior_class, quantity: count }) => {
    const unit = readOnce(text);
    // A line whose class was stated by hand, or read by an earlier version, stays what the books say it is.
    const same = unit?.prior_class === prior_class && unit.family === family;
    return same ? { ...unit, count } : { family, prior_class, count };
  });
}
