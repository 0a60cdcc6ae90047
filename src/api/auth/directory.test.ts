import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { directoryBrowser } from "../../../test/support/directory-browser.ts";
import { CLIENT, type Forgery } from "../../../test/support/directory-server.ts";
import { directoryWorld } from "../../../test/support/directory-world.ts";

const OTHER = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const now_s = () => Math.floor(Date.now() / 1000);

test("Z81: a browser is sent with PKCE, state and nonce; what it carries stands nowhere, and what comes back is taken once", async () => {
  const world = await directoryWorld();
  const { cookie, address } = await world.go();
  const sent = new URL(address).searchParams;
  assert.equal(sent.get("code_challenge_method"), "S256");
  assert.equal(sent.get("redirect_uri"), "http://localhost:4680/api/auth/directory/north/callback");
  assert.deepEqual(sent.get("scope")?.split(" ").sort(), ["email", "offline_access", "openid", "profile"]);
  const texts = ["code_challenge", "state", "nonce"].map((name) => sent.get(name) ?? "");
  assert.equal(new Set(texts).size, 3);
  assert.ok(texts.every((text) => text.length >= 43 && !cookie.includes(text)));
  const back = await directoryBrowser().signIn(address, "ann");
  const came = await world.come(back, cookie);
  assert.deepEqual([came.status, came.location], [303, "/sign-in?arrived=yes"]);
  const { role, party } = await world.me(came.cookie);
  assert.deepEqual([role, party], ["chemist", "north"]);
  assert.equal((await world.come(back, cookie)).code, "challenge_over", "a state that was used");
});

test("Z81: what comes back to another browser, with another state, for another party or too late is nobody's", async () => {
  const world = await directoryWorld();
  await world.name("south", world.server);
  const began = async (party?: string) => {
    const going = await world.go(party);
    return { cookie: going.cookie, back: await directoryBrowser().signIn(going.address, "ann") };
  };
  const [one, other] = [await began(), await began()];
  assert.equal((await world.come(one.back, "")).code, "challenge_over", "no cookie");
  assert.equal((await world.come(one.back, other.cookie)).code, "challenge_over", "another browser");
  const stateless = new URL(one.back);
  stateless.searchParams.delete("state");
  assert.equal((await world.come(stateless.href, one.cookie)).code, "challenge_over");
  const crossed = one.back.replace("/north/", "/south/");
  assert.equal((await world.come(crossed, one.cookie)).code, "challenge_over", "another party");
  world.pass(11);
  assert.equal((await world.come(other.back, other.cookie)).code, "challenge_over", "too late");
});

