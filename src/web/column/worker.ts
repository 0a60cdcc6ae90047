import "../show/no-eval.ts";
import { readSimulation, type SimulationResult, simulate } from "../../column/index.ts";

export interface Ask {
  readonly id: number;
  readonly input: unknown;
}

export interface Told {
  readonly id: number;
  readonly seconds: number;
  readonly result?: SimulationResult;
  readonly refused?: string;
}

/** The kernel itself, off the page's own thread. */
self.onmessage = ({ data }: MessageEvent<Ask>) => {
  const started = performance.now();
  const read = readSimulation(data.input);
  const result = read.ok ? simulate(read.value) : read;
  const seconds = (performance.now() - started) / 1000;
  const told: Told = result.ok
    ? { id: data.id, seconds, result: result.value }
    : { id: data.id, seconds, refused: `${result.refusal.at}: ${result.refusal.message}` };
  self.postMessage(told);
};
