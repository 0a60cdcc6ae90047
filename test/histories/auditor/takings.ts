import { must } from "../red.ts";
import { noneTaken } from "./read.ts";
import { type By, put, type SeenLot, type SeenPart, sum, TAKEN, type Taken } from "./seen.ts";

/** A share of a content rounds to a whole milligram. */
const ROUNDING_MG = 1;

/** What a draw takes along: free matter goes first, then what is taken, by name. */
export function drawAlong(lot: SeenLot, mass: number): Record<Taken, By> {
  const along = noneTaken();
  for (const taken of TAKEN) {
    const by = lot.taken[taken];
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
  readonly outputs: readonly SeenPart[];
  readonly along: readonly Readonly<Record<Taken, By>>[];
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

/** What each output has of what was taken: divided matter keeps all of it, other matter what was returned of its metal. */
export function giveOn({ inputs, outputs, along, divided }: Drawn): Record<Taken, By>[] {
  const given = outputs.map(noneTaken);
  if (!divided) {
    for (const [i, output] of outputs.entries())
      for (const [agreement, mg] of returnedIn(output, inputs, along)) given[i]?.returned.set(agreement, mg);
    return given;
  }
  for (const taken of TAKEN) {
    const open = [...(along[0]?.[taken] ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
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
  return given;
}

/** Of an output as large a part as of that of its elements of which most came from returned matter. */
function returnedIn(output: SeenPart, inputs: readonly SeenPart[], along: Drawn["along"]): By {
  const by: By = new Map();
  for (const agreement of new Set(along.flatMap(({ returned }) => [...returned.keys()]))) {
    let most = 0;
    for (const [element, held] of output.elements) {
      if (held <= 0) continue;
      let [all, mine] = [0, 0];
      for (const [i, input] of inputs.entries()) {
        const came = Math.max(0, input.elements.get(element) ?? 0);
        all += came;
        mine += input.mass > 0 ? (came * (along[i]?.returned.get(agreement) ?? 0)) / input.mass : 0;
      }
      if (all > 0) most = Math.max(most, mine / all);
    }
    const mg = Math.round(output.mass * Math.min(1, most));
    if (mg > 0) by.set(agreement, mg);
  }
  return by;
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
