import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { freshPool } from "../../../test/support/database.ts";
import { ownSeal } from "../../../test/support/sealing.ts";
import type { Passkey, Password, PeopleBeside } from "../../app/core/people-beside.ts";
import type { Sessions } from "../../app/core/ports.ts";
import { memoryPeople } from "../memory/people.ts";
import { memorySessions, postgresSessions } from "../sessions.ts";
import { postgresPeople } from "./postgres-people.ts";

interface Beside {
  readonly people: PeopleBeside;
  readonly sessions: Sessions;
}

type Open = () => Promise<Beside>;

const STORES: Readonly<Record<string, Open>> = {
  memory: async () => ({ people: memoryPeople(), sessions: memorySessions() }),
  async PostgreSQL() {
    const pool = await freshPool();
    return { people: postgresPeople(pool, ownSeal()), sessions: postgresSessions(pool) };
  },
};

/** Far ahead: what is over by the clock of the database is cleared away. */
const NOW = "2098-11-30T08:00:00.000Z";
const at = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const passkey = (id: string, person: string, sign_count = 0): Passkey => ({
  ...{ id, person, sign_count, public_key: Buffer.from([1, 2, 3]), transports: ["internal"] },
  ...{ made_under: "localhost", device: "Firefox on Linux", made_at: NOW },
});
const password = (person: string, login: string): Password => ({
  ...{ person, login, hash: "h", totp: "t", step: 5, recovery: ["a", "b"], made_at: NOW },
});
const trues = (all: readonly boolean[]) => all.filter(Boolean).length;

function passkeyCounts(open: Open): void {
  test("Z32: a passkey is kept as it was given, and counts up; a device that never counts stays at nought", async () => {
    const { ways } = (await open()).people;
    assert.equal(await ways.any(), false);
    await ways.addPasskey(passkey("k-1", "U-1", 7));
    await ways.addPasskey(passkey("k-2", "U-1"));
    assert.equal(await ways.any(), true);
    const { public_key, ...kept } = (await ways.passkey("k-1")) as Passkey;
    const { public_key: given, ...before } = passkey("k-1", "U-1", 7);
    assert.deepEqual(kept, before);
    assert.deepEqual([...public_key], [...given]);
    const counts = await Promise.all(
      [8, 8, 8].map((sign_count) => ways.passkeyUsed("k-1", { sign_count, at: at(1) })),
    );
    assert.equal(trues(counts), 1);
    assert.equal(await ways.passkeyUsed("k-1", { sign_count: 7, at: at(2) }), false);
    assert.equal((await ways.passkey("k-1"))?.used_at, at(1));
    for (const _ of [1, 2]) assert.ok(await ways.passkeyUsed("k-2", { sign_count: 0, at: at(1) }));
    await ways.endPasskey("U-2", "k-1");
    assert.equal((await ways.passkeysOf("U-1")).length, 2, "nobody ends another's");
    await ways.endPasskey("U-1", "k-1");
    assert.deepEqual(
      (await ways.passkeysOf("U-1")).map(({ id }) => id),
      ["k-2"],
    );
  });
}

function onePersonsName(open: Open): void {
  test("Z33 Z34: a name to sign in with is one person's; a step and a recovery code are used once, whoever asks at once", async () => {
    const { ways } = (await open()).people;
    assert.ok(await ways.setPassword(password("U-1", "one")));
    assert.equal(await ways.setPassword(password("U-2", "one")), false);
    assert.ok(await ways.setPassword({ ...password("U-1", "uno"), step: 9 }));
    assert.ok(await ways.setPassword(password("U-2", "one")), "given back");
    assert.deepEqual(await ways.passwordBy("uno"), { ...password("U-1", "uno"), step: 9 });
    const steps = await Promise.all([10, 10, 10].map((step) => ways.takeStep("U-1", step)));
    assert.equal(trues(steps), 1);
    assert.equal(await ways.takeStep("U-1", 9), false);
    const codes = await Promise.all(["a", "a", "a", "c"].map((code) => ways.takeRecovery("U-1", code)));
    assert.equal(trues(codes), 1);
    assert.deepEqual((await ways.passwordOf("U-1"))?.recovery, ["b"]);
    await ways.setRecovery("U-1", ["d"]);
    assert.deepEqual((await ways.passwordOf("U-1"))?.recovery, ["d"]);
    await ways.endOf("U-1");
    assert.equal(await ways.passwordOf("U-1"), undefined);
    assert.ok(await ways.passwordOf("U-2"));
  });
}

function challengesOnce(open: Open): void {
  test("Z31 Z39: a challenge answers its purpose, in its time, to the first who asks; the first of several links ends all", async () => {
    const { challenges } = (await open()).people;
    const keep = (digest: string, purpose: string) =>
      challenges.keep({ digest, purpose, body: { for: digest }, until: at(5) });
    await keep("c-1", "join");
    const sought = { digest: "c-1", purpose: "join", now: NOW };
    assert.equal(await challenges.take({ ...sought, purpose: "sign-in" }), undefined);
    assert.equal(await challenges.take({ ...sought, now: at(5) }), undefined);
    assert.deepEqual((await challenges.find(sought))?.body, { for: "c-1" });
    const taken = await Promise.all([1, 2, 3].map(() => challenges.take(sought)));
    assert.equal(trues(taken.map((one) => one !== undefined)), 1);
    for (const link of ["f-1", "f-2", "f-3"]) await keep(link, "first");
    await keep("c-2", "join");
    const first = await Promise.all(
      ["f-1", "f-2", "f-3"].map((digest) => challenges.takeAll({ digest, purpose: "first", now: NOW })),
    );
    assert.equal(trues(first.map((one) => one !== undefined)), 1);
    assert.ok(await challenges.find({ ...sought, digest: "c-2" }), "of another purpose");
  });
}

function sessionsAndProfiles(open: Open): void {
  test("Z40 Z42: sessions of some people are listed and ended; a profile is kept, changed and erased", async () => {
    const { people, sessions } = await open();
    const far = "2099-01-01T00:00:00.000Z";
    for (const [digest, person, minute] of [
      ["s-1", "U-1", 0],
      ["s-2", "U-2", 1],
      ["s-3", "U-1", 2],
    ] as const)
      await sessions.start({
        ...{ digest, person, until: far, began_at: at(minute), seen_at: at(minute), device: "d" },
      });
    const listed = async (persons?: string[]) => (await sessions.list(persons)).map((one) => one.digest);
    assert.deepEqual(await listed(), ["s-3", "s-2", "s-1"]);
    assert.deepEqual(await listed(["U-1"]), ["s-3", "s-1"]);
    assert.deepEqual(await listed([]), []);
    await sessions.seen("s-1", at(9));
    await sessions.seen("s-1", at(3));
    assert.equal((await sessions.find("s-1"))?.seen_at, at(9));
    await sessions.endOf("U-1");
    assert.deepEqual(await listed(), ["s-2"]);
    await people.profiles.keep({ person: "U-1", name: "One", mail: "one@example.com" });
    await people.profiles.keep({ person: "U-1", name: "Uno" });
    assert.deepEqual(await people.profiles.of(["U-1", "U-2"]), [{ person: "U-1", name: "Uno" }]);
    await people.profiles.erase("U-1");
    assert.deepEqual(await people.profiles.of(["U-1"]), []);
  });
}

for (const [name, open] of Object.entries(STORES))
  describe(name, () => {
    passkeyCounts(open);
    onePersonsName(open);
    challengesOnce(open);
    sessionsAndProfiles(open);
  });
