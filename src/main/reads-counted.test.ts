import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freshDatabase, freshPool, poolOn } from "../../test/support/database.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { ownShell } from "../../test/support/own-shell.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { serverProcess } from "../../test/support/server-process.ts";
import { createApi } from "../api/index.ts";
import { perform } from "../app/core/perform.ts";
import type { Ports, Reader } from "../app/core/ports.ts";
import type { AnyCommand } from "../app/core/use-case.ts";
import { findUseCase, useCases } from "../app/use-cases.ts";
import { sha256Hex } from "../quantity/index.ts";
import { postgresReads, readCounter } from "../store/reads.ts";
import { refusalCounter } from "../store/refusals.ts";
import { digestOfBearer, tokenId } from "../trust/index.ts";
import { countEnded } from "./counted.ts";
import { portsOn } from "./ports.ts";

const OWNER = { role: "unstated", party: "unstated", verified: false };
const bearerOf = (role: string) => `didym_planted_${role}`;
const shownBy = (role: string) => ({ authorization: `Bearer ${bearerOf(role)}` });

/** A firm whose administrator and planner speak by tokens. */
async function firmOn(ports: Ports) {
  const give = async (name: string, input: object) => {
    const [room = "", verb = ""] = name.split(" ");
    const request = { key: `firm-${sha256Hex(JSON.stringify(input))}`, actor: OWNER, owner: true as const };
    const done = await perform(ports, findUseCase(room, verb) as AnyCommand, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
  };
  await give("programme register-party", { party: "one", name: "One", kind: "recycler" });
  for (const role of ["administrator", "planner"])
    await give("trust register-token", { party: "one", role, digest: digestOfBearer(bearerOf(role)) });
  const idOf = (role: string) => tokenId(digestOfBearer(bearerOf(role)));
  return { administrator: idOf("administrator"), planner: idOf("planner") };
}

const bytes = new Uint8Array([37, 80]);
const PDF = { digest: sha256Hex("planted"), media_type: "application/pdf", name: "planted.pdf", bytes };
const documentOf = async (digest: string) => (digest === PDF.digest ? PDF : undefined);

/** The firm's books in memory, and what a server counts of them in a database. */
async function counted() {
  const pool = await freshPool(4);
  const { store, ...beside } = memoryPorts();
  const readBy = (reader: Reader) => ({ ...store.readBy(reader), document: documentOf });
  const ports: Ports = { ...beside, store: { ...store, readBy }, reads: postgresReads(pool) };
  const counters = { refusals: refusalCounter(pool), reads: readCounter(pool) };
  const api = createApi({
    ...{ ports, useCases, signIn: "offered" },
    onEnded: (ended) => countEnded(counters, ended),
  });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await api.request(`/api/${path}`, { headers });
    const text = path === "events" ? "" : await answer.text();
    if (path === "events") await answer.body?.cancel();
    return { status: answer.status, text };
  };
  const post = async (path: string, body: object, headers: Record<string, string>) => {
    const answer = await api.request(`/api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  const told = async () => {
    await counters.reads.flush();
    return (await postgresReads(pool).counts({ limit: 500 })).items;
  };
  return { pool, ask, post, told, ids: await firmOn(ports) };
}

test("Z100: two hundred reads of two who signed in are counted exactly, by day, query and who", async () => {
  const { ask, told, ids } = await counted();
  const asked = (path: string, role: string, times: number) =>
    Array.from({ length: times }, () => () => ask(path, shownBy(role)));
  const all = [
    ...asked("programme/parties?limit=7", "planner", 90),
    ...asked("ledger/entries?limit=20", "planner", 60),
    ...asked("programme/parties", "administrator", 50),
  ];
  // Some at once, as people ask.
  for (let i = 0; i < all.length; i += 20)
    for (const { status } of await Promise.all(all.slice(i, i + 20).map((one) => one())))
      assert.equal(status, 200);
  const day = new Date().toISOString().slice(0, 10);
  const rows = (await told()).map(({ last_at: _, ...row }) => row);
  const row = (query: string, by: string, count: number) => ({ day, query, by, party: "one", count });
  const byName = (a: { query: string; count: number }, b: { query: string; count: number }) =>
    a.query.localeCompare(b.query) || a.count - b.count;
  assert.deepEqual(rows.toSorted(byName), [
    row("ledger/entries", ids.planner, 60),
    row("programme/parties", ids.administrator, 50),
    row("programme/parties", ids.planner, 90),
  ]);
  assert.equal(
    rows.reduce((sum, { count }) => sum + count, 0),
    200,
  );
});

test("Z100: documents, events, jobs, evidence and the answer of a repeat are counted; nothing that was asked is in it", async () => {
  const { ask, post, told } = await counted();
  const planner = shownBy("planner");
  assert.equal((await ask(`documents/${PDF.digest}`, planner)).status, 200);
  assert.equal((await ask("events", planner)).status, 200);
  assert.equal((await ask("jobs", planner)).status, 200);
  assert.equal((await ask("overview/find?text=planted-words", planner)).status, 200);
  const administrator = shownBy("administrator");
  assert.equal(await post("trust/evidence", {}, administrator), 200);
  const site = { site: "s-1", party: "one", name: "N", zip: "46204", capabilities: ["store"] };
  const keyed = { ...administrator, "idempotency-key": "planted-key" };
  assert.equal(await post("programme/register-site", site, keyed), 201);
  assert.equal(await post("programme/register-site", site, keyed), 200);
  const rows = await told();
  assert.deepEqual(rows.map(({ query, count }) => `${query} ${count}`).toSorted(), [
    "documents 1",
    "events 1",
    "jobs/list 1",
    "overview/find 1",
    "programme/register-site 1",
    "trust/evidence 1",
  ]);
  assert.doesNotMatch(JSON.stringify(rows), /planted|s-1/);
});

test("Z100: calculations, health, what is refused, and what nobody signed in for are not counted", async () => {
  const { ask, post, told } = await counted();
  const planner = shownBy("planner");
  const refused = [
    await ask("trust/refusals", planner),
    await ask("orders/show?order=O-NONE", planner),
    await ask("programme/parties?limit=none", planner),
    await ask(`documents/${"0".repeat(64)}`, planner),
    await ask("programme/parties", { authorization: "Bearer nobodys" }),
  ];
  assert.deepEqual(
    refused.map(({ status }) => status),
    [403, 404, 400, 404, 401],
  );
  assert.equal((await ask("programme/parties")).status, 200);
  assert.equal((await ask("health", planner)).status, 200);
  assert.equal((await ask("openapi.json", planner)).status, 200);
  assert.equal(await post("trust/duties", {}, planner), 200);
  assert.deepEqual(await told(), []);
});

test("Z101: an answer does not wait for a database that is slow; what was counted meanwhile is written when it comes back", async () => {
  const { pool } = await counted();
  let come = () => {};
  const slow = new Promise<void>((resolve) => {
    come = resolve;
  });
  const query = (async (...given: Parameters<typeof pool.query>) => {
    await slow;
    return pool.query(...given);
  }) as typeof pool.query;
  const reads = readCounter({ query });
  const ports = memoryPorts();
  await firmOn(ports);
  const counters = { refusals: refusalCounter(pool), reads };
  const api = createApi({ ports, useCases, onEnded: (ended) => countEnded(counters, ended) });
  const ask = () => api.request("/api/programme/parties", { headers: shownBy("planner") });
  assert.equal((await ask()).status, 200);
  const writing = reads.flush();
  for (let i = 0; i < 3; i++)
    assert.equal((await ask()).status, 200, "answered while the counts are written");
  come();
  await writing;
  await reads.stop();
  const { items } = await postgresReads(pool).counts({ limit: 10 });
  assert.deepEqual(
    items.map(({ count }) => count),
    [4],
  );
});

test("Z101: a server that is told to stop writes what it counted first", { timeout: 60_000 }, async () => {
  const config = await freshDatabase();
  const pool = poolOn(config, 2);
  after(() => pool.end());
  await firmOn(portsOn(pool, undefined, ownKeyFile()));
  const { origin, child, ended } = await serverProcess(config, ownShell().folder);
  for (let i = 0; i < 7; i++) {
    const answer = await fetch(`${origin}/api/programme/parties`, { headers: shownBy("planner") });
    assert.equal(answer.status, 200);
    await answer.text();
  }
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
  const { items } = await postgresReads(pool).counts({ limit: 10 });
  assert.deepEqual(
    items.map(({ query, count }) => [query, count]),
    [["programme/parties", 7]],
  );
});
