import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
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
  if (count < SPREAD_FROM) {
    while (next < first + count) take(await tellSeed(next++, reds < SHORTENED));
    return;
  }
  const alone = async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    try {
      while (next < first + count) {
        worker.postMessage({ seed: next++, shortened: reds < SHORTENED });
        take(await new Promise<Come>((done, fail) => worker.once("message", done).once("error", fail)));
        worker.removeAllListeners("error");
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, alone));
}
