import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { createApi } from "../api/index.ts";
import { useCases } from "../app/use-cases.ts";
import { threadRunner } from "./job-threads.ts";

/** A calculation opens no connection, so none is needed. */
const beside = (faults: Error[] = []) =>
  createApi({
    signIn: "offered",
    ports: memoryPorts(),
    useCases,
    offload: threadRunner({}, (error) => faults.push(error)),
  });

const simulate = async (app: ReturnType<typeof beside>, body: object, signal?: AbortSignal) =>
  app.request("/api/column/simulate", {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": String(JSON.stringify(body).length) },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

const A = JSON.parse(readFileSync("examples/column/A-equilibrium.json", "utf8"));
const long = { ...A, ask: { ...A.ask, error_l1_max: undefined, cells: 1200 } };

test("A19: while long work is done for one, the others are answered", async () => {
  const app = beside();
  const order: string[] = [];
  const first = simulate(app, long).then(async (answer) => {
    order.push("long");
    const { numerics } = (await answer.json()) as { numerics: { cells: number } };
    assert.equal(numerics.cells, 1200);
  });
  // Once the work is under way, the other asks.
  await wait(100);
  const health = await app.request("/api/health");
  order.push("short");
  assert.equal(health.status, 200);
  await first;
  assert.deepEqual(order, ["short", "long"]);
});

test("A19: beside the others it is answered as in their midst: result, refusal, and five at once", async () => {
  const faults: Error[] = [];
  const [offload, here] = [beside(faults), createApi({ signIn: "offered", ports: memoryPorts(), useCases })];
  const bad = { ...A, bed: { ...A.bed, length_m: -1 } };
  for (const body of [A, bad]) {
    const [one, two] = await Promise.all([simulate(offload, body), simulate(here, body)]);
    assert.equal(one.status, two.status);
    const [mine, theirs] = (await Promise.all([one.json(), two.json()])) as { run?: object }[];
    assert.deepEqual({ ...mine, run: 0 }, { ...theirs, run: 0 });
  }
  const many = await Promise.all(Array.from({ length: 5 }, () => simulate(offload, A)));
  assert.deepEqual(
    many.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  );
  assert.deepEqual(faults, []);
});

test("A19: a calculation that nobody waits for any more ends, and makes room for the next", async () => {
  const app = beside();
  const gone = new AbortController();
  const left = [long, long].map((body) => simulate(app, body, gone.signal));
  await wait(100);
  gone.abort();
  for (const answer of left) assert.equal((await answer).status, 408);
  assert.equal((await simulate(app, A)).status, 200);
});

test("A19: a body that is large is read beside, and refused there as here", async () => {
  const app = beside();
  const odd = { ...A, note: "a".repeat(300_000), bde: 1 };
  const ask = async (text: string) => {
    const headers = { "content-type": "application/json" };
    const answer = await app.request("/api/column/simulate", { method: "POST", headers, body: text });
    return [answer.status, ((await answer.json()) as { code?: string; at?: string }).code];
  };
  assert.deepEqual(await ask(JSON.stringify(odd)), [422, "field_unknown"]);
  assert.deepEqual(await ask(`${JSON.stringify(odd)}}`), [400, "json_malformed"]);
  assert.deepEqual(await ask(`{"a":[${"{},".repeat(200_000)}{}]}`), [413, "too_large"]);
  assert.deepEqual(await ask(JSON.stringify({ ...A, note: "a".repeat(300_000) })), [200, undefined]);
});
