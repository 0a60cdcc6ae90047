import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { JOBS_MAX, type JobQueue, type NewJob } from "../../src/app/core/job-queue.ts";

const PATIENT = { silent_ms: 60_000, attempts_max: 3 };
/** Whoever did not beat just now is silent. */
const HASTY = { silent_ms: 0, attempts_max: 3 };

export const jobOf = (n: number | string, input: object = { consignment: `C-${n}` }): NewJob => ({
  job: `J-${n}`,
  key: `key-${n}`,
  request: `digest of ${JSON.stringify(input)}`,
  use_case: "intake/read-manifest",
  input,
  about: { consignment: `C-${n}` },
  actor: { role: "intake lead", party: "sample-recycler", verified: false },
});

/** What every queue of jobs promises (src/app/jobs/SPEC.md); `make` gives an empty one each time. */
export function jobQueueContract(name: string, make: () => Promise<JobQueue>): void {
  test(`${name} J1: a job is put in once under its key; other content is refused`, async () => {
    const queue = await make();
    const first = await queue.add(jobOf(1));
    assert.ok(first.ok && !first.value.repeated);
    assert.equal(first.value.job.state, "queued");
    const again = await queue.add(jobOf(1));
    assert.ok(again.ok && again.value.repeated);
    const other = await queue.add(jobOf(1, { consignment: "C-2" }));
    assert.ok(!other.ok && other.refusal.code === "key_reused");
    assert.equal((await queue.list({ limit: 9 })).length, 1);
  });

  test(`${name} J2: whoever asks at once, each job is claimed by one, the oldest first, with its input`, async () => {
    const queue = await make();
    for (const n of [1, 2, 3]) await queue.add(jobOf(n));
    const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => queue.claim(`w${n}`, PATIENT)));
    const taken = claims.flatMap((claim) => (claim ? [claim.job] : []));
    assert.deepEqual(taken.sort(), ["J-1", "J-2", "J-3"]);
    const first = claims.find((claim) => claim?.job === "J-1");
    assert.deepEqual(first?.input, { consignment: "C-1" });
    assert.equal(first?.key, "key-1");
    assert.equal(await queue.claim("late", PATIENT), undefined);
  });

  test(`${name} J2: twelve workers that take until nothing is left never take the same job`, async () => {
    const queue = await make();
    const count = 60;
    for (let n = 0; n < count; n++) await queue.add(jobOf(n));
    const taken: string[] = [];
    const takeAll = async (worker: string) => {
      for (let claim = await queue.claim(worker, PATIENT); claim; claim = await queue.claim(worker, PATIENT))
        taken.push(claim.job);
    };
    await Promise.all(Array.from({ length: 12 }, (_, n) => takeAll(`w${n}`)));
    assert.equal(taken.length, count);
    assert.equal(new Set(taken).size, count);
  });

  test(`${name} J3: a worker that fell silent loses its job, and is not heard any more`, async () => {
    const queue = await make();
    await queue.add(jobOf(1));
    const dead = await queue.claim("dead", PATIENT);
    assert.ok(dead);
    assert.equal(await queue.beat(dead, { progress: 0.5, said: "half" }), "go on");
    await wait(5);
    const next = await queue.claim("next", HASTY);
    assert.equal(next?.attempt, 2);
    assert.equal((await queue.find("J-1"))?.job.progress, null);
    assert.equal(await queue.beat(dead, { progress: 0.9, said: "late" }), "lost");
    assert.equal(await queue.finish(dead, { state: "done", result: "of the dead" }), false);
    assert.ok(next && (await queue.finish(next, { state: "done", result: { answer: 7 } })));
    const found = await queue.find("J-1");
    assert.equal(found?.job.state, "done");
    assert.deepEqual(found?.result, { answer: 7 });
  });

  test(`${name} J3: one that ends its process again and again is given up, and says so`, async () => {
    const queue = await make();
    await queue.add(jobOf(1));
    for (const n of [1, 2, 3]) {
      assert.equal((await queue.claim(`w${n}`, HASTY))?.attempt, n);
      await wait(5);
    }
    assert.equal(await queue.claim("w4", HASTY), undefined);
    const found = await queue.find("J-1");
    assert.equal(found?.job.state, "failed");
    assert.match(found?.job.said ?? "", /begun 3 times/);
  });

  test(`${name} J4: what waits is cancelled at once; what runs is told at its next beat; what ended stays`, async () => {
    const queue = await make();
    await queue.add(jobOf(1));
    await queue.add(jobOf(2));
    const running = await queue.claim("w", PATIENT);
    assert.ok(running);
    assert.equal((await queue.cancel("J-2"))?.state, "cancelled");
    assert.equal(await queue.claim("w2", PATIENT), undefined);
    assert.equal((await queue.cancel("J-1"))?.state, "running");
    assert.equal(await queue.beat(running, { progress: 0.2, said: null }), "cancel");
    await queue.finish(running, { state: "done", result: 1 });
    assert.equal((await queue.cancel("J-1"))?.state, "done");
    assert.equal(await queue.cancel("J-9"), undefined);
  });

  test(`${name} J5: a worker that stops gives its job back; that is no attempt`, async () => {
    const queue = await make();
    await queue.add(jobOf(1));
    const claim = await queue.claim("w", PATIENT);
    assert.ok(claim);
    await queue.release(claim);
    const again = await queue.claim("w", PATIENT);
    assert.equal(again?.attempt, 1);
  });

  test(`${name} J6: lists show the newest first, by state and by what is done, a page at a time`, async () => {
    const queue = await make();
    for (const n of [1, 2, 3]) await queue.add(jobOf(n));
    await queue.cancel("J-2");
    const names = async (asked: Partial<Parameters<JobQueue["list"]>[0]>) =>
      (await queue.list({ limit: 9, ...asked })).map(({ job }) => job);
    assert.deepEqual(await names({}), ["J-3", "J-2", "J-1"]);
    assert.deepEqual(await names({ state: "queued" }), ["J-3", "J-1"]);
    assert.deepEqual(await names({ use_case: "column/design" }), []);
    const [first] = await queue.list({ limit: 1 });
    assert.deepEqual(await names({ before: first?.nth ?? 0 }), ["J-2", "J-1"]);
    assert.equal((await queue.recent(60)).length, 3);
  });

  test(`${name} J7: what ended is dropped after its days, what lives is not; too much at once is refused`, async () => {
    const queue = await make();
    await queue.add(jobOf("kept"));
    for (let n = 1; n < JOBS_MAX; n++) await queue.add(jobOf(n));
    const over = await queue.add(jobOf("over"));
    assert.ok(!over.ok && over.refusal.code === "too_many_jobs");
    await queue.cancel("J-1");
    assert.equal(await queue.forget(1), 0);
    await wait(5);
    assert.equal(await queue.forget(0), 1);
    assert.equal(await queue.find("J-1"), undefined);
    assert.equal((await queue.find("J-kept"))?.job.state, "queued");
    assert.ok((await queue.add(jobOf("over"))).ok);
  });
}
