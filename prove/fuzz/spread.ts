import { overProcessors } from "../../test/support/over-processors.ts";
import { playRound, ROUND, type RoundCome } from "./round.ts";

/** Fewer inputs than this are tried in one thread. */
const SPREAD_FROM = 5000;

/** Plays the rounds of seeds from the first on, over the processors where they are many; each as it comes. */
export async function playRounds(
  { first, inputs }: { readonly first: number; readonly inputs: number },
  come: (played: RoundCome) => void,
): Promise<void> {
  const kinds = new Set<string>();
  const take = (played: RoundCome) => {
    const reds = played.reds.filter(({ kind }) => !kinds.has(kind));
    for (const { kind } of reds) kinds.add(kind);
    come({ ...played, reds });
  };
  let [next, left] = [first, inputs];
  const draw = () => {
    if (left <= 0) return undefined;
    const asked = { seed: next++, inputs: Math.min(ROUND, left), kinds: [...kinds] };
    left -= asked.inputs;
    return asked;
  };
  if (inputs >= SPREAD_FROM) return overProcessors(new URL("./worker.ts", import.meta.url), { draw, take });
  for (let asked = draw(); asked; asked = draw()) take(await playRound(asked.seed, asked.inputs, kinds));
}
