import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { limitsOf } from "../src/api/body/limits.ts";
import type { UseCase } from "../src/app/core/use-case.ts";
import { useCases } from "../src/app/use-cases.ts";
import type { Ask, Counted, Proof } from "./proof.ts";
import { serve } from "./serve.ts";

const MEMORY_MB = 1024;
const LIVE_MS = 200;
const COMMAND_MS = 1000;
const EMPTY = 100;

export const flood: Proof = {
  name: "flood",
  proves:
    "A6, A19, A24: bodies at a route's limit on every route stay under 1 GB and leave live under 200 ms; a hundred empty long requests delay a command by less than a second",
  count: 200,
  share: 1,
  run,
};

async function run({ count, progress }: Ask): Promise<Counted> {
  const dataDir = mkdtempSync(join(tmpdir(), "didym-flood-"));
  const server = await serve(dataDir);
  const live = watchLive(server.base);
  await live.worst();
  const slow: string[] = [];
  try {
    const posted = useCases.filter((one) => one.type !== "query");
    const statuses = new Map<number, number>();
    let bodies = 0;
    for (const useCase of posted) {
      for (const fill of FILLS) {
        const body = fill(useCase);
        // Half as many of each of two kinds, or the one there is where one is asked for.
        for (const status of await together(Math.ceil(count / FILLS.length), () =>
          post(server.base, useCase, body),
        )) {
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          bodies++;
        }
      }
      const worst = await live.worst();
      if (worst > LIVE_MS) slow.push(`${useCase.room}/${useCase.verb} ${worst.toFixed(0)} ms`);
      progress(Math.min(count - 1, Math.floor((bodies * count) / (posted.length * count))));
    }
    const faults = [...statuses].filter(([status]) => status >= 500 && status !== 503);
    assert.deepEqual(faults, [], "no body is a fault, and none ends the server");
    const memory_mb = peakMb(server.pid);
    const { quiet_ms, busy_ms } = await emptyLong(server.base, Math.min(EMPTY, 10 * count));
    const counted = {
      bodies,
      "peak memory": `${memory_mb.toFixed(0)} MB`,
      "live at worst": `${(await live.overall()).toFixed(0)} ms`,
      "command alone": `${quiet_ms.toFixed(0)} ms`,
      "command among empty long requests": `${busy_ms.toFixed(0)} ms`,
      statuses: [...statuses]
        .sort(([a], [b]) => a - b)
        .map((one) => one.join("×"))
        .join(" "),
    };
    // A share of a few bodies on a machine that does other things says nothing of time.
    if (count < 50) return counted;
    assert.ok(memory_mb < MEMORY_MB, `${memory_mb} MB`);
    assert.deepEqual(slow, [], "live was slow while bodies of these came");
    assert.ok(busy_ms - quiet_ms < COMMAND_MS, `a command took ${busy_ms} ms instead of ${quiet_ms}`);
    return counted;
  } finally {
    await live.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Fill = (useCase: UseCase) => Uint8Array;

/** As many small objects as may be, and one text that fills the body: in the field of the file where there is one. */
const FILLS: readonly Fill[] = [
  (useCase) => new TextEncoder().encode(`{"rows":[${"{},".repeat(limitsOf(useCase).parts / 2 - 4)}{}]}`),
  (useCase) => {
    const example = { ...(useCase.example as object), [useCase.raw ?? "note"]: "" };
    const empty = JSON.stringify(example);
    const [head, tail] = [empty.lastIndexOf('""') + 1, empty.lastIndexOf('""') + 1];
    const room = limitsOf(useCase).bytes - empty.length;
    return new TextEncoder().encode(`${empty.slice(0, head)}${"a, b;".repeat(room / 5)}${empty.slice(tail)}`);
  },
];

let key = 0;

const post = (base: string, { room, verb }: UseCase, body: Uint8Array): Promise<number> =>
  fetch(`${base}/api/${room}/${verb}`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `flood-${key++}` },
    body: body as never,
  }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    // A body that is refused before it is taken in may find its connection closed.
    () => 0,
  );

const together = <T>(count: number, one: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, one));

/** How long a command takes alone, and among empty requests for long work. */
async function emptyLong(base: string, count: number) {
  const register = (party: string) => {
    const started = performance.now();
    return fetch(`${base}/api/programme/register-party`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": party },
      body: JSON.stringify({ party, name: "Sample party", kind: "recycler", sample: true }),
    }).then((answer) => {
      assert.equal(answer.status, 201);
      return performance.now() - started;
    });
  };
  const quiet_ms = await register("sample-alone");
  const long = useCases.filter((one) => one.long && one.type !== "action");
  const empty = new TextEncoder().encode("{}");
  const busy = Promise.all(
    Array.from({ length: count }, (_, n) => post(base, long[n % long.length] as UseCase, empty)),
  );
  const busy_ms = await register("sample-among");
  for (const status of await busy)
    assert.ok(status >= 400 && status < 500, `an empty request answered ${status}`);
  return { quiet_ms, busy_ms };
}

/** The most memory the process held, in MB, as Linux counts it. */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

const WATCH = `
const { parentPort, workerData } = require("node:worker_threads");
let [worst, overall, stopped] = [0, 0, false];
const ask = () => fetch(workerData + "/api/health/live").then((a) => a.arrayBuffer().then(() => a.ok), () => false);
(async () => {
  await ask();
  parentPort.on("message", (asked) => {
    if (asked === "stop") stopped = true;
    parentPort.postMessage(asked === "overall" ? overall : worst);
    if (asked === "worst") worst = 0;
    if (asked === "stop") parentPort.close();
  });
  while (!stopped) {
    const started = performance.now();
    const took = (await ask()) ? performance.now() - started : 60_000;
    worst = Math.max(worst, took);
    overall = Math.max(overall, took);
    await new Promise((next) => setTimeout(next, 20));
  }
})();
`;

/**
 * Asks whether the server lives, from a thread whose own time the bodies do not take. The first time, which loads the
 * thread's own client, is not counted.
 */
function watchLive(base: string) {
  const thread = new Worker(WATCH, { eval: true, workerData: base });
  const ask = (what: string) =>
    new Promise<number>((resolve) => {
      thread.once("message", resolve);
      thread.postMessage(what);
    });
  return {
    worst: () => ask("worst"),
    overall: () => ask("overall"),
    async stop() {
      await ask("stop");
      await sleep(10);
      await thread.terminate();
    },
  };
}
