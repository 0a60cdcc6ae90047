import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
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
    const asked = { seed: next++, inputs: Math.min(ROUND, left), kinds: [...kinds] };
    left -= asked.inputs;
    return asked;
  };
  if (inputs < SPREAD_FROM) {
    while (left > 0) {
      const { seed, inputs: some } = draw();
      take(await playRound(seed, some, kinds));
    }
    return;
  }
  const alone = async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    try {
      while (left > 0) {
        worker.postMessage(draw());
        take(await new Promise<RoundCome>((done, fail) => worker.once("message", done).once("error", fail)));
        worker.removeAllListeners("error");
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, alone));
}
