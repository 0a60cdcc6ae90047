import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { mailServer } from "../../../test/support/mail-server.ts";
import {
  carriers,
  carryAll,
  HOUR_MS,
  hookServer,
  later,
  NOW,
  noticesWorld,
  noticeTo,
  personOf,
  registered,
  SECRET,
  tell,
} from "../../../test/support/notices-world.ts";
import { smtpMail } from "../../outside/mail.ts";
import { LEASE_S } from "../core/notices.ts";

test("Z98 Z99: what fails comes again under the same id, what went well does not, each once to a hook", async () => {
  const world = await noticesWorld();
  let answers = 503;
  const hook = await hookServer(() => answers);
  await registered(world.notices, { party: "r", url: hook.url });
  await tell(world.notices, [noticeTo("r", 1), noticeTo("r", 2)]);
  assert.equal(await carryAll(carriers(world)), 2);
  const [failing] = await world.notices.webhooks({ limit: 9 });
  assert.deepEqual([failing?.failing_since, failing?.failed_with], [NOW, "it answered 503"]);
  assert.equal(await carryAll(carriers(world)), 0, "not before its time");
  answers = 200;
  world.clock.now = later(5000);
  assert.equal(await carryAll(carriers(world)), 2);
  const ids = hook.heard.map(({ headers }) => headers["webhook-id"]);
  assert.equal(new Set(ids).size, 2);
  assert.deepEqual(ids.slice(0, 2).sort(), ids.slice(2).sort());
  assert.deepEqual(
    hook.heard
      .slice(2)
      .map(({ body }) => JSON.parse(body).data.about.id)
      .sort(),
    ["O-1", "O-2"],
  );
  world.clock.now = later(48 * HOUR_MS);
  assert.equal(await carryAll(carriers(world)), 0);
  const [well] = await world.notices.webhooks({ limit: 9 });
  assert.deepEqual([well?.failing_since, well?.sent_at], [undefined, later(5000)]);
});

