import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { applyEntry, FOLDING } from "../../src/app/apply.ts";
import { perform } from "../../src/app/core/perform.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import { seeingAll } from "../../src/app/core/seen.ts";
import type { CommandAnswering, QueryAnswering } from "../../src/app/core/use-case.ts";
import { identifyUseCases } from "../../src/app/identify/index.ts";
import { intakeUseCases } from "../../src/app/intake/index.ts";
import { programmeUseCases } from "../../src/app/programme/index.ts";
import type { Consignment, Finding, Line } from "../../src/intake/index.ts";
import { pdfPrinter } from "../../src/outside/printer.ts";
import { zipCodes } from "../../src/outside/zip-codes.ts";
import { memoryStore } from "../../src/store/memory/ledger.ts";

export const NOW = "2026-03-03T12:00:00.000Z";
const zips = zipCodes();
const example = (path: string): string =>
  readFileSync(new URL(`../../examples/${path}`, import.meta.url), "utf8");
export const json = (path: string): Record<string, unknown> => JSON.parse(example(path));
export const MANIFEST = example("intake/manifest.csv");

export type Answer = Record<string, unknown> & { findings: Finding[] };

/** A programme with two centres and a scale; `do` answers the answer, or the code of the refusal. */
export async function programme() {
  let nonces = 0;
  const ids = { nonce: () => (nonces++).toString(16).padStart(32, "0") };
  const store = memoryStore(applyEntry, ids, FOLDING.whoReads);
  const clock = { now: () => new Date(NOW) };
  const ports = { store, ids, clock, zips, printer: pdfPrinter, version: "test" } as unknown as Ports;
  const find = (verb: string) =>
    [...programmeUseCases, ...intakeUseCases, ...identifyUseCases].find((u) => u.verb === verb);
  let requests = 0;
  const p = {
    store,
    async perform(verb: string, input: object, key = `k${requests++}`, party = "sample-recycler") {
      const actor = { role: "intake lead", party, verified: false };
      const useCase = find(verb) as CommandAnswering<Answer>;
      assert.equal(useCase?.type, "command", verb);
      return perform(ports, useCase, { request: { key, actor }, input });
    },
    async do(verb: string, input: object): Promise<Answer> {
      const done = await p.perform(verb, input);
      assert.ok(done.ok, done.ok ? "" : `${verb}: ${done.refusal.code}: ${done.refusal.message}`);
      return done.value.answer;
    },
    async code(verb: string, input: object): Promise<string> {
      const before = store.log.length;
      const done = await p.perform(verb, input);
      if (!done.ok) assert.equal(store.log.length, before, "a refusal writes nothing");
      return done.ok ? "done" : done.refusal.code;
    },
    async ask<A = { items: Record<string, unknown>[] }>(verb: string, input: object): Promise<A> {
      const query = find(verb) as QueryAnswering<A>;
      const answer = await query.answer(seeingAll(ports), query.input.parse(input));
      assert.ok(answer.ok, answer.ok ? "" : answer.refusal.code);
      return answer.value;
    },
    show: () => p.ask<Consignment>("show", { consignment: "C-DEMO" }),
  };
  await p.do("register-party", json("programme/party.json"));
  await p.do("register-site", json("programme/site.json"));
  await p.do("register-site", {
    ...json("programme/site.json"),
    site: "fresno",
    name: "Fresno",
    zip: "93725",
  });
  await p.do("register-unit", json("programme/scale.json"));
  return p;
}

export async function received() {
  const p = await programme();
  await p.do("receive", json("intake/receive.json"));
  return p;
}
export const read = (text: string, more: object = {}) => ({
  consignment: "C-DEMO",
  name: "m.csv",
  text,
  ...more,
});

/** Everything that still needs destruction, destroyed by the batch. */
export async function destroyAll(p: Awaited<ReturnType<typeof received>>) {
  const { items } = await p.ask<{ items: Line[] }>("lines", { consignment: "C-DEMO", limit: 500 });
  const [template] = json("intake/sanitize.json")["records"] as Record<string, unknown>[];
  const records = items
    .filter((l) => l.data_bearing !== "no" && l.sanitized < l.quantity)
    .map((l) => ({ ...template, row: l.row, devices: l.quantity - l.sanitized }));
  return p.do("sanitize", { consignment: "C-DEMO", records });
}
