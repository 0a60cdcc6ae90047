import "../kit/show/no-eval.ts";
import {
  type KeptOutlet,
  type Profiles,
  profilesOf,
  readSimulation,
  type SimulationResult,
  simulateForCuts,
} from "../../column/index.ts";

export interface Ask {
  readonly id: number;
  readonly input: unknown;
  /** Pictures of the bed instead of the outlet: on so many cells, so many. */
  readonly film?: { readonly cells: number; readonly frames: number };
}

export interface Told {
  readonly id: number;
  readonly seconds: number;
  readonly result?: SimulationResult & { readonly kept: KeptOutlet };
  readonly film?: Profiles;
  readonly refused?: string;
}

/** The kernel itself, off the page's own thread. */
self.onmessage = ({ data }: MessageEvent<Ask>) => {
  const started = performance.now();
  const answer = answerTo(data);
  self.postMessage({ id: data.id, seconds: (performance.now() - started) / 1000, ...answer } satisfies Told);
};

function answerTo({ input, film }: Ask): Pick<Told, "result" | "film" | "refused"> {
  const read = readSimulation(input);
  if (!read.ok) return { refused: `${read.refusal.at}: ${read.refusal.message}` };
  if (film) {
    const frames = profilesOf(read.value, film.cells, film.frames);
    return frames.ok ? { film: frames.value } : { refused: frames.refusal.message };
  }
  const result = simulateForCuts(read.value);
  return result.ok
    ? { result: result.value }
    : { refused: `${result.refusal.at}: ${result.refusal.message}` };
}
