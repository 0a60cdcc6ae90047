import { bestOf, type Shares, sharesIn } from "./holding.ts";

/** However wide a doubt, below a feed the elements of a lot weigh at most a hundredth more than the lot. */
const MOST_ABOVE_MASS = 0.01;

interface Part {
  readonly mass_mg: { readonly best: number };
  readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
}

/** All feeds together against the content, element by element; in words, the first that is more. */
export function aboveContent(part: Part & { readonly feeds_mg: Shares }, slack: number): string | undefined {
  const sums = new Map<string, number>();
  for (const [, element, mg] of sharesIn(part.feeds_mg)) sums.set(element, (sums.get(element) ?? 0) + mg);
  for (const [element, mg] of sums) {
    const held = bestOf(part.elements_mg, element);
    if (mg > held + slack) return `${mg} mg of ${element} is attributed to feeds, of ${held} mg`;
  }
  return undefined;
}

export function aboveMass(part: Part, parts_count: number): string | undefined {
  const held = Object.values(part.elements_mg).reduce((sum, { best }) => sum + best, 0);
  const most = part.mass_mg.best * (1 + MOST_ABOVE_MASS) + parts_count;
  return held > most ? `its elements weigh ${held} mg, it weighs ${part.mass_mg.best} mg` : undefined;
}
