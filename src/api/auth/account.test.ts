import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, ORIGIN, type PeopleWorld, peopleWorld } from "../../../test/support/people-world.ts";
import { softPasskey } from "../../../test/support/soft-passkey.ts";

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

async function firmOfTwo() {
  const world = peopleWorld();
  const { chemist, administrator } = await world.firm();
  const admin = await world.join(administrator, "The administrator", { mail: "admin@north.example" });
  return { world, admin, chemist: await world.join(chemist, "The chemist") };
}

async function addPasskey(world: PeopleWorld, cookie: string) {
  const passkey = softPasskey(ORIGIN);
  const { body } = await world.post("auth/account/passkey/begin", {}, { cookie });
  await world.post("auth/account/passkey", passkey.make(body as unknown as Options), { cookie });
  return passkey;
}

test("Z41: ways in are added and taken away by oneself, soon after signing in; the last one stays", async () => {
  const { world, chemist } = await firmOfTwo();
  const { cookie } = chemist;
  const account = async () => (await world.ask("auth/account", undefined, { cookie })).body;
  const [only] = (await account())["passkeys"] as { passkey: string; device: string }[];
  assert.ok(only);
  assert.equal(only.device, "Firefox on Linux");
  const end = (passkey: string) => world.ask("auth/account/passkey/end", { passkey }, { cookie });
  assert.deepEqual(codeOf(await end(only.passkey)), [409, "last_way_in"]);
  const second = await addPasskey(world, cookie);
  assert.equal((await world.show(second)).body["person"], chemist.person);
  assert.equal((await end(only.passkey)).status, 200);
  assert.deepEqual(codeOf(await world.show(chemist.passkey)), [401, "sign_in_failed"]);
  assert.deepEqual(codeOf(await world.ask("auth/account/password/end", {}, { cookie })), [200, undefined]);
  world.clock.advance(0.25);
  for (const [path, body] of [
    ["passkey/begin", {}],
    ["passkey/end", { passkey: "k" }],
    ["password/begin", { login: "chemist" }],
    ["password/end", {}],
    ["recovery-codes", {}],
  ] as const) {
    const said = await world.ask(`auth/account/${path}`, body, { cookie });
    assert.deepEqual(codeOf(said), [403, "sign_in_again"], path);
  }
  assert.equal((await world.ask("auth/account/profile", { name: "C" }, { cookie })).status, 200);
  assert.equal((await account())["name"], "C");
});

test("Z41: a passkey that was asked for by another is not added; who shows a token, or nothing, has no account", async () => {
  const { world, admin, chemist } = await firmOfTwo();
  const { body } = await world.post("auth/account/passkey/begin", {}, { cookie: admin.cookie });
  const response = softPasskey(ORIGIN).make(body as unknown as Options);
  const said = await world.ask("auth/account/passkey", response, { cookie: chemist.cookie });
  assert.deepEqual(codeOf(said), [409, "challenge_over"]);
  const { token } = await world.owner("trust token", { person: chemist.person });
  for (const cookie of [`didym_session=${token}`, ""])
    assert.deepEqual(codeOf(await world.ask("auth/account", undefined, { cookie })), [401, "not_signed_in"]);
});

test("Z40: one sees and ends one's own sessions, an administrator those of the party, nobody another's", async () => {
  const { world, admin, chemist } = await firmOfTwo();
  const south = await world.southern();
  const listed = async ({ cookie }: { cookie: string }) =>
    (await world.ask("trust/sessions", undefined, { cookie })).body["items"] as {
      session: string;
      person: string;
      device: string;
    }[];
  const persons = async (of: { cookie: string }) => (await listed(of)).map(({ person }) => person).sort();
  assert.deepEqual(await persons(chemist), [chemist.person]);
  assert.deepEqual(await persons(admin), [admin.person, chemist.person].sort());
  assert.deepEqual(await persons(south), [south.person]);
  const [own] = await listed(chemist);
  assert.ok(own);
  assert.equal(own.device, "Firefox on Linux");
  const end = ({ cookie }: { cookie: string }) =>
    world.ask("trust/end-session", { session: own.session }, { cookie });
  assert.deepEqual(codeOf(await end(south)), [404, "session_unknown"]);
  assert.equal((await end(admin)).status, 200);
  assert.deepEqual(
    await listed(chemist).catch(() => []),
    [],
    "gone from the list, and within seconds everywhere",
  );
  assert.equal(await world.ports.sessions?.list([chemist.person]).then((all) => all.length), 0);
});

