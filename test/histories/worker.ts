// Tells the lives of the seeds it is handed, one after the other, beside the thread that asks.
import { parentPort } from "node:worker_threads";
import { tellSeed } from "./seeds.ts";

parentPort?.on("message", ({ seed, shortened }: { seed: number; shortened: boolean }) => {
  tellSeed(seed, shortened).then(
    (come) => parentPort?.postMessage(come),
    (cause) => parentPort?.postMessage({ seed, red: String((cause as Error).stack ?? cause) }),
  );
});
