import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import type { Job } from "../app/core/job-queue.ts";
import { perform } from "../app/core/perform.ts";
import type { CommandAnswering } from "../app/core/use-case.ts";
import { carryOut, wasDone } from "../app/jobs/carry-out.ts";
import { startJob } from "../app/jobs/index.ts";
import { type Working, work } from "../app/jobs/worker.ts";
import { findUseCase } from "../app/use-cases.ts";
import { postgresQueue } from "../store/job-queue.ts";
import { threadRunner } from "./job-threads.ts";
import { portsOn } from "./ports.ts";

const ACTOR = { role: "intake lead", party: "sample-recycler", verified: false } as const;
const PROCESS = fileURLToPath(new URL("../../test/support/job-worker-process.ts", import.meta.url));

/** Sample data: a manifest of so many rows, no two alike. */
const manifest = (rows: number) =>
  `description,qty,serial\n${Array.from({ length: rows }, (_, i) => `Seagate ST2000DM008 2TB 3.5 HDD lot ${i},1,SAMPLE-${i}\n`).join("")}`;

/** A programme with one consignment that waits for its manifest, and what a test does with its queue. */
async function programme() {
  const config = await freshDatabase();
  const pool = poolOn(config, 6);
  test.after(() => pool.end());
  const [ports, queue] = [portsOn(pool), postgresQueue(pool)];
  const say = async (room: string, verb: string, input: object) => {
    const request = { key: `${room}-${verb}`, actor: ACTOR };
    const done = await perform(ports, findUseCase(room, verb) as CommandAnswering<object>, {
      request,
      input,
    });
    assert.ok(done.ok, done.ok ? "" : done.refusal.message);
  };
  await say("programme", "register-party", {
    ...{ party: "sample-recycler", name: "Sample recycler", kind: "recycler", sample: true },
  });
  await say("programme", "register-site", {
    ...{ site: "plainfield", party: "sample-recycler", name: "Sample centre", zip: "46168" },
    ...{ capabilities: ["intake"], status: "open" },
  });
  await say("intake", "receive", { consignment: "C-1", owner: "sample-recycler", from_zip: "60601" });
  const started: Working[] = [];
  test.after(() => Promise.all(started.map((one) => one.stop())));
  const faults: Error[] = [];
  return {
    ...{ config, ports, queue, faults },
    async ask(rows: number, key = "manifest-1") {
      const input = { consignment: "C-1", name: "sample.csv", text: manifest(rows) };
      const given = { input: { use_case: "intake/read-manifest", input }, request: { actor: ACTOR, key } };
      const asked = await startJob.run(ports, given);
      assert.ok(asked.ok, asked.ok ? "" : asked.refusal.message);
      return asked.value.job;
    },
    serve(silent_ms = 60_000) {
      const onFault = (error: Error) => void faults.push(error);
      const one = work({
        ...{ queue, onFault, run: threadRunner(config, onFault), name: `worker ${started.length}` },
        ...{ wasDone: (claim) => wasDone(ports, claim), slots: 1, pollMs: 20, beatMs: 30 },
        patience: { silent_ms, attempts_max: 3 },
      });
      started.push(one);
      return one;
    },
    async until(job: string, meant: (job: Job) => boolean): Promise<{ job: Job; result: unknown }> {
      for (let tries = 0; tries < 4000; tries++) {
        const found = await queue.find(job);
        assert.ok(found);
        if (meant(found.job)) return found;
        await wait(15);
      }
      return assert.fail(`${job} never came so far`);
    },
    manifestsRead: async () =>
      (await ports.store.entries({ after: 0, limit: 100, kind: "manifest_read" })).length,
    head: async () => (await ports.store.head())?.seq,
  };
}

const isOver = ({ state }: Job) => state !== "queued" && state !== "running";

test("J9, J6: a job runs in its own thread, says how far it is, and its answer is the command's", async () => {
  const { ask, serve, until, manifestsRead, faults } = await programme();
  const job = await ask(1500);
  serve();
  await until(job, (now) => (now.progress ?? 0) > 0 && /rows/.test(now.said ?? ""));
  const { job: over, result } = await until(job, isOver);
  assert.equal(over.state, "done", over.said ?? JSON.stringify(over.refusal));
  const { answer, repeated } = result as { answer: { rows: number }; repeated: boolean };
  assert.equal(answer.rows, 1500);
  assert.equal(repeated, false);
  assert.equal(await manifestsRead(), 1);
  assert.deepEqual(faults, []);
});

