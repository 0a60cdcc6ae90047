import assert from "node:assert/strict";
import { test } from "node:test";
import {
  carriers,
  carryAll,
  HOUR_MS,
  later,
  NOW,
  noticesWorld,
  noticeTo,
  registered,
  SECRET,
  tell,
} from "../../test/support/notices-world.ts";
import { ownSeal } from "../../test/support/sealing.ts";
import type { NewNotice, Notices } from "../app/core/notices.ts";
import { LEASE_S, WEBHOOKS_MAX } from "../app/core/notices.ts";
import { postgresNotices } from "./notices.ts";

const HOW = { at: NOW, mail: true };
const manager = { role: "commercial manager" };
const ofParty = async (notices: Notices, party: string) =>
  (await notices.list({ to: { party, ...manager }, limit: 1000 })).map(({ source }) => source);

/** A log of so many entries, each of which tells one notice. */
const logOf = (length: number) => async (after: number) => {
  const notices: NewNotice[] = [];
  for (let seq = after + 1; seq <= Math.min(length, after + 7); seq++)
    notices.push({ ...noticeTo("r", seq), source: `entry ${seq}`, seq });
  return { notices, reached: Math.min(length, after + 7) };
};

test("Z93: servers that follow at once tell each notice once, in the order of the log", async () => {
  const { notices, pool } = await noticesWorld();
  const servers = [notices, ...[1, 2, 3].map(() => postgresNotices(pool, ownSeal()))];
  await Promise.all(
    servers.map(async (server) => {
      while ((await notices.reached()) < 100) await server.follow(logOf(100), HOW);
    }),
  );
  const told = await ofParty(notices, "r");
  assert.deepEqual(
    told,
    Array.from({ length: 100 }, (_, i) => `entry ${100 - i}`),
  );
});

test("Z93: a server that stops before it has written leaves nothing, and another goes on from there", async () => {
  const { notices } = await noticesWorld();
  await notices.follow(logOf(7), HOW);
  const stopped = notices.follow(async (after) => {
    await logOf(14)(after);
    throw new Error("stopped");
  }, HOW);
  await assert.rejects(stopped, /stopped/);
  assert.equal(await notices.reached(), 7);
  let inside: number | undefined = 0;
  await notices.follow(async (after) => {
    inside = await notices.follow(logOf(99), HOW);
    return logOf(14)(after);
  }, HOW);
  assert.equal(inside, undefined, "one at a time");
  assert.equal((await ofParty(notices, "r")).length, 14);
});

test("Z93: what several entries say is told once, and so is what happens beside the log", async () => {
  const { notices } = await noticesWorld();
  const twice = [noticeTo("r"), noticeTo("r"), noticeTo("s")];
  await registered(notices, { party: "r", url: "https://hooks.example.com/" });
  await tell(notices, twice);
  await tell(notices, twice);
  assert.ok(await notices.claim(HOW));
  assert.equal(await notices.claim(HOW), undefined, "and is on its way once");
  assert.deepEqual(await ofParty(notices, "r"), ["test 1"]);
  assert.deepEqual(await ofParty(notices, "s"), ["test 1"]);
});

test("Z94: one is told what is for one's party and role, the newest first, page by page", async () => {
  const { notices } = await noticesWorld();
  await tell(
    notices,
    [1, 2, 3].flatMap((nth) => [noticeTo("r", nth), noticeTo("s", nth)]),
  );
  assert.deepEqual(await ofParty(notices, "r"), ["test 3", "test 2", "test 1"]);
  assert.deepEqual(await notices.list({ to: { party: "r", role: "weigher" }, limit: 9 }), []);
  const [first] = await notices.list({ to: { party: "r", ...manager }, limit: 1 });
  assert.ok(first);
  const rest = await notices.list({ to: { party: "r", ...manager }, before: first.nth, limit: 9 });
  assert.deepEqual(
    rest.map(({ source }) => source),
    ["test 2", "test 1"],
  );
  assert.equal((await notices.list({ limit: 9 })).length, 6);
});

test("Z95: e-mail is off until it is asked for; without a mail server none is made", async () => {
  const { notices } = await noticesWorld();
  const wish = { person: "ann", party: "r", ...manager, at_once: ["order_placed"], daily: [] };
  await tell(notices, [noticeTo("r", 1)]);
  await notices.keepWish(wish, NOW);
  await notices.tell([noticeTo("r", 2)], { at: NOW, mail: false });
  assert.equal(await notices.claim(HOW), undefined);
  await tell(notices, [noticeTo("r", 3), noticeTo("s", 3), noticeTo("r", 4, "terms_proposed")]);
  const made = await notices.claim(HOW);
  assert.deepEqual(made?.to === "person" && [made.person, made.notices.map(({ source }) => source)], [
    ...["ann", ["test 3"]],
  ]);
  assert.equal(await notices.claim(HOW), undefined);
});

