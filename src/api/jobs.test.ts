import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { post, problemIn } from "../../test/support/api-calls.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { runHere, wasDone } from "../app/jobs/carry-out.ts";
import { work } from "../app/jobs/worker.ts";
import { useCases } from "../app/use-cases.ts";
import { createApi } from "./index.ts";

type Body = Readonly<Record<string, unknown>>;

const MANIFEST = {
  use_case: "intake/read-manifest",
  input: { consignment: "C-1", name: "sample.csv", text: "description,qty\nApple iPhone 12,40\n" },
};
const DESIGN = {
  use_case: "refine/design",
  input: { mole_fractions: { Nd: 0.8, Pr: 0.2 }, length_m: 0.5, targets: { Nd: 0.99, Pr: 0.99 } },
};

function server() {
  const ports = memoryPorts();
  const stopping = new AbortController();
  const app = createApi({ signIn: "offered", ports, useCases, stopping: stopping.signal });
  const ask = (body: object, key: string) =>
    post(app, "/api/jobs", JSON.stringify(body), { "idempotency-key": key });
  const read = async (path: string) => (await (await app.request(path)).json()) as Body;
  const serve = () => {
    const onFault = (error: Error) => assert.fail(error);
    return work({
      ...{ queue: ports.jobs, onFault, run: runHere(ports, onFault), name: "here", slots: 1 },
      ...{ wasDone: (claim) => wasDone(ports, claim), pollMs: 10, beatMs: 10 },
    });
  };
  return { app, ask, read, serve, stop: () => stopping.abort() };
}

test("J10, J1: a job is asked for once under its key, and answered 202 with its name", async () => {
  const { ask, read } = server();
  const first = await ask(MANIFEST, "k-1");
  assert.equal(first.status, 202);
  const job = (await first.json()) as Body;
  assert.match(String(job["job"]), /^J-[0-9A-Z]{8}$/);
  assert.deepEqual(
    [job["state"], job["repeated"], job["about"]],
    ["queued", false, { consignment: "C-1", name: "sample.csv" }],
  );
  const again = (await (await ask(MANIFEST, "k-1")).json()) as Body;
  assert.deepEqual([again["job"], again["repeated"]], [job["job"], true]);
  const other = await problemIn(ask({ ...MANIFEST, input: { ...MANIFEST.input, name: "b.csv" } }, "k-1"));
  assert.deepEqual([other.code, other.status], ["key_reused", 409]);
  assert.equal(((await read("/api/jobs"))["items"] as Body[]).length, 1);
});

test("J1: what cannot be right is refused before anything waits, with its place", async () => {
  const { app, ask, read } = server();
  const bare = (body: object) =>
    app.request("/api/jobs", {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    });
  for (const [asked, code, at] of [
    [bare(MANIFEST), "key_missing", "Idempotency-Key"],
    [ask({ ...MANIFEST, input: { consignment: "C-1" } }, "k"), "input_malformed", "input.text"],
    [ask({ use_case: "programme/register-party", input: {} }, "k"), "job_not_long", "use_case"],
    [ask({ use_case: "intake/nothing", input: {} }, "k"), "use_case_unknown", "use_case"],
    [ask({ use_case: "constructor/name", input: {} }, "k"), "use_case_unknown", "use_case"],
    [ask({ use_case: "jobs/start", input: MANIFEST }, "k"), "job_not_long", "use_case"],
  ] as const) {
    const problem = await problemIn(asked);
    assert.deepEqual([problem.code, problem.at], [code, at]);
  }
  assert.deepEqual(await read("/api/jobs"), { items: [] });
  assert.equal((await bare(DESIGN)).status, 202, "what writes nothing needs no key");
});

test("J10, J6: jobs are listed a page at a time, shown, cancelled at their address, and as use cases", async () => {
  const { app, ask, read } = server();
  const names: string[] = [];
  for (const key of ["k-1", "k-2", "k-3"])
    names.unshift(String(((await (await ask(DESIGN, key)).json()) as Body)["job"]));
  const page = await read("/api/jobs?limit=2");
  assert.deepEqual(
    (page["items"] as Body[]).map((job) => job["job"]),
    names.slice(0, 2),
  );
  const next = await read(`/api/jobs?limit=2&after=${page["next"]}`);
  assert.deepEqual(
    (next["items"] as Body[]).map((job) => job["job"]),
    names.slice(2),
  );
  assert.equal(next["next"], undefined);
  const [last] = names;
  assert.deepEqual(await read(`/api/jobs/${last}`), await read(`/api/jobs/show?job=${last}`));
  const cancelled = await app.request(`/api/jobs/${last}`, { method: "DELETE" });
  assert.equal(cancelled.status, 200);
  assert.equal(((await cancelled.json()) as Body)["state"], "cancelled");
  const waiting = await read("/api/jobs?state=queued");
  assert.equal((waiting["items"] as Body[]).length, 2);
  assert.equal((await problemIn(app.request("/api/jobs/J-NONE"))).code, "job_unknown");
  assert.equal((await problemIn(app.request("/api/jobs/J-NONE", { method: "DELETE" }))).status, 404);
  assert.equal((await app.request("/api/jobs", { method: "DELETE" })).headers.get("allow"), "GET, POST");
  assert.equal(
    (await app.request(`/api/jobs/${last}`, { method: "POST" })).headers.get("allow"),
    "GET, DELETE",
  );
});

test("J10: every change of a job is told on the line of events, and its result is what the use case answers", async () => {
  const { app, ask, read, serve, stop } = server();
  const line = await app.request("/api/events");
  let heard = "";
  const listening = (async () => {
    for await (const piece of line.body ?? []) heard += new TextDecoder().decode(piece);
  })();
  const { job } = (await (await ask(DESIGN, "k-1")).json()) as { job: string };
  const working = serve();
  for (let tries = 0; tries < 400 && !/"state":"done"/.test(heard); tries++) await wait(25);
  await working.stop();
  stop();
  await listening;
  assert.match(heard, new RegExp(`event: job\ndata: {"job":"${job}"[^\n]*"state":"done"`));
  const { result, state } = (await read(`/api/jobs/${job}`)) as { result: Body; state: string };
  assert.equal(state, "done");
  const direct = await post(app, "/api/refine/design", JSON.stringify(DESIGN.input));
  const { run: _, ...asked } = (await direct.json()) as Body;
  const { run, ...worked } = result;
  assert.ok(run, "it says what it was worked out with");
  assert.deepEqual(worked, asked);
});
