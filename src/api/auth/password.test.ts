import assert from "node:assert/strict";
import { test } from "node:test";
import { ORIGIN, type PeopleWorld, peopleWorld } from "../../../test/support/people-world.ts";
import { hashOf, isPassword } from "./password-hash.ts";

const PASSWORD = "four words of chance";
const LOGIN = "chemist@north.example";
const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

interface Made {
  readonly secret: string;
  readonly person: string;
  readonly cookie: string;
  readonly recovery: readonly string[];
}

async function beginAt(world: PeopleWorld, link: string) {
  const { body } = await world.post("auth/join/password/begin", { link, login: LOGIN });
  return body as unknown as { setup: string; secret: string; address: string };
}

async function joined(world: PeopleWorld, link: string): Promise<Made> {
  const { setup, secret } = await beginAt(world, link);
  const made = { link, name: "The chemist", login: LOGIN, password: PASSWORD, setup };
  const said = await world.post("auth/join/password", { ...made, code: world.code(secret) });
  const recovery = said.body["recovery_codes"] as string[];
  return { secret, person: String(said.body["person"]), cookie: said.cookie, recovery };
}

async function worldWithPassword() {
  const world = peopleWorld();
  const links = await world.firm();
  return { world, links, made: await joined(world, links.chemist) };
}

const sign = (world: PeopleWorld, more: object) =>
  world.ask("auth/password", { login: LOGIN, password: PASSWORD, ...more });

test("Z33: a password has twelve characters of any kind, and is not what would be tried first", async () => {
  const world = peopleWorld();
  const { chemist: link } = await world.firm();
  const { setup, secret } = await beginAt(world, link);
  const tried = (password: string) =>
    world.ask("auth/join/password", {
      ...{ link, name: "A", login: LOGIN, password, setup, code: world.code(secret) },
    });
  for (const [password, code] of [
    ["elevenchars", "password_short"],
    ["x".repeat(257), "password_short"],
    ["abababababababab", "password_guessable"],
    [`my ${LOGIN.toUpperCase()}`, "password_guessable"],
  ] as const)
    assert.deepEqual(codeOf(await tried(password)), [422, code], password);
  assert.equal((await tried("ééééé ñandú 😀")).status, 200, "no kind of character is asked for");
});

test("Z33: what is kept is scrypt with a salt of its own, of the password as it is spelled", async () => {
  const kept = await hashOf("four words of chance");
  assert.ok(kept.ok);
  assert.match(kept.value, /^scrypt\$32768\$8\$3\$/);
  const quick = { N: 2 ** 8, r: 8, p: 1 };
  const [one, two] = await Promise.all([1, 2].map(() => hashOf("caf\u00e9 caf\u00e9 caf\u00e9", quick)));
  assert.ok(one?.ok && two?.ok);
  assert.notEqual(one.value, two.value);
  for (const [password, right] of [
    ["cafe\u0301 cafe\u0301 cafe\u0301", true],
    ["cafe cafe cafe", false],
  ] as const)
    assert.deepEqual(await isPassword(password, one.value), { ok: true, value: right });
  assert.deepEqual(await isPassword("anything at all", undefined, quick), { ok: true, value: false });
});

test("Z34: with the password goes a code, once; a step early or late at most", async () => {
  const { world, made } = await worldWithPassword();
  const { secret, person } = made;
  assert.deepEqual(
    codeOf(await sign(world, { code: world.code(secret) })),
    [401, "sign_in_failed"],
    "of joining",
  );
  world.clock.advance(1);
  const code = world.code(secret);
  const said = await sign(world, { code });
  assert.deepEqual([said.status, said.body["person"]], [200, person]);
  assert.deepEqual(codeOf(await sign(world, { code })), [401, "sign_in_failed"], "again");
  assert.deepEqual(
    codeOf(await sign(world, { code: world.code(secret, -1) })),
    [401, "sign_in_failed"],
    "before it",
  );
  assert.equal((await sign(world, { code: world.code(secret, 1) })).status, 200);
  world.clock.advance(1);
  for (const steps of [-2, 2])
    assert.deepEqual(codeOf(await sign(world, { code: world.code(secret, steps) })), [401, "sign_in_failed"]);
  assert.equal(
    (
      await world.ask("auth/password", {
        login: LOGIN.toUpperCase(),
        password: PASSWORD,
        code: world.code(secret),
      })
    ).status,
    200,
  );
});