/** An ID token of its own kind of wrong, by what is wrong with it. */
const FORGERIES: Readonly<Record<string, Forgery>> = {
  "another issuer": ({ claims, signed }) => signed({ ...claims, iss: "https://login.other.example" }),
  "another audience": ({ claims, signed }) => signed({ ...claims, aud: "another-client" }),
  "another nonce": ({ claims, signed }) => signed({ ...claims, nonce: "n" }),
  "no nonce": ({ claims: { nonce: _nonce, ...rest }, signed }) => signed(rest),
  "its time over": ({ claims, signed }) => signed({ ...claims, iat: now_s() - 900, exp: now_s() - 600 }),
  "no signature": ({ claims, signed }) => signed(claims, { alg: "none" }),
  "another's key": ({ claims, signed }) => signed(claims, { key: OTHER }),
  "the client's secret as its key": ({ claims }) => {
    const part = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url");
    const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    return `${text}.${createHmac("sha256", CLIENT.client_secret).update(text).digest("base64url")}`;
  },
  "claims that were changed": ({ claims, signed }) => {
    const [head, , signature] = signed(claims).split(".");
    const changed = { ...claims, groups: ["administrators"] };
    return [head, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
  },
};

test("Z82: an ID token with anything wrong lets nobody in, in the same words, and registers nobody", async () => {
  const world = await directoryWorld();
  const head = await world.ports.store.head();
  for (const [wrong, forgery] of Object.entries(FORGERIES)) {
    world.server.forge(forgery);
    const { status, code, cookie } = await world.signIn("ann");
    assert.deepEqual([status, code, cookie], [401, "sign_in_failed", ""], wrong);
  }
  assert.deepEqual(await world.ports.store.head(), head);
  world.server.forge(({ claims, signed }) => signed(claims));
  assert.equal((await world.signIn("ann")).status, 303, "what is signed as it was lets in");
});

test("Z82: a directory that is away, that is another, or that does not know Didym says so; who called it off is let in nowhere", async () => {
  const world = await directoryWorld();
  world.server.away(true);
  const asked = () => world.ask("auth/directory/north");
  assert.deepEqual([(await asked()).status, (await asked()).body.code], [503, "directory_away"]);
  world.server.away(false);
  const going = await world.go();
  await world.owner("trust keep-directory-secret", { party: "north", client_secret: "not that one" });
  const back = await directoryBrowser().signIn(going.address, "ann");
  assert.equal((await world.come(back, going.cookie)).code, "directory_away", "another secret");
  await world.name("north", { issuer: `${world.server.issuer}/elsewhere` });
  assert.equal((await asked()).body.code, "directory_away", "it names itself otherwise");
  const called = await world.name("north", world.server).then(() => world.go());
  const state = new URL(called.address).searchParams.get("state");
  const off = `http://localhost:4680/api/auth/directory/north/callback?error=access_denied&state=${state}&iss=${encodeURIComponent(world.server.issuer)}`;
  assert.equal((await world.come(off, called.cookie)).code, "sign_in_failed");
});

test("Z83: whoever comes first is registered by an entry, and is the same person again; a value that gives no role lets nobody in", async () => {
  const world = await directoryWorld();
  const before = (await world.ports.store.head())?.seq ?? 0;
  const [first, second] = [await world.signIn("ann"), await world.signIn("ann")];
  const [one, again] = [await world.me(first.cookie), await world.me(second.cookie)];
  assert.equal(one.person, again.person);
  const entries = await world.ports.store.entries({ after: before, limit: 10 });
  assert.deepEqual(
    entries.map(({ kind, actor }) => [kind, actor]),
    [["person_vouched_for", { role: "chemist", party: "north", verified: true, person: one.person }]],
  );
  assert.ok(!JSON.stringify(entries).includes("ann"), "no name of the directory is on the books");
  world.server.members.set("bob", { name: "Bob", groups: ["staff"] });
  const bob = await world.signIn("bob");
  assert.deepEqual([bob.status, bob.code], [403, "role_not_mapped"]);
  const going = await world.go();
  const back = await directoryBrowser().signIn(going.address, "bob");
  assert.equal(
    (await world.come(back, going.cookie, "text/html")).location,
    "/sign-in?refused=role_not_mapped",
  );
  world.server.members.set("eve", { name: "Eve", groups: ["chemists", "administrators"] });
  assert.equal(
    (await world.me((await world.signIn("eve")).cookie)).role,
    "administrator",
    "the first of the table",
  );
  const called = await world.ask("trust/names", undefined, { cookie: first.cookie });
  assert.ok(JSON.stringify(called.body).includes("Ann of the directory"));
});

test("Z83: of two at once that come first one is registered; a role may be told beside the ID token", async () => {
  const world = await directoryWorld({ lean: true });
  const came = await Promise.all([world.signIn("ann"), world.signIn("ann")]);
  const persons = await Promise.all(came.map(async ({ cookie }) => (await world.me(cookie)).person));
  assert.ok(persons[0] !== undefined && persons[0] === persons[1]);
  const people = await world.ports.store.list({ collection: "person", limit: 10 });
  assert.equal(people.items.length, 1);
});

test("Z83: nobody of one firm's directory is anybody of another, though both ask the same one", async () => {
  const world = await directoryWorld();
  await world.name("south", world.server);
  const [north, south] = [await world.signIn("ann"), await world.signIn("ann", "south")];
  const [one, other] = [await world.me(north.cookie), await world.me(south.cookie)];
  assert.deepEqual([one.party, other.party], ["north", "south"]);
  assert.notEqual(one.person, other.person);
  const theirs = await world.directory();
  await world.name("south", theirs);
  assert.equal(await world.elsewhere(south.cookie), 401, "another directory");
  const third = await world.me((await world.signIn("ann", "south")).cookie);
  assert.ok(![one.person, other.person].includes(third.person), "the same name elsewhere is somebody else");
});

test("Z83: who comes by a directory has no other way in: it would outlast their leaving", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  const { person } = await world.me(cookie);
  const admin = await world.join(await world.invite("north", "administrator"), "The administrator");
  for (const path of ["trust/invite", "trust/token"]) {
    const said = await world.ask(path, { person }, { cookie: admin.cookie });
    assert.deepEqual([said.status, said.body.code], [409, "person_of_directory"], path);
  }
  const made = await world.ask("auth/account/passkey/begin", {}, { cookie });
  assert.deepEqual([made.status, made.body.code], [409, "person_of_directory"]);
});

