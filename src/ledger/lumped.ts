import { lumpCommon, lumpSmallReadings, lumpTogether, type Measured } from "../quantity/index.ts";
import type { Contents, ElementContents } from "./lot.ts";

type Held = Pick<Contents, "mass_mg" | "elements_mg">;

/** Readings of a mass kept apart: a mass that was read more often is a mean of many. */
const MASS_READINGS_KEPT = 24;

/** Single readings of a content that stay apart in a lot that is drawn on or counted: it is so again, and would be lumped each time. */
const FEW = 8;

/** What the parts of a step hold with their small causes lumped, element by element, under the name of the step (quantity Q5). */
export const lumpedContents = (step: string, parts: readonly ElementContents[]): ElementContents[] =>
  lumpedWith(parts, (values) => lumpTogether(lumpCommon(values), `small:${step}`));

function lumpedWith(
  parts: readonly ElementContents[],
  lump: (values: readonly Measured[]) => readonly Measured[],
): ElementContents[] {
  const lumped: Record<string, ElementContents[string]>[] = parts.map(() => ({}));
  for (const element of new Set(parts.flatMap((part) => Object.keys(part)))) {
    const holding = parts.flatMap((part, i) => {
      const content = part[element];
      return content === undefined ? [] : [{ i, content }];
    });
    const values = lump(holding.map(({ content }) => content));
    for (const [n, { i, content }] of holding.entries()) {
      const into = lumped[i];
      if (into) into[element] = { ...content, moves: values[n]?.moves ?? content.moves };
    }
  }
  return lumped;
}

/** What a lot holds after something was drawn of it, its small causes lumped under the name of the entry and the lot. */
export const lumpedLeft = (of: Held, entry: string): Held => ({
  mass_mg: lumpSmallReadings(of.mass_mg, MASS_READINGS_KEPT, `small:${entry}/mass`),
  elements_mg: lumpedWith([of.elements_mg], (values) => lumpTogether(values, `small:${entry}`, FEW))[0] ?? {},
});

/** The same of a lot that was read anew; what is shared and next to nothing is lumped too. */
export function lumpedHeld(of: Held, entry: string): Held {
  const { mass_mg, elements_mg } = lumpedLeft(of, entry);
  return { mass_mg, elements_mg: lumpedWith([elements_mg], lumpCommon)[0] ?? {} };
}