test("Z95: once a day, what is new of the kinds that were asked for, in one letter", async () => {
  const { notices } = await noticesWorld();
  const wish = { person: "ann", party: "r", ...manager, at_once: [], daily: ["order_placed"] };
  await tell(notices, [noticeTo("r", 1)]);
  await notices.keepWish(wish, NOW);
  await tell(notices, [
    noticeTo("r", 2),
    noticeTo("r", 3),
    noticeTo("r", 4, "terms_proposed"),
    noticeTo("s", 5),
  ]);
  assert.equal(await notices.makeDigest(later(23 * HOUR_MS)), false);
  const made = await Promise.all([1, 2, 3].map(() => notices.makeDigest(later(25 * HOUR_MS))));
  assert.deepEqual(made.sort(), [false, false, true], "of three servers one makes it");
  const at = later(25 * HOUR_MS);
  const letter = await notices.claim({ at, mail: true });
  assert.ok(letter);
  assert.deepEqual(
    letter.notices.map(({ source }) => source),
    ["test 2", "test 3"],
  );
  await notices.sent(letter, at);
  assert.equal(await notices.makeDigest(later(47 * HOUR_MS)), false, "a day after it was due");
  assert.equal(await notices.makeDigest(later(49 * HOUR_MS)), true);
  const none = await notices.claim({ at: later(49 * HOUR_MS), mail: true });
  assert.equal(none, undefined, "a day without news is no letter");
});

test("Z96: a webhook is told of what happens after it was registered, of the kinds it named, of its party alone", async () => {
  const { notices, pool } = await noticesWorld();
  await pool.query("update didym.head set seq = 10");
  await registered(notices, { party: "r", url: "https://hooks.example.com/", kinds: ["order_placed"] });
  const entry = (seq: number, party = "r", kind = "order_placed") => ({
    ...noticeTo(party, seq, kind),
    ...{ source: `entry ${seq}`, seq },
  });
  await tell(notices, [entry(10), entry(11), entry(12, "s"), entry(13, "r", "terms_proposed")]);
  const made = await notices.claim(HOW);
  assert.deepEqual(made?.to === "webhook" && made.notices.map(({ source }) => source), ["entry 11"]);
  assert.equal(await notices.claim(HOW), undefined);
});

test("Z96: its secret is sealed and opens as no other's; ended, it is gone and so is what was on its way", async () => {
  const { notices, pool } = await noticesWorld();
  await registered(notices, { party: "r", url: "https://hooks.example.com/" });
  await registered(notices, { party: "r", url: "https://hooks.example.com/2", id: "W-2" });
  assert.deepEqual(await notices.secretOf("W-1"), SECRET);
  const stored = await pool.query("select sealed from didym.webhook");
  assert.ok(!JSON.stringify(stored.rows).includes(Buffer.from(SECRET).toString("base64").slice(0, 12)));
  await pool.query("update didym.webhook set sealed = (select sealed from didym.webhook where id = 'W-1')");
  assert.equal(await notices.secretOf("W-2"), undefined);
  await tell(notices, [noticeTo("r")]);
  assert.equal(await notices.endWebhook("W-1", { at: NOW, why: "moved" }), true);
  assert.equal(await notices.endWebhook("W-1", { at: NOW, why: "again" }), false);
  assert.equal(await notices.secretOf("W-1"), undefined);
  const made = await notices.claim(HOW);
  assert.equal(made?.to === "webhook" && made.webhook.id, "W-2");
  assert.equal(await notices.claim(HOW), undefined);
});

test("Z96: a party has ten at most; what ended makes room", async () => {
  const { notices } = await noticesWorld();
  for (let nth = 0; nth < WEBHOOKS_MAX; nth++)
    await registered(notices, { party: "r", url: "https://hooks.example.com/", id: `W-${nth}` });
  const more = { id: "W-10", party: "r", url: "https://hooks.example.com/", kinds: [], secret: SECRET };
  const refused = await notices.register(more, NOW);
  assert.equal(refused.ok ? "done" : refused.refusal.code, "too_many_webhooks");
  await notices.endWebhook("W-3", { at: NOW, why: "moved" });
  assert.equal((await notices.register(more, NOW)).ok, true);
});

test("Z98: what is on its way is one server's at a time, and another's when that one is silent, under the same id", async () => {
  const { notices, pool } = await noticesWorld();
  const other = postgresNotices(pool, ownSeal());
  await registered(notices, { party: "r", url: "https://hooks.example.com/" });
  await tell(
    notices,
    Array.from({ length: 20 }, (_, nth) => noticeTo("r", nth)),
  );
  const taken = await Promise.all(
    Array.from({ length: 30 }, (_, nth) => (nth % 2 ? notices : other).claim(HOW)),
  );
  const ids = taken.flatMap((one) => (one ? [one.id] : []));
  assert.equal(ids.length, 20);
  assert.equal(new Set(ids).size, 20);
  const again = await other.claim({ at: later(LEASE_S * 1000), mail: true });
  assert.ok(again && ids.includes(again.id));
  assert.equal(again.attempt, 2);
  const first = taken.find((one) => one?.id === again.id);
  assert.ok(first);
  await notices.failed(first, { why: "late", at: NOW });
  await other.sent(again, NOW);
  const { rows } = await pool.query("select count(*)::int as left from didym.notice_delivery");
  assert.deepEqual(rows, [{ left: 19 }], "who was silent too long is not heard");
});

test("Z98: a webhook that fails lets the others by", async () => {
  const world = await noticesWorld();
  const { notices } = world;
  await registered(notices, { party: "r", url: "https://hooks.example.com/bad", id: "W-BAD" });
  await tell(notices, [noticeTo("r", 1)]);
  await carryAll(carriers(world, { post: async () => ({ ok: false, why: "no" }) }));
  await registered(notices, { party: "r", url: "https://hooks.example.com/good", id: "W-GOOD" });
  await tell(notices, [noticeTo("r", 2)]);
  const order: string[] = [];
  world.clock.now = later(6000);
  const post = async ({ url }: { url: string }) => {
    order.push(url.slice(-4));
    return { ok: true as const };
  };
  await carryAll(carriers(world, { post }));
  assert.deepEqual(order, ["good", "/bad", "/bad"]);
});
