import { canonicalJson, done, type Refusal, type Result, sha256Hex } from "../../quantity/index.ts";
import { parseInput } from "./perform.ts";
import type { BarePorts } from "./ports.ts";
import type { AnyCalculation } from "./use-case.ts";

/** Law 6: what a computed result was computed from, and with what. */
export interface Run {
  readonly version: string;
  readonly input_sha256: string;
  readonly seed: number | null;
  readonly seconds: number;
}

/** Computes, and adds `run` to an answer that is one object. Rows are answered as they are. */
export async function withRun(
  ports: BarePorts,
  useCase: AnyCalculation,
  given: unknown,
): Promise<Result<object, Refusal>> {
  const input = parseInput<unknown>(useCase, given);
  if (!input.ok) return input;
  const started = performance.now();
  const answer: Result<object, Refusal> = await useCase.compute(ports, input.value);
  if (!answer.ok || useCase.rows || Array.isArray(answer.value)) return answer;
  const seconds = Number(((performance.now() - started) / 1000).toFixed(6));
  const seed = (input.value as { seed?: unknown } | null)?.seed;
  const run: Run = {
    version: ports.version,
    input_sha256: sha256Hex(canonicalJson(given)),
    seed: typeof seed === "number" ? seed : null,
    seconds,
  };
  return done({ ...answer.value, run });
}
