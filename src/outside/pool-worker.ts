// One thread: takes a job by its name, works it out, and answers.
import { parentPort } from "node:worker_threads";
import { JOBS } from "../app/pooled-work.ts";
import { hashOnModule, isFipsAsked } from "./validated-hash.ts";

if (isFipsAsked()) hashOnModule();

parentPort?.on("message", ({ job, at, input }: { job: string; at: number; input: unknown }) => {
  try {
    const work = JOBS[job];
    if (!work) throw new Error(`no job is called ${job}`);
    parentPort?.postMessage({ at, result: work(input) });
  } catch (error) {
    parentPort?.postMessage({ at, fault: (error as Error).message });
  }
});