test("J4: a job cancelled while it computes stops there, and nothing of it is written", async () => {
  const { ask, serve, until, queue, head, faults } = await programme();
  const before = await head();
  const job = await ask(40_000);
  serve();
  await until(job, (now) => (now.progress ?? 0) > 0);
  await queue.cancel(job);
  const { job: over } = await until(job, isOver);
  assert.equal(over.state, "cancelled");
  assert.equal(await head(), before);
  assert.deepEqual(faults, []);
});

test("J4, J8: cancelled when it was on the books already, it says that it is done", async () => {
  const { ask, serve, until, queue, ports, manifestsRead } = await programme();
  const job = await ask(5);
  const claim = await queue.claim("a worker that ends before it can say so", {
    silent_ms: 0,
    attempts_max: 3,
  });
  assert.ok(claim);
  assert.equal((await carryOut(ports, claim)).state, "done");
  await queue.cancel(job);
  await wait(5);
  serve(1);
  const { job: over, result } = await until(job, isOver);
  assert.equal(over.state, "done");
  assert.equal((result as { answer: { rows: number } }).answer.rows, 5);
  assert.equal(await manifestsRead(), 1);
});

for (const [when, reached] of [
  ["while it computes", (now: Job) => (now.progress ?? 0) > 0],
  ["while it writes", (now: Job) => /^writing/.test(now.said ?? "")],
] as const) {
  test(`J3, J8: a server killed ${when} loses nothing, and nothing is done twice`, async () => {
    const { config, ask, serve, until, manifestsRead } = await programme();
    const job = await ask(4000);
    const other = spawn(process.execPath, [PROCESS, JSON.stringify(config)], { stdio: "inherit" });
    try {
      await until(job, reached);
    } finally {
      other.kill("SIGKILL");
    }
    await new Promise((resolve) => other.once("exit", resolve));
    serve(200);
    const { job: over, result } = await until(job, isOver);
    assert.equal(over.state, "done", over.said ?? JSON.stringify(over.refusal));
    assert.equal(over.attempts, 2);
    assert.equal((result as { answer: { rows: number } }).answer.rows, 4000);
    assert.equal(await manifestsRead(), 1);
  });
}

test("J5: a server that stops gives its job back, and the next one finishes it", async () => {
  const { ask, serve, until, manifestsRead, faults } = await programme();
  const job = await ask(4000);
  const first = serve();
  await until(job, (now) => (now.progress ?? 0) > 0);
  await first.stop();
  const { job: waiting } = await until(job, () => true);
  assert.deepEqual([waiting.state, waiting.attempts], ["queued", 0]);
  serve();
  const { job: over } = await until(job, isOver);
  assert.deepEqual([over.state, over.attempts], ["done", 1]);
  assert.equal(await manifestsRead(), 1);
  assert.deepEqual(faults, []);
});

test("J9: the views are folded again as a job, to the same bytes", async () => {
  const { ports, serve, until, faults } = await programme();
  const asked = await startJob.run(ports, {
    input: { use_case: "ledger/rebuild", input: {} },
    request: { actor: { ...ACTOR, owner: true as const } },
  });
  assert.ok(asked.ok);
  serve();
  const { job, result } = await until(asked.value.job, isOver);
  assert.equal(job.state, "done");
  const { entries, same } = result as { entries: number; same: boolean };
  assert.deepEqual([entries, same], [3, true]);
  assert.deepEqual(faults, []);
});

test("J4: what the trade refuses is refused, with its place; a fault is told to the log alone", async () => {
  const { ask, serve, until, queue, faults } = await programme();
  const [first, second] = [await ask(3, "k-1"), await ask(3, "k-2")];
  await queue.add({
    ...{ job: "J-OLD", key: "k-3", request: "", use_case: "column/none", input: {}, about: {}, actor: ACTOR },
  });
  serve();
  assert.equal((await until(first, isOver)).job.state, "done");
  const { job: refused } = await until(second, isOver);
  assert.equal(refused.state, "refused");
  assert.equal(refused.refusal?.code, "file_read_before");
  const { job: failed } = await until("J-OLD", isOver);
  assert.deepEqual([failed.state, failed.said], ["failed", "this version has no column/none"]);
  assert.deepEqual(faults, []);
});
