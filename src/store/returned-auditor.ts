// What was returned, followed through a step by the third rules a second time, without the code that did it first.
import { type AuditedLot, type By, totalOf } from "./audited-lot.ts";
import type { AuditedStep } from "./matter-auditor.ts";

interface Entering {
  readonly mass: number;
  readonly elements: Readonly<Record<string, { readonly best: number }>>;
  /** What of it had been returned, as a part of it. */
  readonly part: number;
}

/** Returned matter stays returned: with the metal it came with, by mass where no metal is known, and none is lost on the way (ledger L35). */
export function carryReturned(step: AuditedStep, along: readonly By[], made: readonly AuditedLot[]): void {
  for (const agreement of [...new Set(along.flatMap((by) => [...by.keys()]))].sort()) {
    const drawn = along.map((by) => by.get(agreement) ?? 0);
    const entering = enteringOf(step, drawn);
    const whole = entering.reduce((mass, part) => mass + part.mass, 0);
    const byMass = whole > 0 ? drawn.reduce((a, b) => a + b, 0) / whole : 0;
    let owed = Math.floor(byMass * made.reduce((mass, lot) => mass + lot.mass, 0));
    for (const lot of made) {
      const mass = Math.round(lot.mass * Math.min(1, partIn(lot, entering, byMass)));
      if (mass > 0) lot.taken.returned.set(agreement, mass);
      owed -= mass;
    }
    for (const lot of made) {
      const more = Math.min(owed, lot.mass - totalOf(lot.taken.returned));
      if (more <= 0) continue;
      lot.taken.returned.set(agreement, (lot.taken.returned.get(agreement) ?? 0) + more);
      owed -= more;
    }
  }
}

function enteringOf(step: AuditedStep, drawn: readonly number[]): Entering[] {
  const additions = step.additions as AuditedStep["inputs"];
  return [...step.inputs, ...additions].map(({ mass_mg, elements_mg }, i) => ({
    mass: mass_mg.best,
    elements: elements_mg,
    part: mass_mg.best > 0 ? (drawn[i] ?? 0) / mass_mg.best : 0,
  }));
}

/** As large a part of a lot as of that of its elements of which most had been returned; of one that nobody knows, by mass. */
function partIn(lot: AuditedLot, entering: readonly Entering[], byMass: number): number {
  const parts = [...lot.elements]
    .filter(([, mg]) => mg > 0)
    .map(([element]) => {
      let [of, all] = [0, 0];
      for (const { elements, part } of entering) {
        const came = Math.max(0, elements[element]?.best ?? 0);
        all += came;
        of += came * part;
      }
      return all > 0 ? of / all : byMass;
    });
  return parts.length > 0 ? Math.max(...parts) : byMass;
}