test("Z43: names are told to people of the same party, and the id stands for the others", async () => {
  const { world, admin, chemist } = await firmOfTwo();
  const named = async (cookie: string) =>
    (await world.ask("trust/names", undefined, { cookie })).body["items"];
  const of = { [admin.person]: "The administrator", [chemist.person]: "The chemist" };
  const told = (await named(chemist.cookie)) as { person: string; name: string }[];
  assert.deepEqual(Object.fromEntries(told.map(({ person, name }) => [person, name])), of);
  assert.ok(!JSON.stringify(told).includes("admin@north.example"), "mail is nobody else's");
  const south = await world.southern();
  assert.deepEqual(await named(south.cookie), [{ person: south.person, name: "Another" }]);
  assert.deepEqual(
    (await world.ask("trust/names?party=north", undefined, { cookie: south.cookie })).body["items"],
    [],
  );
});

test("Z42: who is erased leaves an entry that says so, and no name, mail, way in or session", async () => {
  const { world, admin, chemist } = await firmOfTwo();
  const before = await world.ports.store.entries({ after: 0, limit: 1000 });
  const erase = () => world.ask("trust/erase-person", { person: chemist.person }, { cookie: admin.cookie });
  assert.deepEqual(codeOf(await world.ask("trust/erase-person", { person: admin.person }, chemist)), [
    403,
    "not_allowed",
  ]);
  assert.equal((await erase()).status, 200);
  const after = await world.ports.store.entries({ after: 0, limit: 1000 });
  assert.deepEqual(after.slice(0, before.length), before, "no entry is touched");
  assert.deepEqual(
    after.slice(before.length).map(({ kind }) => kind),
    ["person_erased"],
  );
  assert.deepEqual(await world.ports.people?.profiles.of([chemist.person]), []);
  assert.deepEqual(await world.ports.people?.ways.passkeysOf(chemist.person), []);
  assert.deepEqual(await world.ports.sessions?.list([chemist.person]), []);
  assert.deepEqual(codeOf(await world.show(chemist.passkey)), [401, "sign_in_failed"]);
  assert.equal((await erase()).status, 200, "again, for what a crash left");
  const invited = await world.ask("trust/invite", { person: chemist.person }, { cookie: admin.cookie });
  assert.equal(invited.body.code, "person_ended");
});

test("Z7 Z40: what was ended speaks for nobody within ten seconds; when it was seen is told to the minute", async (t) => {
  const { world, admin, chemist } = await firmOfTwo();
  const runs = performance.now.bind(performance);
  let ahead_ms = 0;
  t.mock.method(performance, "now", () => runs() + ahead_ms);
  const me = async () => (await world.ask("trust/me", undefined, { cookie: chemist.cookie })).status;
  assert.equal(await me(), 200);
  world.clock.advance(2 / 60);
  ahead_ms += 10_000;
  assert.equal(await me(), 200);
  const [session] = (await world.ports.sessions?.list([chemist.person])) ?? [];
  assert.deepEqual(
    [session?.began_at, session?.seen_at],
    ["2026-11-30T08:00:00.000Z", "2026-11-30T08:02:00.000Z"],
  );
  const listed = await world.ask("trust/sessions", undefined, { cookie: admin.cookie });
  const items = listed.body["items"] as { session: string; person: string }[];
  const own = items.find(({ person }) => person === chemist.person)?.session;
  await world.post("trust/end-session", { session: own }, { cookie: admin.cookie });
  ahead_ms += 10_000;
  assert.equal(await me(), 401);
});
