import { lumpTogether } from "../quantity/index.ts";
import type { ElementContents } from "./lot.ts";

/** What the parts of a step hold with their small causes lumped, element by element, under the name of the step (quantity Q5). */
export function lumpedContents(step: string, parts: readonly ElementContents[]): ElementContents[] {
  const lumped: Record<string, ElementContents[string]>[] = parts.map(() => ({}));
  for (const element of new Set(parts.flatMap((part) => Object.keys(part)))) {
    const holding = parts.flatMap((part, i) => {
      const content = part[element];
      return content === undefined ? [] : [{ i, content }];
    });
    const values = lumpTogether(
      holding.map(({ content }) => content),
      `small:${step}`,
    );
    for (const [n, { i, content }] of holding.entries()) {
      const into = lumped[i];
      if (into) into[element] = { ...content, moves: values[n]?.moves ?? content.moves };
    }
  }
  return lumped;
}
