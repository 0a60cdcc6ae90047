import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { noticesWorld } from "../../test/support/notices-world.ts";
import { perform } from "../app/core/perform.ts";
import type { Ports } from "../app/core/ports.ts";
import type { AnyCommand } from "../app/core/use-case.ts";
import { followOnce } from "../app/notices/follow.ts";
import { findUseCase, useCases } from "../app/use-cases.ts";
import { Driver, StoryClock } from "../sample/driver.ts";
import { registerPeople } from "../sample/people.ts";
import { PARTIES } from "../sample/places.ts";
import { memorySessions } from "../store/sessions.ts";
import { createApi } from "./index.ts";

interface Answer {
  readonly status: number;
  readonly body: any;
}

/** The sample's parties and people, with notices on a database, served. */
async function served() {
  const { notices } = await noticesWorld();
  const ports: Ports = {
    ...{ ...memoryPorts(), notices, sessions: memorySessions() },
    addressOf: async (person) => (person === "recycler-accountant" ? "a@example.com" : undefined),
  };
  const driver = new Driver(ports, new StoryClock(new Date().toISOString()), "test");
  for (const party of PARTIES)
    await driver.do("programme register-party", "auditor@x", { ...party, sample: true });
  await driver.do("programme register-party", "auditor@x", {
    ...{ party: "sample-auditor", name: "Sample Auditor", kind: "auditor", sample: true },
  });
  await registerPeople(ports, assert.fail);
  const api = createApi({ ports, useCases, samplePeople: true });
  const ask = async (path: string, as?: string, body?: object): Promise<Answer> => {
    const headers = { "content-type": "application/json", ...(as ? { authorization: as } : {}) };
    const method = body === undefined ? "GET" : "POST";
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await api.request(`/api/${path}`, { method, headers, ...sent });
    return { status: answer.status, body: await answer.json() };
  };
  const be = async (person: string) =>
    `Bearer ${(await ask("auth/sample", undefined, { person })).body.token}`;
  const owner = async (name: string, input: object) => {
    const [room = "", verb = ""] = name.split(" ");
    const actor = { role: "unstated", party: "unstated", verified: false };
    const request = { key: name.replace(" ", "/"), actor, owner: true as const };
    const done = await perform(ports, findUseCase(room, verb) as AnyCommand, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
  };
  const follow = async () => {
    const at = new Date().toISOString();
    while (await followOnce(notices, { store: ports.store, at, mail: true }));
  };
  return { ports, notices, ask, be, owner, follow };
}

const HOOK = { party: "sample-recycler", url: "https://hooks.example.com/didym" };

test("Z94: one is told what is for one's own party and role; who is not signed in nothing", async () => {
  const { ask, be, owner, follow } = await served();
  await owner("trust register-person", { person: "U-1", party: "sample-recycler", role: "driver" });
  await follow();
  const mine = async (person: string) => (await ask("notices/mine", await be(person))).body.items;
  const [first] = await mine("recycler-administrator");
  assert.deepEqual(
    { kind: first.kind, about: first.about, link: first.link, party: first.party },
    {
      ...{ kind: "person_registered", about: { collection: "person", id: "U-1" } },
      ...{ link: "/", party: "sample-recycler" },
    },
  );
  assert.deepEqual(await mine("recycler-weigher"), []);
  for (const { party } of await mine("refiner-administrator")) assert.equal(party, "sample-refiner");
  const { status, body } = await ask("notices/mine");
  assert.deepEqual([status, body.code], [401, "not_signed_in"]);
});

test("Z94: a page tells where the next begins, and how far the log was followed", async () => {
  const { ask, be, follow, ports } = await served();
  await follow();
  const as = await be("recycler-administrator");
  const all = (await ask("notices/mine", as)).body;
  assert.ok(all.items.length > 3);
  assert.equal(all.followed_to, (await ports.store.head())?.seq);
  const paged: unknown[] = [];
  for (let after: number | undefined, asked = true; asked; asked = after !== undefined) {
    const page = (await ask(`notices/mine?limit=2${after === undefined ? "" : `&after=${after}`}`, as)).body;
    paged.push(...page.items);
    after = page.next;
  }
  assert.deepEqual(paged.slice(0, all.items.length), all.items);
});

test("Z96: webhooks are kept by an administrator of their party; the secret is told once", async () => {
  const { ask, be } = await served();
  const administrator = await be("recycler-administrator");
  for (const [person, code] of [
    [undefined, "not_signed_in"],
    ["recycler-accountant", "not_allowed"],
    ["refiner-administrator", "not_allowed"],
  ] as const) {
    const as = person && (await be(person));
    assert.equal((await ask("notices/register-webhook", as, HOOK)).body.code, code);
    assert.equal((await ask("notices/webhooks?party=sample-recycler", as)).body.code, code);
  }
  const made = await ask("notices/register-webhook", administrator, HOOK);
  assert.equal(made.status, 200, JSON.stringify(made.body));
  assert.match(made.body.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  const listed = await ask("notices/webhooks", administrator);
  assert.deepEqual(
    listed.body.items.map((hook: { id: string; url: string }) => [hook.id, hook.url]),
    [[made.body.id, HOOK.url]],
  );
  assert.ok(!JSON.stringify(listed.body).includes(made.body.secret.slice(6, 20)));
  const end = { webhook: made.body.id };
  const refiner = await be("refiner-administrator");
  const saidOf = async (webhook: string) => {
    const { code, at, detail } = (await ask("notices/end-webhook", refiner, { webhook })).body;
    return { code, at, detail };
  };
  const theirs = await saidOf(made.body.id);
  assert.equal(theirs.code, "not_allowed");
  assert.deepEqual(theirs, await saidOf("W-0"), "whether there is one, and whose, is no one else's to learn");
  assert.equal((await ask("notices/end-webhook", administrator, end)).status, 200);
  assert.equal((await ask("notices/end-webhook", administrator, end)).body.code, "webhook_unknown");
  const [ended] = (await ask("notices/webhooks", administrator)).body.items;
  assert.equal(ended.ended_why, "ended by its party");
  const plain = { ...HOOK, url: "http://hooks.example.com/" };
  const refused = await ask("notices/register-webhook", administrator, plain);
  assert.deepEqual([refused.status, refused.body.code], [422, "webhook_url_refused"]);
});

test("Z95: a person says for themselves alone what they want by e-mail; a token of a system reads none", async () => {
  const { ask, be, ports } = await served();
  const as = await be("recycler-accountant");
  const none = (await ask("notices/wishes", as)).body;
  assert.deepEqual([none.at_once, none.daily, none.address_known], [[], [], true]);
  const wish = { at_once: ["statement_made", "statement_made"], daily: ["stock_differs", "statement_made"] };
  assert.equal((await ask("notices/wish", as, wish)).status, 200);
  const kept = (await ask("notices/wishes", as)).body;
  assert.deepEqual([kept.at_once, kept.daily], [["statement_made"], ["stock_differs"]]);
  const other = { ...wish, person: "refiner-accountant" };
  assert.equal((await ask("notices/wish", as, other)).body.code, "not_allowed");
  assert.equal((await ask("notices/wish", undefined, wish)).body.code, "not_signed_in");
  assert.equal((await ask("notices/wish", as, { at_once: ["everything"] })).body.code, "input_malformed");
  const made = findUseCase("trust", "token");
  assert.equal(made?.type, "action");
  const actor = { role: "unstated", party: "unstated", verified: false };
  const token =
    made?.type === "action" &&
    (await made.run(ports, {
      input: { party: "sample-recycler", role: "accountant" },
      request: { actor, owner: true },
    }));
  assert.ok(token?.ok);
  const bearer = `Bearer ${(token.value as { token: string }).token}`;
  assert.equal((await ask("notices/wish", bearer, wish)).body.code, "not_a_person");
});
