import { lumpTogether, type Measured } from "../quantity/index.ts";
import type { ElementContents, LotId } from "./lot.ts";

/**
 * What the parts of a step hold with their small causes lumped, element by element: what the parts have in common stays in common,
 * under the name of the step (quantity Q5).
 */
export function lumpedContents(
  step: { readonly step: string; readonly outputs: readonly { readonly lot: LotId }[] },
  parts: readonly ElementContents[],
): ElementContents[] {
  const lumped: Record<string, ElementContents[string]>[] = parts.map(() => ({}));
  for (const element of new Set(parts.flatMap((part) => Object.keys(part)))) {
    const holding = parts.flatMap((part, i) => {
      const content = part[element];
      return content === undefined ? [] : [{ i, content }];
    });
    const values: readonly Measured[] = lumpTogether(
      holding.map(({ content }) => content),
      {
        together: `small:${step.step}`,
        alone: (n) => {
          const i = holding[n]?.i ?? n;
          return `small:${step.outputs[i]?.lot ?? `${step.step}/lost/${i - step.outputs.length}`}`;
        },
      },
    );
    for (const [n, { i, content }] of holding.entries()) {
      const into = lumped[i];
      if (into) into[element] = { ...content, moves: values[n]?.moves ?? content.moves };
    }
  }
  return lumped;
}
