import { overProcessors } from "../support/over-processors.ts";
import { type Come, tellSeed } from "./seeds.ts";

/** Fewer lives than this are told in one thread. */
const SPREAD_FROM = 100;
/** So many red lives are shortened; of the others the seed is enough. */
const SHORTENED = 3;

/** Tells the lives of seeds from the first on, over the processors where they are many; each as it comes. */
export async function tellSeeds(
  { first, count }: { readonly first: number; readonly count: number },
  come: (told: Come) => void,
): Promise<void> {
  let reds = 0;
  const take = (told: Come) => {
    if (told.red !== undefined) reds++;
    come(told);
  };
  let next = first;
  const draw = () => (next < first + count ? { seed: next++, shortened: reds < SHORTENED } : undefined);
  if (count >= SPREAD_FROM) return overProcessors(new URL("./worker.ts", import.meta.url), { draw, take });
  for (let asked = draw(); asked; asked = draw()) take(await tellSeed(asked.seed, asked.shortened));
}
