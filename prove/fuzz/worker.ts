// Plays the rounds it is handed, one after the other, beside the thread that asks.
import { parentPort } from "node:worker_threads";
import { playRound } from "./round.ts";

parentPort?.on(
  "message",
  async ({ seed, inputs, kinds }: { seed: number; inputs: number; kinds: string[] }) => {
    parentPort?.postMessage(await playRound(seed, inputs, new Set(kinds)));
  },
);