test("Z98: a server killed between sending and noting repeats it, under the same id", async () => {
  const world = await noticesWorld();
  const hook = await hookServer();
  await registered(world.notices, { party: "r", url: hook.url });
  await tell(world.notices, [noticeTo("r")]);
  const program = fileURLToPath(new URL("../../../test/support/notice-sender-process.ts", import.meta.url));
  const secret = Buffer.from(SECRET).toString("hex");
  const killed = spawn(process.execPath, [program, JSON.stringify(world.config), NOW, secret], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(killed.stdout, "data");
  assert.equal(String(said).trim(), "sent and not noted");
  killed.kill("SIGKILL");
  await once(killed, "exit");
  assert.equal(hook.heard.length, 1);
  assert.equal(await carryAll(carriers(world)), 0, "it might still be at it");
  world.clock.now = later(LEASE_S * 1000);
  assert.equal(await carryAll(carriers(world)), 1);
  const [first, again] = hook.heard.map(({ headers, body }) => [headers["webhook-id"], body]);
  assert.ok(first?.[0]);
  assert.deepEqual(again, first);
});

test("Z99: a webhook that fails for a day is switched off, and its administrators are told", async () => {
  const world = await noticesWorld();
  const hook = await hookServer(() => 500);
  await registered(world.notices, { party: "r", url: hook.url });
  await tell(world.notices, [noticeTo("r", 1)]);
  const administrator = { party: "r", role: "administrator" };
  let tries = 0;
  for (let hours = 0; hours <= 30 && (await ended()) === undefined; hours += 0.5) {
    world.clock.now = later(hours * HOUR_MS);
    tries += await carryAll(carriers(world));
    // It goes on being told of something, as it would be.
    if (hours === 20) await tell(world.notices, [noticeTo("r", 2)], world.clock.now);
  }
  async function ended() {
    return (await world.notices.webhook("W-1"))?.ended_at;
  }
  const at = await ended();
  assert.ok(at && at >= later(24 * HOUR_MS) && at <= later(29 * HOUR_MS), at);
  assert.ok(tries >= 9 && tries < 20, `${tries}`);
  const [notice] = await world.notices.list({ to: administrator, limit: 9 });
  assert.equal(notice?.kind, "webhook_ended");
  const count = hook.heard.length;
  await tell(world.notices, [noticeTo("r", 3)], at);
  world.clock.now = later(72 * HOUR_MS);
  assert.equal(await carryAll(carriers(world)), 0);
  assert.equal(hook.heard.length, count);
});

test("Z99: a webhook that says it is gone is switched off at once", async () => {
  const world = await noticesWorld();
  const hook = await hookServer(() => 410);
  await registered(world.notices, { party: "r", url: hook.url });
  await tell(world.notices, [noticeTo("r", 1), noticeTo("r", 2)]);
  assert.equal(await carryAll(carriers(world)), 1);
  assert.equal((await world.notices.webhook("W-1"))?.ended_why, "it answered that it is gone");
});

test("Z99: a secret that does not open is said, and nothing is sent", async () => {
  const world = await noticesWorld();
  const hook = await hookServer();
  await registered(world.notices, { party: "r", url: hook.url });
  await world.pool.query("update didym.webhook set sealed = replace(sealed, '\"v\":1', '\"v\":2')");
  await tell(world.notices, [noticeTo("r")]);
  await carryAll(carriers(world));
  assert.match((await world.notices.webhook("W-1"))?.failed_with ?? "", /^its secret cannot be opened/);
  assert.deepEqual(hook.heard, []);
});

test("Z95: e-mail goes by an SMTP server to the address that is kept, once, and says a kind and a link", async () => {
  const world = await noticesWorld();
  const post = await mailServer();
  const wish = { person: "ann", party: "r", role: "commercial manager", daily: [] };
  await world.notices.keepWish({ ...wish, at_once: ["order_placed"] }, NOW);
  await tell(world.notices, [noticeTo("r")]);
  const mail = smtpMail({ url: post.url, from: "didym@example.com" });
  await carryAll(carriers(world, { mail }));
  assert.equal(post.letters.length, 1);
  const [letter] = post.letters;
  assert.deepEqual([letter?.from, letter?.to], ["didym@example.com", ["ann@example.com"]]);
  assert.match(letter?.text ?? "", /^Subject: Didym: An order was placed with you\r$/m);
  assert.match(letter?.text ?? "", /https:\/\/didym\.example\/orders\/O-1/);
  assert.match(letter?.text ?? "", /^Message-ID: <msg_[0-9a-f]{32}@example\.com>\r$/im);
  assert.match(letter?.text ?? "", /^Auto-Submitted: auto-generated\r$/im);
  assert.equal(await carryAll(carriers(world, { mail })), 0);
});

test("Z95: a mail server that is away is tried again; one that refuses the address is not", async () => {
  const world = await noticesWorld();
  const post = await mailServer();
  const wish = { person: "ann", party: "r", role: "commercial manager", daily: [] };
  await world.notices.keepWish({ ...wish, at_once: ["order_placed"] }, NOW);
  await tell(world.notices, [noticeTo("r", 1)]);
  const away = smtpMail({ url: "smtp://127.0.0.1:9", from: "didym@example.com" });
  assert.equal(await carryAll(carriers(world, { mail: away })), 1);
  world.clock.now = later(5000);
  const mail = smtpMail({ url: post.url, from: "didym@example.com" });
  post.refuse("nobody@example.com");
  assert.equal(await carryAll(carriers(world, { mail, addressOf: async () => "nobody@example.com" })), 1);
  world.clock.now = later(48 * HOUR_MS);
  assert.equal(await carryAll(carriers(world, { mail })), 0);
  assert.deepEqual(post.letters, []);
});

test("Z95: who left, acts in another role, or has no address gets nothing, however it was asked for", async () => {
  const world = await noticesWorld();
  const sent: string[] = [];
  const mail = async ({ to }: { to: string }) => {
    sent.push(to);
    return { ok: true as const };
  };
  const people: Readonly<Record<string, object | undefined>> = {
    left: { ...personOf("left"), ended_at: NOW },
    moved: { ...personOf("moved"), party: "s" },
    other: { ...personOf("other"), role: "weigher" },
    unaddressed: personOf("unaddressed"),
    here: personOf("here"),
  };
  for (const person of [...Object.keys(people), "unknown"]) {
    const wish = { person, party: "r", role: "commercial manager", at_once: ["order_placed"], daily: [] };
    await world.notices.keepWish(wish, NOW);
  }
  await tell(world.notices, [noticeTo("r")]);
  const load = async (_collection: string, id: string) =>
    people[id] && { seq: 1, record: people[id] as never };
  const addressOf = async (person: string) =>
    person === "unaddressed" ? undefined : `${person}@example.com`;
  await carryAll(carriers(world, { mail, addressOf, store: { load } }));
  assert.deepEqual(sent, ["here@example.com"]);
  world.clock.now = later(48 * HOUR_MS);
  assert.equal(await carryAll(carriers(world, { mail })), 0);
});
