import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Asks workers, one on each processor, for one thing after the other, until there is nothing more to ask; each answer as it comes. */
export async function overProcessors<Asked, Come>(
  worker: URL,
  { draw, take }: { readonly draw: () => Asked | undefined; readonly take: (come: Come) => void },
): Promise<void> {
  const alone = async () => {
    const thread = new Worker(worker);
    try {
      for (let asked = draw(); asked !== undefined; asked = draw()) {
        thread.postMessage(asked);
        take(await new Promise<Come>((done, fail) => thread.once("message", done).once("error", fail)));
        thread.removeAllListeners("error");
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, alone));
}