test("Z84: a session asks its directory again every five minutes; who left there is out by then", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  world.server.members.delete("ann");
  world.pass(3.9);
  assert.equal(await world.elsewhere(cookie), 200, "its word still holds");
  world.pass(1.1);
  const { status, code } = await world.me(cookie);
  assert.deepEqual([status, code], [401, "not_signed_in"]);
  const sessions = await world.ports.sessions?.list();
  assert.deepEqual(sessions, [], "the session is ended");
  world.server.members.set("ann", { name: "Ann", groups: ["chemists"] });
  assert.equal((await world.me(cookie)).status, 401, "and stays so");
});

test("Z84: as long as the directory stands for somebody they go on, through many renewals, for twelve hours; many at once ask once", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  for (let nth = 0; nth < 3; nth++) {
    world.pass(6);
    const before = world.server.asked();
    const all = await Promise.all(Array.from({ length: 8 }, () => world.me(cookie)));
    assert.deepEqual([...new Set(all.map(({ status }) => status))], [200]);
    assert.equal(world.server.asked(), before + 1);
  }
  world.pass(4.5);
  const before = world.server.asked();
  assert.equal(await world.elsewhere(cookie), 200);
  assert.equal(world.server.asked(), before + 1, "asked before it is over");
  world.pass(12 * 60);
  assert.equal((await world.me(cookie)).status, 401);
});

test("Z84: where another server asks, its answer is waited for, and nobody asks beside it", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  const [session] = (await world.ports.sessions?.list()) ?? [];
  const { beside } = world.ports.directories;
  const vouched = await beside.vouched(session?.digest ?? "");
  assert.ok(vouched);
  world.pass(6);
  const [now, before] = [world.clock.now().getTime(), world.server.asked()];
  // It has the turn, and its answer comes while this one waits.
  const takeTurn = async () => {
    await beside.vouch({ ...vouched, until: new Date(now + 300_000).toISOString() });
    return false;
  };
  Object.assign(beside, { takeTurn });
  assert.equal((await world.me(cookie)).status, 200);
  assert.equal(world.server.asked(), before);
});

test("Z84: while the directory is away nobody speaks whose five minutes are over, and then they go on", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  world.server.away(true);
  world.pass(4.5);
  assert.equal(await world.elsewhere(cookie), 200, "its last word holds");
  world.pass(1);
  const { status, code } = await world.me(cookie);
  assert.deepEqual([status, code], [503, "directory_away"]);
  world.server.away(false);
  assert.equal((await world.me(cookie)).status, 200);
});

test("Z84: where a directory gives nothing to be asked by again, a session is over after five minutes", async () => {
  const world = await directoryWorld({ refresh: false });
  const { cookie } = await world.signIn("ann");
  world.pass(4.9);
  assert.equal((await world.me(cookie)).status, 200);
  world.pass(0.1);
  assert.equal((await world.me(cookie)).status, 401);
  assert.equal((await world.signIn("ann")).status, 303, "and is begun again");
});

test("Z85: a role that the directory changed is the role from the next renewal on; entries before name the one before", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  const { person } = await world.me(cookie);
  const planner = { unit: "u-1", site: "s", kind: "scale", name: "u" };
  const refused = await world.ask("programme/register-unit", planner, { cookie });
  assert.equal(refused.body.code, "not_allowed");
  world.server.members.set("ann", { name: "Ann", groups: ["planners"] });
  world.pass(5);
  const now = await world.me(cookie);
  assert.deepEqual([now.role, now.person], ["planner", person]);
  const allowed = await world.ask("programme/register-unit", planner, { cookie });
  assert.equal(allowed.body.code, "site_unknown");
  const told = await world.ports.store.entries({ after: 0, limit: 100, kind: "person_vouched_for" });
  assert.deepEqual(
    told.map(({ actor: { role }, body }) => [role, (body as { role: string }).role]),
    [
      ["chemist", "chemist"],
      ["planner", "planner"],
    ],
  );
  world.server.members.set("ann", { name: "Ann", groups: [] });
  world.pass(5);
  assert.equal((await world.me(cookie)).status, 401, "who has no role any more is signed out");
  assert.deepEqual(await world.ports.sessions?.list(), []);
});

