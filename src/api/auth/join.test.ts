import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, ORIGIN, peopleWorld, secretOf } from "../../../test/support/people-world.ts";
import { softPasskey } from "../../../test/support/soft-passkey.ts";

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

test("Z37: a link says whom it invites, and is taken once, by an entry of who took it; its text stands nowhere", async () => {
  const world = peopleWorld();
  const { chemist: link } = await world.firm();
  const { body } = await world.post("auth/join", { link });
  assert.deepEqual(body, {
    ...{ first: false, person: body["person"], party: "north", role: "chemist", party_name: "North" },
  });
  const { person } = await world.join(link, "The chemist");
  assert.equal(person, body["person"]);
  const [entry] = await world.ports.store.entries({
    after: ((await world.ports.store.head())?.seq ?? 0) - 1,
    limit: 1,
  });
  assert.equal(entry?.kind, "invitation_taken");
  assert.deepEqual(entry?.actor, { role: "chemist", party: "north", verified: true, person });
  assert.deepEqual(codeOf(await world.ask("auth/join", { link })), [409, "invitation_used"]);
  const kept = JSON.stringify(await world.ports.store.entries({ after: 0, limit: 1000 }));
  for (const secret of [link, "The chemist"]) assert.ok(!kept.includes(secret), "not on the books");
  assert.deepEqual(codeOf(await world.ask("auth/join", { link: "didym_0" })), [404, "invitation_unknown"]);
});

test("Z37: of two who open one link at once one comes in; after seven days nobody does", async () => {
  const world = peopleWorld();
  const { chemist, administrator } = await world.firm();
  const came = await Promise.allSettled([world.join(chemist, "One"), world.join(chemist, "Two")]);
  assert.equal(came.filter(({ status }) => status === "fulfilled").length, 1);
  world.clock.advance(7 * 24);
  assert.deepEqual(codeOf(await world.ask("auth/join", { link: administrator })), [409, "invitation_over"]);
});

test("Z8 Z37: an administrator invites to their own party, others to none", async () => {
  const world = peopleWorld();
  const { chemist, administrator } = await world.firm();
  await world.owner("programme register-party", { party: "south", name: "South", kind: "recycler" });
  const admin = await world.join(administrator, "The administrator");
  const other = await world.join(chemist, "The chemist");
  const invite = (body: object, { cookie }: { cookie: string }) =>
    world.ask("trust/invite", body, { cookie });
  const made = await invite({ party: "north", role: "planner" }, admin);
  assert.equal(made.status, 200, JSON.stringify(made.body));
  assert.match(String(made.body["link"]), /^\/join#didym_[0-9a-f]{64}$/);
  assert.deepEqual(codeOf(await invite({ party: "south", role: "planner" }, admin)), [403, "not_allowed"]);
  assert.deepEqual(codeOf(await invite({ party: "north", role: "planner" }, other)), [403, "not_allowed"]);
  assert.deepEqual(codeOf(await invite({ person: admin.person }, admin)), [403, "own_invitation"]);
});

test("Z38: recovery by a second administrator ends ways in and sessions at once; the newest link is the one", async () => {
  const world = peopleWorld();
  const { chemist, administrator } = await world.firm();
  const admin = await world.join(administrator, "The administrator");
  const { passkey, person } = await world.join(chemist, "The chemist");
  const recover = async () =>
    secretOf((await world.post("trust/invite", { person }, { cookie: admin.cookie })).body["link"]);
  const first = await recover();
  assert.deepEqual(codeOf(await world.show(passkey)), [401, "sign_in_failed"]);
  assert.deepEqual(await world.ports.sessions?.list([person]), []);
  const second = await recover();
  assert.deepEqual(codeOf(await world.ask("auth/join", { link: first })), [409, "invitation_over"]);
  const back = await world.join(second, "The chemist");
  assert.equal(back.person, person, "the same person, by another passkey");
  assert.equal((await world.show(back.passkey)).status, 200);
});

test("Z39: the first administrator comes by a link, names a firm, and is the only first one", async () => {
  const world = peopleWorld();
  const [link, other] = [await world.first(), await world.first()];
  assert.deepEqual((await world.post("auth/join", { link })).body, {
    ...{ first: true, role: "administrator", parties: [] },
  });
  const unsaid = await world.ask("auth/join/passkey/begin", { link: "didym_0", name: "First" });
  assert.deepEqual(codeOf(unsaid), [404, "invitation_unknown"]);
  const first = { party: "north", name: "North", kind: "refiner" };
  const { person, cookie } = await world.join(link, "First", { first });
  const me = (await world.ask("trust/me", undefined, { cookie })).body;
  assert.deepEqual([me["party"], me["role"], me["person"]], ["north", "administrator", person]);
  for (const used of [link, other])
    assert.deepEqual(codeOf(await world.ask("auth/join", { link: used })), [404, "invitation_unknown"]);
  assert.equal(await world.first(), "undefined", "nobody is offered another");
  const invited = await world.ask("trust/invite", { party: "north", role: "chemist" }, { cookie });
  assert.equal(invited.status, 200);
});

test("Z39: the first administrator may be of a party on the books; of none that is not, unnamed", async () => {
  const world = peopleWorld();
  await world.owner("programme register-party", { party: "north", name: "North", kind: "refiner" });
  const link = await world.first();
  const { body } = await world.post("auth/join", { link });
  assert.deepEqual(body["parties"], [{ party: "north", name: "North" }]);
  const refused = await world
    .join(link, "First", { first: { party: "south" } })
    .catch((error) => String(error));
  assert.match(String(refused), /party_unknown/);
  const { person } = await world.join(link, "First", { first: { party: "north" } });
  assert.equal((await world.ports.store.load("person", person))?.record.party, "north");
});

test("Z39: once anybody has a way in, a link for a first administrator is nobody's, also where it was opened before", async () => {
  const world = peopleWorld();
  const { administrator } = await world.firm();
  const link = await world.first();
  const begun = await world.post("auth/join/passkey/begin", { link, name: "First" });
  await world.join(administrator, "The administrator");
  assert.deepEqual(codeOf(await world.ask("auth/join", { link })), [404, "invitation_unknown"]);
  const response = softPasskey(ORIGIN).make(begun.body as unknown as Options);
  const late = { link, name: "First", first: { party: "north" }, response };
  assert.deepEqual(codeOf(await world.ask("auth/join/passkey", late)), [404, "invitation_unknown"]);
});
