// What was returned, followed by metal through a step of the fourth rules: a second arithmetic, without the code that did it first.
import { type AuditedLot, type By, totalOf } from "./audited-lot.ts";
import type { AuditedStep } from "./matter-auditor.ts";

/** Milligrams of each metal, by agreement. */
export type Metal = Map<string, Map<string, number>>;

/** What a draw took along of returned matter. */
export interface Along {
  readonly returned: By;
  readonly metal: Metal | undefined;
}

/** The metal by which an oxide is called what it is called. */
export const ownOf = ({ product }: Pick<AuditedLot, "product">): string | undefined =>
  /^([A-Z][a-z]?)\d*O\d*$/.exec(product)?.[1];

const evenPart = (mg: number, of: number, whole: number): number => {
  if (whole <= 0) return 0;
  const [twice, down] = [2n * BigInt(mg) * BigInt(of), (BigInt(mg) * BigInt(of)) / BigInt(whole)];
  const rest = twice - 2n * down * BigInt(whole);
  const up = rest > BigInt(whole) || (rest === BigInt(whole) && down % 2n === 1n);
  return Number(up ? down + 1n : down);
};

/** Of a mixture every draw takes its part; of a product what is free goes first, and only metal beside its own goes evenly. */
export function drawReturned(lot: AuditedLot, mass_mg: number): Along {
  if (!lot.metal) return { returned: lot.drawTaken("returned", mass_mg), metal: undefined };
  const [whole, metal] = [lot.mass, new Map() as Metal];
  for (const [agreement, elements] of lot.metal) {
    const mine = new Map<string, number>();
    metal.set(agreement, mine);
    for (const [element, mg] of elements) {
      const goes = evenPart(mg, mass_mg, whole);
      if (goes > 0) mine.set(element, goes);
      elements.set(element, mg - goes);
    }
  }
  if (ownOf(lot) !== undefined) return { returned: lot.drawTaken("returned", mass_mg), metal };
  const returned: By = new Map();
  for (const [agreement, mg] of lot.taken.returned) {
    const goes = evenPart(mg, mass_mg, whole);
    if (goes > 0) returned.set(agreement, goes);
    if (goes < mg) lot.taken.returned.set(agreement, mg - goes);
    else lot.taken.returned.delete(agreement);
  }
  return { returned, metal };
}

interface Entered {
  readonly mass: number;
  readonly elements: Readonly<Record<string, { readonly best: number }>>;
  /** What of an element in it had been returned under an agreement, from 0 to 1. */
  readonly part: (agreement: string, element: string) => number;
}

function enteredOf(input: AuditedStep["inputs"][number], lot: AuditedLot | undefined, along: Along): Entered {
  const mass = input.mass_mg.best;
  const whole = Math.max(mass, totalOf(along.returned));
  const part = (agreement: string, element: string): number => {
    const byMass = whole > 0 ? (along.returned.get(agreement) ?? 0) / whole : 0;
    if (!along.metal) return byMass;
    const held = input.elements_mg[element]?.best ?? 0;
    const byMetal = held > 0 ? Math.min(1, (along.metal.get(agreement)?.get(element) ?? 0) / held) : 0;
    return lot && ownOf(lot) !== undefined ? Math.max(byMass, byMetal) : byMetal;
  };
  return { mass, elements: input.elements_mg, part };
}