test("Z84 Z85: at a renewal another subject, another key or another client's word ends the session", async () => {
  for (const forgery of [
    ({ claims, signed }) => signed({ ...claims, sub: "eve" }),
    ({ claims, signed }) => signed({ ...claims, groups: ["administrators"] }, { key: OTHER }),
    ({ claims, signed }) => signed({ ...claims, aud: "another-client" }),
  ] satisfies Forgery[]) {
    const world = await directoryWorld();
    const { cookie } = await world.signIn("ann");
    world.server.forge(forgery);
    world.pass(5);
    assert.equal((await world.me(cookie)).status, 401);
    assert.deepEqual(await world.ports.sessions?.list(), []);
  }
});

test("Z86: who left by the books is out at once and does not come in again, and so is everyone of a forgotten directory", async () => {
  const world = await directoryWorld();
  world.server.members.set("bob", { name: "Bob", groups: ["planners"] });
  const [ann, bob] = [await world.signIn("ann"), await world.signIn("bob")];
  const { person } = await world.me(bob.cookie);
  await world.owner("trust end-person", { person });
  assert.deepEqual([await world.elsewhere(bob.cookie), await world.elsewhere(ann.cookie)], [401, 200]);
  assert.equal((await world.signIn("bob")).code, "person_ended");
  await world.owner("trust forget-directory", { party: "north" });
  assert.equal(await world.ports.directories.beside.secretOf("north"), undefined);
  const cold = await world.ask("auth/directory/north");
  assert.deepEqual([cold.status, cold.body.code], [404, "directory_unknown"]);
  assert.deepEqual((await world.ask("auth/directory")).body, { directories: [] });
  assert.equal(await world.elsewhere(ann.cookie), 401);
});

test("Z80: the secret is told to nobody, stands nowhere in the clear, and opens for no other issuer or client", async () => {
  const world = await directoryWorld();
  const { cookie } = await world.signIn("ann");
  const listed = await world.ask("trust/directories", undefined, { cookie });
  const [item] = listed.body["items"] as Record<string, unknown>[];
  assert.deepEqual(
    [item?.["secret_given"], item?.["callback"]],
    [true, "/api/auth/directory/north/callback"],
  );
  const entries = await world.ports.store.entries({ after: 0, limit: 100 });
  const kept = await world.ports.directories.beside.secretOf("north");
  for (const said of [listed.body, entries, kept])
    assert.ok(!JSON.stringify(said).includes(CLIENT.client_secret));
  await world.owner("trust name-directory", {
    ...{ party: "north", issuer: "https://login.other.example", client_id: CLIENT.client_id },
    ...{ claim: "groups", roles: [{ value: "chemists", role: "chemist" }] },
  });
  assert.equal(
    (await world.ask("auth/directory/north")).body.code,
    "directory_away",
    "its secret is not shown to another",
  );
});

test("Z80: an administrator names the directory of their own party, and nobody another's; a secret is given likewise", async () => {
  const world = await directoryWorld();
  const south = await world.join(await world.invite("south", "administrator"), "Another");
  const { cookie: chemist } = await world.signIn("ann");
  const named = { issuer: "https://login.south.example", client_id: "c", claim: "groups" };
  const roles = [{ value: "a", role: "weigher" }];
  const naming = (party: string, cookie: string) =>
    world.ask("trust/name-directory", { party, ...named, roles }, { cookie });
  const giving = (party: string, cookie: string) =>
    world.ask("trust/keep-directory-secret", { party, client_secret: "s" }, { cookie });
  for (const asked of [naming, giving]) {
    assert.equal((await asked("north", south.cookie)).body.code, "not_allowed", "another's");
    assert.equal((await asked("north", chemist)).body.code, "not_allowed", "by their role");
    assert.ok((await asked("south", south.cookie)).status < 300);
  }
});
