import { lumpSmallReadings, lumpTogether } from "../quantity/index.ts";
import type { Contents, ElementContents } from "./lot.ts";

/** Readings of a mass kept apart: a mass that was read more often is a mean of many. */
const MASS_READINGS_KEPT = 24;

/** Single readings of a content that stay apart in a lot that is drawn on or counted: it is so again, and would be lumped each time. */
const FEW = 8;

/** What the parts of a step hold with their small causes lumped, element by element, under the name of the step (quantity Q5). */
export function lumpedContents(
  step: string,
  parts: readonly ElementContents[],
  few?: number,
): ElementContents[] {
  const lumped: Record<string, ElementContents[string]>[] = parts.map(() => ({}));
  for (const element of new Set(parts.flatMap((part) => Object.keys(part)))) {
    const holding = parts.flatMap((part, i) => {
      const content = part[element];
      return content === undefined ? [] : [{ i, content }];
    });
    const values = lumpTogether(
      holding.map(({ content }) => content),
      `small:${step}`,
      few,
    );
    for (const [n, { i, content }] of holding.entries()) {
      const into = lumped[i];
      if (into) into[element] = { ...content, moves: values[n]?.moves ?? content.moves };
    }
  }
  return lumped;
}

/** What one lot holds after an entry changed it, its small causes lumped under the name of the entry and the lot. */
export const lumpedHeld = (
  of: Pick<Contents, "mass_mg" | "elements_mg">,
  entry: string,
): Pick<Contents, "mass_mg" | "elements_mg"> => ({
  mass_mg: lumpSmallReadings(of.mass_mg, MASS_READINGS_KEPT, `small:${entry}/mass`),
  elements_mg: lumpedContents(entry, [of.elements_mg], FEW)[0] ?? {},
});