/** Each output has of its metals what of them had been returned; a product by its own metal, what nobody knows by mass (ledger L35). */
export function carryByMetal(
  step: AuditedStep,
  given: {
    readonly along: readonly Along[];
    readonly inputs: readonly (AuditedLot | undefined)[];
    readonly made: readonly AuditedLot[];
    /** Of a division only what is beside the product's own metal. */
    readonly besideAlone?: boolean;
  },
): void {
  const { along, inputs, made, besideAlone = false } = given;
  const names = along.flatMap(({ returned, metal }) => [...returned.keys(), ...(metal?.keys() ?? [])]);
  const agreements = [...new Set(names)].sort();
  if (agreements.length === 0) return;
  const nothing = { returned: new Map(), metal: undefined };
  const entered = step.inputs.map((input, i) => enteredOf(input, inputs[i], along[i] ?? nothing));
  const added = step.additions as AuditedStep["inputs"];
  const all = [
    ...entered,
    ...added.map((a) => ({ mass: a.mass_mg.best, elements: a.elements_mg, part: () => 0 })),
  ];
  const mass = all.reduce((sum, one) => sum + one.mass, 0);
  const byMass = (agreement: string): number =>
    mass > 0 ? along.reduce((sum, { returned }) => sum + (returned.get(agreement) ?? 0), 0) / mass : 0;
  const raw = (agreement: string, element: string): number => {
    let [of, whole] = [0, 0];
    for (const one of all) {
      const held = Math.max(0, one.elements[element]?.best ?? 0);
      whole += held;
      of += held * one.part(agreement, element);
    }
    return whole > 0 ? of / whole : byMass(agreement);
  };
  const atMostAll = (part: (agreement: string) => number, agreement: string): number => {
    const sum = agreements.reduce((total, name) => total + part(name), 0);
    return sum > 1 ? part(agreement) / sum : part(agreement);
  };
  const partOf = (agreement: string, element: string) => atMostAll((name) => raw(name, element), agreement);
  for (const lot of made) give(lot, { agreements, partOf, byMass: (a) => atMostAll(byMass, a), besideAlone });
}

function give(
  lot: AuditedLot,
  by: {
    readonly agreements: readonly string[];
    readonly partOf: (agreement: string, element: string) => number;
    readonly byMass: (agreement: string) => number;
    readonly besideAlone: boolean;
  },
): void {
  const known = [...lot.elements].filter(([, mg]) => mg > 0);
  const own = ownOf(lot);
  const counted = own === undefined ? known : known.filter(([element]) => element === own);
  const total = counted.reduce((sum, [, mg]) => sum + mg, 0);
  if (known.length > 0) lot.metal = new Map();
  let room = lot.mass;
  for (const agreement of by.agreements) {
    const of = counted.reduce((sum, [element, mg]) => sum + mg * by.partOf(agreement, element), 0);
    const mass = Math.min(room, Math.round(lot.mass * (total > 0 ? of / total : by.byMass(agreement))));
    room -= mass;
    if (mass > 0 && !by.besideAlone) lot.taken.returned.set(agreement, mass);
    const mine = known
      .filter(([element]) => element !== own)
      .map(([element, mg]) => [element, Math.round(mg * by.partOf(agreement, element))] as const);
    lot.metal?.set(agreement, new Map(mine.filter(([, mg]) => mg > 0)));
  }
}

/** What both parties took back of what a step had given on is returned no more, also when the step is taken back. */
export function returnedIn(lots: readonly (AuditedLot | undefined)[]): By {
  const sums: By = new Map();
  for (const lot of lots)
    for (const [by, mass] of lot?.taken.returned ?? []) sums.set(by, (sums.get(by) ?? 0) + mass);
  return sums;
}

export function addMetal(lot: AuditedLot, metal: Metal | undefined): void {
  if (!metal) return;
  lot.metal ??= new Map();
  for (const [agreement, elements] of metal) {
    const mine = lot.metal.get(agreement) ?? new Map<string, number>();
    lot.metal.set(agreement, mine);
    for (const [element, mass] of elements) mine.set(element, (mine.get(element) ?? 0) + mass);
  }
}

/** A delivery takes of each metal its part. */
export function deliverMetal(lot: AuditedLot, mass_mg: number): void {
  for (const elements of lot.metal?.values() ?? [])
    for (const [element, mg] of elements) elements.set(element, mg - evenPart(mg, mass_mg, lot.mass));
}
