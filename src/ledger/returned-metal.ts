import { elementsOf } from "../chemistry/index.ts";
import { mulDiv } from "../quantity/index.ts";
import { type Contents, type LotId, productOf } from "./lot.ts";
import type { MetalTaken, TakenBy } from "./taking.ts";

interface Part {
  readonly mass_mg: Contents["mass_mg"];
  readonly elements_mg: Contents["elements_mg"];
}
type Noted = { readonly notes: Readonly<Record<string, string>> };

/** What a step drew of a lot: its matter, what of it had been returned, and of which metal where that is known. */
export interface ReturnedDrawn {
  readonly part: Part & { readonly lot: LotId };
  readonly of: Noted | undefined;
  readonly returned: TakenBy;
  readonly metal: MetalTaken | undefined;
}

/** What of a lot had been returned: its mass, and of lots whose metals went different ways, of each metal. */
export interface ReturnedGiven {
  readonly returned: TakenBy;
  readonly metal?: MetalTaken;
}

/** The elements by which something is the product it is called; of what is no single oxide none. */
const ownElements = (of: Noted | undefined): readonly string[] => {
  const product = of && productOf(of);
  return product === undefined ? [] : elementsOf(product);
};

/** Whether a draw takes of each metal its part: of a mixture nobody can draw what was returned last. */
export const drawsEvenly = (of: Noted | undefined, metal: MetalTaken | undefined): boolean =>
  metal !== undefined && ownElements(of).length === 0;

const held = ({ elements_mg }: Part, element: string): number => Math.max(0, elements_mg[element]?.best ?? 0);

/** What part of an element in something had been returned under an agreement, from 0 to 1. */
function partReturned(
  { part, of, returned, metal }: ReturnedDrawn,
  agreement: string,
  element: string,
): number {
  const all = Object.values(returned).reduce((sum, mg) => sum + mg, 0);
  const whole = Math.max(part.mass_mg.best, all);
  const byMass = whole === 0 ? 0 : (returned[agreement] ?? 0) / whole;
  if (metal === undefined) return byMass;
  const content = held(part, element);
  const byMetal = content === 0 ? 0 : Math.min(1, (metal[agreement]?.[element] ?? 0) / content);
  return ownElements(of).length > 0 ? Math.max(byMass, byMetal) : byMetal;
}

/** By agreement, together one at most. */
type Parts = ReadonlyMap<string, number>;

function within(parts: readonly (readonly [string, number])[]): Parts {
  const all = parts.reduce((sum, [, part]) => sum + part, 0);
  return new Map(all > 1 ? parts.map(([agreement, part]) => [agreement, part / all]) : parts);
}

/** What enters a step: what it draws, and what it adds, of which nothing was returned. */
export class ReturnedEntering {
  readonly agreements: readonly string[];
  private readonly drawn: readonly ReturnedDrawn[];
  private readonly all: readonly Part[];
  private readonly known = new Map<string, Parts>();

  constructor(drawn: readonly ReturnedDrawn[], additions: readonly unknown[]) {
    const names = drawn.flatMap(({ returned, metal }) => [
      ...Object.keys(returned),
      ...Object.keys(metal ?? {}),
    ]);
    this.agreements = [...new Set(names)].sort();
    this.drawn = drawn;
    this.all = [...drawn.map(({ part }) => part), ...(additions as readonly Part[])];
  }

  /** Where nothing of an element is known to have gone in, its part by mass. */
  private byMass(): Parts {
    const mass = this.all.reduce((sum, part) => sum + part.mass_mg.best, 0);
    const of = (agreement: string) =>
      this.drawn.reduce((sum, { returned }) => sum + (returned[agreement] ?? 0), 0);
    return within(this.agreements.map((name) => [name, mass === 0 ? 0 : of(name) / mass] as const));
  }

  private of(element: string | undefined): Parts {
    const key = element ?? "";
    const known = this.known.get(key) ?? (element === undefined ? this.byMass() : this.ofMetal(element));
    this.known.set(key, known);
    return known;
  }

  private ofMetal(element: string): Parts {
    const all = this.all.reduce((sum, part) => sum + held(part, element), 0);
    if (all === 0) return this.of(undefined);
    const of = (agreement: string) =>
      this.drawn.reduce(
        (sum, one) => sum + held(one.part, element) * partReturned(one, agreement, element),
        0,
      );
    return within(this.agreements.map((name) => [name, of(name) / all] as const));
  }

  /**
   * What an output has of what was returned. A product has as much as of the metal that it is counted in; anything else as much as
   * of all its metals together; what nothing is known of, its part by mass.
   */
  givenTo(output: Part & Noted): ReturnedGiven {
    const mass = output.mass_mg.best;
    const known = Object.keys(output.elements_mg).filter((element) => held(output, element) > 0);
    const own = ownElements(output);
    const counted = own.length > 0 ? own.filter((element) => held(output, element) > 0) : known;
    const total = counted.reduce((sum, element) => sum + held(output, element), 0);
    const returned: Record<string, number> = {};
    const metal: Record<string, Record<string, number>> = {};
    let room = mass;
    for (const agreement of this.agreements) {
      const of = (element?: string) => this.of(element).get(agreement) ?? 0;
      const part =
        total === 0
          ? of()
          : counted.reduce((sum, element) => sum + held(output, element) * of(element), 0) / total;
      const mg = Math.min(room, Math.round(mass * part));
      room -= mg;
      if (mg > 0) returned[agreement] = mg;
      const beside = known.filter((element) => !own.includes(element));
      const mine = beside.map(
        (element) => [element, Math.round(held(output, element) * of(element))] as const,
      );
      metal[agreement] = Object.fromEntries(mine.filter(([, amount]) => amount > 0));
    }
    return known.length === 0 ? { returned } : { returned, metal };
  }
}

/** What a draw takes along of the returned metals of a lot, and what it leaves: their part by mass. */
export function splitMetal(
  metal: MetalTaken | undefined,
  { mass_mg, held_mg }: { readonly mass_mg: number; readonly held_mg: number },
): { readonly along: MetalTaken; readonly left: MetalTaken } | undefined {
  if (metal === undefined) return undefined;
  const part = (mg: number) => (held_mg === 0 ? 0 : mulDiv(mg, mass_mg, held_mg, "halfEven"));
  const along = mapMetal(metal, part);
  return { along, left: mapMetal(metal, (mg) => mg - part(mg)) };
}

const mapMetal = (metal: MetalTaken, change: (mg: number) => number): MetalTaken =>
  Object.fromEntries(
    Object.entries(metal).map(([agreement, elements]) => [
      agreement,
      Object.fromEntries(
        Object.entries(elements)
          .map(([element, mg]) => [element, change(mg)] as const)
          .filter(([, mg]) => mg > 0),
      ),
    ]),
  );

export function addedMetal(a: MetalTaken | undefined, b: MetalTaken | undefined): MetalTaken | undefined {
  if (!a || !b) return a ?? b;
  const sum: Record<string, Record<string, number>> = {};
  for (const metal of [a, b])
    for (const [agreement, elements] of Object.entries(metal)) {
      const mine = sum[agreement] ?? {};
      sum[agreement] = mine;
      for (const [element, mg] of Object.entries(elements)) mine[element] = (mine[element] ?? 0) + mg;
    }
  return sum;
}
