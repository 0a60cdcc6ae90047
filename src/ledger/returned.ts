import type { Contents, LotId } from "./lot.ts";
import type { TakenBy } from "./taking.ts";

interface Part {
  readonly mass_mg: Contents["mass_mg"];
  readonly elements_mg: Contents["elements_mg"];
}

/** A step as far as returned matter is followed through it. */
export interface Reworked {
  readonly inputs: readonly (Part & { readonly lot: LotId })[];
  readonly additions: readonly unknown[];
  readonly outputs: readonly Part[];
}

const held = ({ elements_mg }: Part, element: string): number => Math.max(0, elements_mg[element]?.best ?? 0);

const agreementsOf = (along: readonly TakenBy[]): string[] =>
  [...new Set(along.flatMap((taken) => Object.keys(taken)))].sort();

/**
 * The first rules: what was returned follows the metal through chemistry: of each output, the part of its elements that came from
 * returned matter, by the element of which most did. `along` is by input. An output without content carried nothing.
 */
export function returnedLoosely(step: Reworked, along: readonly TakenBy[]): TakenBy[] {
  const agreements = agreementsOf(along);
  const entered = (element: string, part: (i: number) => number): number =>
    step.inputs.reduce((sum, input, i) => sum + held(input, element) * part(i), 0);
  return step.outputs.map((output) => {
    const mine: Record<string, number> = {};
    for (const agreement of agreements) {
      const partOf = (i: number) => {
        const mass = step.inputs[i]?.mass_mg.best ?? 0;
        return mass === 0 ? 0 : (along[i]?.[agreement] ?? 0) / mass;
      };
      const parts = Object.entries(output.elements_mg)
        .filter(([, content]) => content.best > 0)
        .map(([element]) => {
          const all = entered(element, () => 1);
          return all === 0 ? 0 : entered(element, partOf) / all;
        });
      const mg = Math.round(output.mass_mg.best * Math.min(1, Math.max(0, ...parts)));
      if (mg > 0) mine[agreement] = mg;
    }
    return mine;
  });
}

/**
 * The third rules: what was returned stays returned. It follows the metal as before, of what was put in beside it too; an output of
 * whose content nothing is known, or nothing that went in, carries its part by mass; and all outputs together carry at least the
 * part by mass of what was drawn, so that none of it is lost but with what a step loses.
 */
export function returnedThrough(step: Reworked, along: readonly TakenBy[]): TakenBy[] {
  const entering = [...step.inputs, ...(step.additions as readonly Part[])];
  const entered_mg = entering.reduce((sum, part) => sum + part.mass_mg.best, 0);
  const made_mg = step.outputs.reduce((sum, output) => sum + output.mass_mg.best, 0);
  const given: Record<string, number>[] = step.outputs.map(() => ({}));
  for (const agreement of agreementsOf(along)) {
    const drawn = step.inputs.map((_, i) => along[i]?.[agreement] ?? 0);
    const byMass = entered_mg === 0 ? 0 : drawn.reduce((a, b) => a + b, 0) / entered_mg;
    const partOf = (element: string): number => {
      const all = entering.reduce((sum, part) => sum + held(part, element), 0);
      if (all === 0) return byMass;
      const of = step.inputs.reduce((sum, input, i) => {
        const mass = input.mass_mg.best;
        return mass === 0 ? sum : sum + held(input, element) * ((drawn[i] ?? 0) / mass);
      }, 0);
      return of / all;
    };
    for (const [i, output] of step.outputs.entries()) {
      const known = Object.keys(output.elements_mg).filter((element) => held(output, element) > 0);
      const part = known.length === 0 ? byMass : Math.max(...known.map(partOf));
      give(given[i], agreement, Math.round(output.mass_mg.best * Math.min(1, part)));
    }
    let short = Math.floor(byMass * made_mg) - given.reduce((sum, mine) => sum + (mine[agreement] ?? 0), 0);
    for (const [i, output] of step.outputs.entries()) {
      const room = output.mass_mg.best - Object.values(given[i] ?? {}).reduce((a, b) => a + b, 0);
      const more = Math.max(0, Math.min(short, room));
      give(given[i], agreement, more);
      short -= more;
    }
  }
  return given;
}

function give(mine: Record<string, number> | undefined, agreement: string, mg: number): void {
  if (mine && mg > 0) mine[agreement] = (mine[agreement] ?? 0) + mg;
}
