import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { PARTY, post, problemIn, REGISTER } from "../../test/support/api-calls.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import type { Runner } from "../app/core/job-queue.ts";
import { query } from "../app/core/use-case.ts";
import { useCases } from "../app/use-cases.ts";
import { isDatabaseAway } from "../store/away.ts";
import type { Ended } from "./ended.ts";
import { createApi } from "./index.ts";

const broken = query({
  ...{ room: "test", verb: "broken", summary: "breaks", input: z.object({}), example: {} },
  answer: () => Promise.reject(new Error("inside")),
});

function listening() {
  const ended: Ended[] = [];
  const faults: (string | undefined)[] = [];
  const app = createApi({
    signIn: "offered",
    ...{ ports: memoryPorts(), useCases: [...useCases, broken], served: { host: "127.0.0.1", names: [] } },
    onEnded: (one) => void ended.push(one),
    onFault: (_, id) => void faults.push(id),
  });
  return { app, ended, faults };
}

test("A40: every request ends once, told by the pattern of its route, and its answer carries the id", async () => {
  const { app, ended } = listening();
  const actor = { "didym-actor": "planner@sample-lab" };
  const answers = [
    await post(app, REGISTER, JSON.stringify(PARTY), actor),
    await post(app, REGISTER, "{}", { "didym-actor": "Anna Smith, secret" }),
    await app.request("/api/jobs/J-SECRET"),
    await app.request("/api/programme/parties?limit=secret"),
    await app.request("/api/nowhere/secret"),
    await app.request("/secret"),
    await app.request("/api/programme/parties", { method: "HEAD" }),
    await app.request("/api/programme/parties", { method: "SECRET" }),
    await app.request("/api/health", { headers: { host: "secret.example" } }),
  ];
  assert.deepEqual(
    ended.map(({ route, status, code, actor }) => [route, status, code, actor]),
    [
      [REGISTER, 201, undefined, "planner@sample-lab"],
      [REGISTER, 400, "input_malformed", undefined],
      ["/api/jobs/:job", 404, "job_unknown", undefined],
      ["/api/programme/parties", 400, "input_malformed", undefined],
      ["/api/*", 404, "not_found", undefined],
      ["/*", 404, "not_found", undefined],
      ["/api/programme/parties", 200, undefined, undefined],
      ["/api/programme/parties", 405, "method_not_allowed", undefined],
      ["/*", 403, "host_foreign", undefined],
    ],
  );
  assert.deepEqual(
    answers.map(({ headers }) => headers.get("request-id")),
    ended.map(({ request_id }) => request_id),
  );
  assert.equal(new Set(ended.map(({ request_id }) => request_id)).size, answers.length);
  assert.doesNotMatch(JSON.stringify(ended), /secret|Smith/i);
});

test("A40: a fault names the id by which the log tells of it; an id that is sent is not taken over", async () => {
  const { app, ended, faults } = listening();
  const answer = await app.request("/api/test/broken", { headers: { "request-id": "mine" } });
  const id = answer.headers.get("request-id");
  const problem = (await problemIn(answer)) as { request_id?: string };
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.deepEqual([problem.request_id, ended[0]?.request_id, ...faults], [id, id, id]);
  assert.deepEqual([ended[0]?.route, ended[0]?.status, ended[0]?.code], ["/api/test/broken", 500, "fault"]);
});

test("A40: an asker who leaves, in the middle of a body or of a calculation, is no fault and no absent database", async () => {
  const ended: Ended[] = [];
  const told: Error[] = [];
  const gone = new AbortController();
  // As a thread that is ended: what it was at comes to nothing.
  const offload: Runner = () => {
    let end = () => {};
    const outcome = new Promise<"stopped">((resolve) => {
      end = () => resolve("stopped");
    });
    setImmediate(() => gone.abort());
    return { outcome, end };
  };
  const app = createApi({
    signIn: "offered",
    ...{ ports: memoryPorts(), useCases, offload, isDatabaseAway },
    onEnded: (one) => void ended.push(one),
    onFault: (error) => void told.push(error),
  });
  const cutOff = new ReadableStream<Uint8Array>({
    pull(to) {
      to.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
    },
  });
  const headers = { "content-type": "application/json", "idempotency-key": "k" };
  await app.request(REGISTER, { method: "POST", body: cutOff, headers, duplex: "half" } as never);
  const body = readFileSync("examples/column/A-equilibrium.json", "utf8");
  await app.request("/api/column/simulate", { method: "POST", body, headers, signal: gone.signal });
  assert.deepEqual(
    ended.map(({ route, status, code }) => [route, status, code]),
    [
      [REGISTER, 408, "asker_gone"],
      ["/api/column/simulate", 408, "asker_gone"],
    ],
  );
  assert.deepEqual(told, []);
});
