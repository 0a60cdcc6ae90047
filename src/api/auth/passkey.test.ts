import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, ORIGIN, peopleWorld } from "../../../test/support/people-world.ts";
import { type Otherwise, softPasskey } from "../../../test/support/soft-passkey.ts";

test("Z30 Z31 Z32: who is invited makes a passkey, is signed in for twelve hours, and signs in with it again", async () => {
  const world = await peopleWorldWithChemist();
  const { said, passkey, person, cookie } = world.chemist;
  assert.deepEqual(said.body, {
    ...{ person, party: "north", role: "chemist", until: "2026-11-30T20:00:00.000Z" },
  });
  assert.match(said.headers.get("set-cookie") ?? "", /HttpOnly.*SameSite=Strict/i);
  assert.equal((await world.ask("trust/me", undefined, { cookie })).body["person"], person);
  const again = await world.show(passkey);
  assert.deepEqual([again.status, again.body["person"]], [200, person]);
  assert.notEqual(again.cookie, cookie);
  world.clock.advance(12);
  for (const shown of [cookie, again.cookie])
    assert.equal((await world.ask("trust/me", undefined, { cookie: shown })).status, 401);
});

async function peopleWorldWithChemist() {
  const world = peopleWorld();
  const { chemist, administrator } = await world.firm();
  return { ...world, administrator, chemist: await world.join(chemist, "The chemist") };
}

test("Z31: a passkey is asked to be discoverable, to verify its holder, and to belong to the name that was asked", async () => {
  const world = peopleWorld();
  const { chemist: link } = await world.firm();
  const { body } = await world.post("auth/join/passkey/begin", { link, name: "The chemist" });
  assert.deepEqual(
    [body["rp"], body["user"]].map((of) => (of as { id?: string; name: string }).name),
    ["Didym", "The chemist"],
  );
  assert.equal((body["rp"] as { id: string }).id, "localhost");
  const selection = body["authenticatorSelection"] as Record<string, unknown>;
  assert.deepEqual([selection["residentKey"], selection["userVerification"]], ["required", "required"]);
  const named = await world.post("auth/passkey/begin", {}, { origin: "https://books.example" });
  assert.deepEqual([named.body["rpId"], named.body["userVerification"]], ["books.example", "required"]);
  for (const origin of ["http://127.0.0.1:4680", "http://[::1]:4680", "https://192.0.2.7"]) {
    const said = await world.ask("auth/passkey/begin", {}, { origin });
    assert.deepEqual([said.status, said.body.code], [422, "passkey_needs_name"], origin);
  }
});

test("Z31: a challenge is for one purpose, five minutes, once, and for the link that asked", async () => {
  const world = await peopleWorldWithChemist();
  const begin = async () => (await world.post("auth/passkey/begin", {})).body as unknown as Options;
  const { passkey } = world.chemist;
  const over = async (shown: object) => {
    const said = await world.ask("auth/passkey", shown);
    assert.deepEqual([said.status, said.body.code], [409, "challenge_over"]);
  };
  const shown = passkey.show(await begin());
  assert.equal((await world.ask("auth/passkey", shown)).status, 200);
  await over(shown);
  await over(passkey.show({ challenge: "bWFkZSB1cA" }));
  const late = await begin();
  world.clock.advance(5 / 60);
  await over(passkey.show(late));
  const link = world.administrator;
  const toJoin = (await world.post("auth/join/passkey/begin", { link, name: "A" }))
    .body as unknown as Options;
  await over(passkey.show(toJoin));
  const other = softPasskey(ORIGIN);
  const asJoin = await world.ask("auth/join/passkey", {
    link,
    name: "A",
    response: other.make(await begin()),
  });
  assert.equal(asJoin.body.code, "challenge_over", "asked for signing in");
  const second = await world.invite("north", "planner");
  const forAnother = (await world.post("auth/join/passkey/begin", { link, name: "A" }))
    .body as unknown as Options;
  const said = await world.ask("auth/join/passkey", {
    ...{ link: second, name: "A", response: other.make(forAnother) },
  });
  assert.equal(said.body.code, "challenge_over", "asked for another link");
});

const WRONG: Readonly<Record<string, Otherwise>> = {
  "a page of another origin": { origin: "http://localhost.example" },
  "another name": { under: "books.example" },
  "nobody verified": { unverified: true },
};

for (const [what, otherwise] of Object.entries(WRONG))
  test(`Z32: a passkey lets nobody in, and is not made: ${what}`, async () => {
    const world = await peopleWorldWithChemist();
    const asked = (await world.post("auth/passkey/begin", {})).body as unknown as Options;
    const shown = await world.ask("auth/passkey", world.chemist.passkey.show(asked, otherwise));
    assert.deepEqual([shown.status, shown.body.code], [401, "sign_in_failed"]);
    const link = world.administrator;
    const begun = (await world.post("auth/join/passkey/begin", { link, name: "A" }))
      .body as unknown as Options;
    const response = softPasskey(ORIGIN).make(begun, otherwise);
    const made = await world.ask("auth/join/passkey", { link, name: "A", response });
    assert.deepEqual([made.status, made.body.code], [422, "passkey_refused"]);
    await world.join(link, "A");
  });

test("Z32: a passkey that nobody made here, that another key signed, or that does not count on lets nobody in", async () => {
  const world = await peopleWorldWithChemist();
  const { passkey } = world.chemist;
  const refused = async (make: (asked: Options) => object) => {
    const asked = (await world.post("auth/passkey/begin", {})).body as unknown as Options;
    const said = await world.ask("auth/passkey", make(asked));
    assert.deepEqual([said.status, said.body.code], [401, "sign_in_failed"]);
  };
  const stranger = softPasskey(ORIGIN);
  await refused((asked) => stranger.show(asked));
  await refused((asked) => ({ ...stranger.show(asked), id: passkey.show(asked).id }));
  await refused((asked) => passkey.show(asked, { count: 1 }));
  assert.equal((await world.show(passkey)).status, 200);
});

test("Z7 Z35: a leaver is nobody, with the words that anybody gets", async () => {
  const world = await peopleWorldWithChemist();
  const { passkey, person } = world.chemist;
  const stranger = await world.show(softPasskey(ORIGIN));
  await world.owner("trust end-person", { person });
  const leaver = await world.show(passkey);
  assert.deepEqual([leaver.status, leaver.body], [401, stranger.body]);
});
