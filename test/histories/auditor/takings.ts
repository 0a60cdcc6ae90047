import { must } from "../red.ts";
import { noneTaken } from "./read.ts";
import { type Back, backIn, drawEvenly, drawsEvenly } from "./returned.ts";
import { type By, put, type SeenLot, type SeenPart, sum, TAKEN, type Taken } from "./seen.ts";

/** A share of a content rounds to a whole milligram. */
const ROUNDING_MG = 1;

/** What a draw takes along: free matter goes first, then what is taken, by name. */
export function drawAlong(lot: SeenLot, mass: number): Record<Taken, By> {
  const along = noneTaken();
  for (const taken of TAKEN) {
    const by = lot.taken[taken];
    if (taken === "returned" && drawsEvenly(lot)) {
      for (const [name, mg] of drawEvenly(by, mass, lot.mass)) along.returned.set(name, mg);
      continue;
    }
    let open = mass - Math.max(0, lot.mass - sum(by.values()));
    for (const name of [...by.keys()].sort()) {
      const goes = Math.min(by.get(name) ?? 0, Math.max(0, open));
      open -= goes;
      if (goes === 0) continue;
      along[taken].set(name, goes);
      put(by, name, -goes);
    }
  }
  return along;
}

interface Drawn {
  readonly inputs: readonly SeenPart[];
  readonly lots: readonly SeenLot[];
  readonly outputs: readonly (SeenPart & { readonly product: string })[];
  readonly added: readonly SeenPart[];
  readonly along: readonly Readonly<Record<Taken, By>>[];
  readonly metals: readonly (Map<string, number> | undefined)[];
  /** Whether one lot was only divided: the same thing came out, each part with its share. */
  readonly divided: boolean;
}

/** One lot in, nothing added, and every part of the same kind and product with its share of each element. */
export function isDivision(
  step: {
    readonly inputs: readonly SeenPart[];
    readonly outputs: readonly SeenPart[];
    readonly added: number;
  },
  alike: boolean,
): boolean {
  const [input, ...others] = step.inputs;
  if (!input || others.length > 0 || step.added > 0 || !alike) return false;
  return step.outputs.every((output) =>
    [...new Set([...input.elements.keys(), ...output.elements.keys()])].every((element) => {
      const share = ((input.elements.get(element) ?? 0) * output.mass) / input.mass;
      return Math.abs((output.elements.get(element) ?? 0) - share) <= ROUNDING_MG;
    }),
  );
}

/** What each output has of what was taken: divided matter keeps all of it, other matter what was returned of its metals. */
export function giveOn(drawn: Drawn): { given: Record<Taken, By>[]; metals: Back["metals"][] } {
  const { inputs, lots, outputs, added, along, divided } = drawn;
  const given = outputs.map(noneTaken);
  const back = along.map(({ returned }, i) => ({ returned, metals: drawn.metals[i] }));
  const mixed = outputs.map((output) => backIn({ inputs, lots, back, added }, output));
  const [lot] = lots;
  const evenly = !divided || (lot !== undefined && drawsEvenly(lot));
  if (evenly)
    for (const [i, { returned }] of mixed.entries())
      for (const [agreement, mg] of returned) given[i]?.returned.set(agreement, mg);
  if (divided)
    for (const taken of TAKEN)
      if (taken !== "returned" || !evenly) fill(along[0]?.[taken], taken, { outputs, given });
  const known = !divided || drawn.metals[0] !== undefined;
  return { given, metals: mixed.map(({ metals }) => (known ? metals : undefined)) };
}

/** Parts are filled in their order, each up to its mass. */
function fill(
  along: By | undefined,
  taken: Taken,
  { outputs, given }: { outputs: readonly SeenPart[]; given: readonly Record<Taken, By>[] },
): void {
  const open = [...(along ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [i, output] of outputs.entries()) {
    let room = output.mass;
    for (const next of open) {
      const goes = Math.min(next[1], room);
      next[1] -= goes;
      room -= goes;
      if (goes > 0) given[i]?.[taken].set(next[0], goes);
    }
  }
}

/** A return is not undone by finding less afterwards: what was returned is looked at when more is to be returned. */
const LASTING = TAKEN.filter((taken) => taken !== "returned");

/** Each gram of a lot is taken at most once in each way. */
export function checkTaken(lot: SeenLot, ways: readonly Taken[] = LASTING): void {
  for (const taken of ways) {
    const all = sum(lot.taken[taken].values());
    must(all <= lot.mass, "each gram is taken once", () => {
      const names = [...lot.taken[taken]].map(([name, mg]) => `${mg} mg by ${name}`).join(", ");
      return `of ${lot.lot}, ${lot.mass} mg, ${taken}: ${names}`;
    });
  }
}
