// A worker: lives the plants it is told, in a process in which nothing is lumped, and tells what each lot holds and how sure that is.
import { registerHooks } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

const NOTHING_LUMPED = `
export const lumpTogether = (values) => [...values];
export const lumpSmallReadings = (value) => value;
`;

registerHooks({
  load: (url, context, next) =>
    url.endsWith("/src/quantity/lump.ts")
      ? { format: "module", source: NOTHING_LUMPED, shortCircuit: true }
      : next(url, context),
});

const { doubtsOf } = await import("./doubts.ts");
const { seed, doings } = workerData as { seed: number; doings: number };
parentPort?.postMessage(await doubtsOf(seed, doings));