test("Z34: ten recovery codes stand in for it, each once; nothing that is kept tells one, or the secret", async () => {
  const { world, made } = await worldWithPassword();
  assert.equal(new Set(made.recovery).size, 10);
  const [code = "", second = ""] = made.recovery;
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
  const kept = JSON.stringify(await world.ports.people?.ways.passwordOf(made.person));
  for (const secret of [code, code.replaceAll("-", ""), PASSWORD, made.secret])
    assert.ok(!kept.includes(secret));
  assert.equal((await sign(world, { code: code.toLowerCase().replaceAll("-", " ") })).status, 200);
  assert.deepEqual(codeOf(await sign(world, { code })), [401, "sign_in_failed"]);
  const anew = await world.post("auth/account/recovery-codes", {}, { cookie: made.cookie });
  assert.deepEqual(codeOf(await sign(world, { code: second })), [401, "sign_in_failed"], "of before");
  const [fresh = ""] = anew.body["recovery_codes"] as string[];
  assert.equal((await sign(world, { code: fresh })).status, 200);
});

test("Z35: name, password or code, whichever is wrong, whoever is there: the same answer", async () => {
  const { world, made } = await worldWithPassword();
  world.clock.advance(1);
  const code = world.code(made.secret);
  const said = [
    await sign(world, { login: "nobody@north.example", code }),
    await sign(world, { password: "other words of chance", code }),
    await sign(world, { code: "000000" === code ? "000001" : "000000" }),
    await sign(world, { code: "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA" }),
  ];
  for (const one of said) {
    assert.deepEqual([one.status, one.body, one.cookie], [401, said[0]?.body, ""]);
  }
  assert.equal((await sign(world, { code })).status, 200, "a wrong password used no code up");
  await world.owner("trust end-person", { person: made.person });
  world.clock.advance(1);
  assert.deepEqual((await sign(world, { code: world.code(made.secret) })).body, said[0]?.body);
});

test("Z33 Z34: a name to sign in with is one person's; a code that is not of now, or of a setup that is over, keeps nothing", async () => {
  const { world, links } = await worldWithPassword();
  const link = links.administrator;
  const { setup, secret } = await beginAt(world, link);
  const made = { link, name: "A", login: "admin", password: PASSWORD, setup };
  const tried = (more: object) => world.ask("auth/join/password", { ...made, ...more });
  const code = world.code(secret);
  assert.deepEqual(codeOf(await tried({ login: LOGIN, code })), [409, "login_taken"]);
  assert.deepEqual(codeOf(await tried({ code: world.code(secret, 3) })), [422, "code_wrong"]);
  assert.deepEqual(codeOf(await tried({ setup: "didym_0", code })), [409, "challenge_over"]);
  world.clock.advance(0.25);
  assert.deepEqual(codeOf(await tried({ code: world.code(secret) })), [409, "challenge_over"]);
  const again = await beginAt(world, link);
  assert.equal((await tried({ setup: again.setup, code: world.code(again.secret) })).status, 200);
});

test("Z36: tries beyond what there may be are not looked at, and say when", async () => {
  const asked: object[] = [];
  const world = peopleWorld({
    signInTries: async (who) => {
      asked.push(who);
      return asked.length > 2 ? 17 : undefined;
    },
  });
  for (const path of ["auth/password", "auth/password"])
    assert.equal((await world.ask(path, { login: "A Name", password: "x", code: "1" })).status, 401);
  assert.deepEqual(
    asked,
    [1, 2].map(() => ({ address: "here", login: "a name" })),
  );
  for (const [path, body] of [
    ["auth/password", { login: "a name", password: "x", code: "1" }],
    ["auth/passkey/begin", {}],
    ["auth/join", { link: "didym_0" }],
    ["auth/join/passkey/begin", { link: "didym_0", name: "A" }],
  ] as const) {
    const said = await world.ask(path, body, { origin: ORIGIN });
    assert.deepEqual(
      [...codeOf(said), said.headers.get("retry-after")],
      [429, "too_many_requests", "17"],
      path,
    );
  }
});
