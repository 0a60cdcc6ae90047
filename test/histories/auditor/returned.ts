import { type By, put, type SeenLot, type SeenPart, sum } from "./seen.ts";

/** What had been returned of each metal of what was mixed, by "agreement|metal"; a product's own metal goes with its mass. */
export type Metals = Map<string, number>;

export interface Back {
  readonly returned: By;
  readonly metals: Metals | undefined;
}

export const noneBack = (): Back => ({ returned: new Map(), metals: undefined });

/** The metal that an oxide is named by. */
const namedBy = ({ product }: Pick<SeenLot, "product">): string =>
  /^[A-Z][a-z]?(?=\d*O\d*$)/.exec(product)?.[0] ?? "";

/** A part of a whole number, to the nearest, halves to the even one. */
function portion(mg: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const [product, by] = [BigInt(mg) * BigInt(part), BigInt(whole)];
  const [down, rest] = [product / by, 2n * (product % by)];
  return Number(rest > by || (rest === by && down % 2n === 1n) ? down + 1n : down);
}

export const drawsEvenly = (lot: SeenLot): boolean => lot.metals !== undefined && namedBy(lot) === "";

/** What goes along of a mixture, and of the metals beside a product's own: as large a part as is drawn. */
export function drawEvenly(of: Map<string, number>, mass: number, whole: number): Map<string, number> {
  const along = new Map<string, number>();
  for (const [name, mg] of [...of]) {
    const goes = portion(mg, mass, whole);
    put(of, name, -goes);
    if (goes > 0) along.set(name, goes);
  }
  return along;
}

interface Mixed {
  readonly inputs: readonly SeenPart[];
  readonly lots: readonly SeenLot[];
  readonly back: readonly Back[];
  readonly added: readonly SeenPart[];
}

/** What part of a metal that went in had been returned under an agreement; of a metal that nobody saw going in, of the mass. */
function partOf({ inputs, lots, back, added }: Mixed, agreement: string, metal: string): number {
  const entered = [...inputs, ...added];
  const all = sum(entered.map(({ elements }) => Math.max(0, elements.get(metal) ?? 0)));
  const drawn = (i: number) => back[i]?.returned.get(agreement) ?? 0;
  if (all === 0) {
    const mass = sum(entered.map((one) => one.mass));
    return mass === 0 ? 0 : sum(inputs.map((_, i) => drawn(i))) / mass;
  }
  const of = inputs.map(({ mass, elements }, i) => {
    const [held, one] = [Math.max(0, elements.get(metal) ?? 0), back[i] ?? noneBack()];
    const whole = Math.max(mass, sum(one.returned.values()));
    const byMass = whole === 0 ? 0 : drawn(i) / whole;
    if (!one.metals || held === 0) return held * byMass;
    const byMetal = Math.min(1, (one.metals.get(`${agreement}|${metal}`) ?? 0) / held);
    return held * (namedBy(lots[i] as SeenLot) === "" ? byMetal : Math.max(byMass, byMetal));
  });
  return sum(of) / all;
}

/** What an output has of what was returned: of its metals their parts, a product of its mass as much as of its own metal. */
export function backIn(mixed: Mixed, output: SeenPart & { readonly product: string }): Back {
  const names = mixed.back.flatMap(({ returned, metals }) => [
    ...returned.keys(),
    ...[...(metals?.keys() ?? [])].map((key) => key.slice(0, key.lastIndexOf("|"))),
  ]);
  const agreements = [...new Set(names)].sort();
  const part = (agreement: string, metal: string): number => {
    const together = sum(agreements.map((name) => partOf(mixed, name, metal)));
    const mine = partOf(mixed, agreement, metal);
    return together > 1 ? mine / together : mine;
  };
  const held = [...output.elements].filter(([, mg]) => mg > 0);
  const own = namedBy(output);
  const counted = held.filter(([metal]) => own === "" || metal === own);
  const [returned, metals]: [By, Metals] = [new Map(), new Map()];
  let room = output.mass;
  for (const agreement of agreements) {
    const total = sum(counted.map(([, mg]) => mg));
    // No metal is called so: what nothing is known of has its part by mass.
    const of =
      total === 0
        ? part(agreement, "")
        : sum(counted.map(([metal, mg]) => mg * part(agreement, metal))) / total;
    const mg = Math.min(room, Math.round(output.mass * of));
    room -= mg;
    if (mg > 0) returned.set(agreement, mg);
    for (const [metal, amount] of held)
      if (metal !== own) put(metals, `${agreement}|${metal}`, Math.round(amount * part(agreement, metal)));
  }
  return { returned, metals: held.length > 0 && agreements.length > 0 ? metals : undefined };
}
