import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim, Outcome, Runner } from "../app/core/job-queue.ts";
import { offloadTo } from "./offload.ts";

const ACTOR = { role: "unstated", party: "unstated", verified: false } as const;
const claim: Claim = {
  ...{ job: "j", worker: "w", attempt: 1, use_case: "column/simulate", input: {}, key: "", actor: ACTOR },
  cancel_asked: false,
};
const ASKER = { command: false, caller: "192.0.2.1" };

test("A19: two are worked on at a time, the others after them, also when one comes to nothing", async () => {
  const ends: ((outcome: Outcome) => void)[] = [];
  const breaks: ((error: Error) => void)[] = [];
  const run: Runner = () => ({
    outcome: new Promise((resolve, reject) => {
      ends.push(resolve);
      breaks.push(reject);
    }),
    end() {},
  });
  const offload = offloadTo(run);
  const all = Array.from({ length: 5 }, () => offload(claim, ASKER));
  const turn = () => new Promise((next) => setImmediate(next));
  await turn();
  assert.equal(ends.length, 2, "three wait");
  ends[0]?.({ state: "done", result: 0 });
  breaks[1]?.(new Error("the thread broke"));
  await assert.rejects(Promise.all(all), /the thread broke/);
  await turn();
  assert.equal(ends.length, 4, "one more for each that ended");
  for (const end of ends.slice(2)) end({ state: "done", result: 0 });
  await turn();
  ends[4]?.({ state: "done", result: 0 });
  const states = await Promise.allSettled(all);
  assert.deepEqual(
    states.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"],
  );
});

test("A24: of what is left unread for its size one is read at a time", async () => {
  const ends: ((outcome: Outcome) => void)[] = [];
  const run: Runner = () => ({ outcome: new Promise((resolve) => ends.push(resolve)), end() {} });
  const offload = offloadTo(run);
  const unread = { bytes: new Uint8Array(), signed: false, parts_max: 1 };
  const all = [0, 1].map(() => offload({ ...claim, unread }, ASKER));
  const turn = () => new Promise((next) => setImmediate(next));
  await turn();
  assert.equal(ends.length, 1);
  ends[0]?.({ state: "done", result: 0 });
  await turn();
  ends[1]?.({ state: "done", result: 0 });
  assert.equal((await Promise.all(all)).length, 2);
});

test("A19: a hundred wait for their turn, and the next is told so at once", async () => {
  const ends: ((outcome: Outcome) => void)[] = [];
  const run: Runner = () => ({ outcome: new Promise((resolve) => ends.push(resolve)), end() {} });
  const offload = offloadTo(run);
  const all = Array.from({ length: 102 }, () => offload(claim, ASKER));
  assert.equal(await offload(claim, ASKER), "full");
  for (let ended = 0; ended < all.length; ended++) {
    await new Promise((next) => setImmediate(next));
    ends[ended]?.({ state: "done", result: ended });
  }
  assert.deepEqual(
    (await Promise.all(all)).map((outcome) => typeof outcome === "object" && outcome.state),
    all.map(() => "done"),
  );
});
