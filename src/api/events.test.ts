import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { perform } from "../app/core/perform.ts";
import { findUseCase } from "../app/use-cases.ts";
import { eventStream } from "./events.ts";
import { changeSince } from "./head-watch.ts";
import { asksAs } from "./reader.ts";

/** Quick enough for a test, slow enough to count. */
const POLL_MS = 20;

async function server(given: { heartbeatMs?: number } = {}) {
  const ports = memoryPorts();
  let looks = 0;
  const store = {
    ...ports.store,
    head: () => {
      looks++;
      return ports.store.head();
    },
  };
  const stopping = new AbortController();
  const app = new Hono();
  app.use((c, next) => {
    asksAs(c, undefined);
    return next();
  });
  app.get("/api/events", eventStream({ store, pollMs: POLL_MS, stopping: stopping.signal, ...given }));
  const [base, running] = await new Promise<[string, ReturnType<typeof serve>]>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }: AddressInfo) =>
      resolve([`http://127.0.0.1:${port}`, started]),
    );
  });
  let parties = 0;
  const write = async () => {
    const party = `sample-lab-${++parties}`;
    const useCase = findUseCase("programme", "register-party");
    assert.ok(useCase?.type === "command");
    const input = { party, name: "Sample Laboratory", kind: "laboratory", sample: true };
    const request = { key: party, actor: { id: "unstated", verified: false } as never };
    const done = await perform(ports, useCase, { request, input });
    assert.ok(done.ok);
  };
  const closed = () => new Promise<void>((resolve) => running.close(() => resolve()));
  return { base, write, looks: () => looks, stop: () => stopping.abort(), closed };
}

/** A listener as a browser is one: what came so far, and a wait for a piece of text. */
async function listen(base: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const answer = await fetch(`${base}/api/events`, { headers, signal: leaving.signal });
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  let text = "";
  let over = false;
  const reading = (async () => {
    for await (const piece of answer.body ?? []) text += new TextDecoder().decode(piece);
  })().then(
    () => (over = true),
    () => (over = true),
  );
  const until = async (wanted: RegExp) => {
    for (let tries = 0; tries < 250 && !wanted.test(text); tries++) await wait(POLL_MS);
    assert.match(text, wanted);
  };
  return { until, text: () => text, over: () => over, reading, leave: () => leaving.abort() };
}

describe("events", () => {
  it("A17 tells every listener what was written, with its seq and kinds", async () => {
    const at = await server();
    const [one, two] = [await listen(at.base), await listen(at.base)];
    await one.until(/id: 0\n\n/);
    assert.doesNotMatch(one.text(), /event:/);
    await at.write();
    const news = /id: 1\nevent: entries\ndata: {"seq":1,"kinds":\["party_registered"\]}\n\n/;
    await one.until(news);
    await two.until(news);
    at.stop();
    await at.closed();
  });

  it("A17 resumes after the entry seen last, and after books that are shorter now", async () => {
    const at = await server();
    for (let i = 0; i < 3; i++) await at.write();
    const behind = await listen(at.base, { "last-event-id": "1" });
    await behind.until(/id: 3\nevent: entries\ndata: {"seq":3,/);
    const upToDate = await listen(at.base, { "last-event-id": "3" });
    await wait(5 * POLL_MS);
    assert.doesNotMatch(upToDate.text(), /event:/);
    const ahead = await listen(at.base, { "last-event-id": "99" });
    await ahead.until(/data: {"seq":3,"kinds":\[\]}/);
    const nonsense = await listen(at.base, { "last-event-id": "x" });
    await nonsense.until(/id: 3\n\n/);
    at.stop();
    await at.closed();
  });

  it("A17 names no kinds where too much was written", async () => {
    const store = { entries: () => assert.fail("looked through") } as never;
    assert.deepEqual(await changeSince(store, 1, 502), { seq: 502, kinds: [] });
    assert.equal(await changeSince(store, 5, 5), undefined);
  });

  it("A18 looks once for all listeners, and not when nobody listens", async () => {
    const at = await server();
    const listeners = await Promise.all(Array.from({ length: 20 }, () => listen(at.base)));
    const before = at.looks();
    await wait(10 * POLL_MS);
    const looked = at.looks() - before;
    assert.ok(looked >= 1 && looked <= 11, `${looked} looks in 10 intervals for 20 listeners`);
    for (const each of listeners) each.leave();
    await Promise.all(listeners.map((each) => each.reading));
    await wait(5 * POLL_MS);
    const rested = at.looks();
    await wait(5 * POLL_MS);
    assert.equal(at.looks(), rested);
    const late = await listen(at.base);
    await at.write();
    await late.until(/"seq":1/);
    at.stop();
    await at.closed();
  });

  it("A18 speaks on a silent line, and ends every line when the server stops", async () => {
    const at = await server({ heartbeatMs: POLL_MS });
    const one = await listen(at.base);
    await one.until(/: still here\n\n: still here\n\n/);
    at.stop();
    await at.closed();
    await one.reading;
    assert.equal(one.over(), true);
  });
});
