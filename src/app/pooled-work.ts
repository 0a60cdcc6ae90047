import { runSample, type SampleJob } from "../column/index.ts";
import { table } from "../quantity/index.ts";

/** What can be worked out on any thread: pure, from its input alone. */
export const JOBS: Readonly<Record<string, (input: unknown) => unknown>> = table({
  "column sample": (input) => runSample(input as SampleJob),
});
