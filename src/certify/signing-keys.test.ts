import assert from "node:assert/strict";
import { test } from "node:test";
import { born, retired, revoked, succession, worldOfKeys } from "../../test/frauds/museum-keys.ts";
import {
  type Bodies,
  check,
  ended,
  logOf,
  makeSigner,
  type World,
} from "../../test/support/passport-world.ts";
import { MemoryBook } from "../ledger/index.ts";
import { applySigningKey, type PassportRecord, readIssuers, type SigningKeyRecords } from "./index.ts";

const keyCheck = (world: World, given: Parameters<typeof check>[1] = {}) => {
  const { accepted, checks, findings } = check(world, given);
  const of = checks.find(({ name }) => name === "key_in_force");
  return {
    ...{ accepted, result: of?.result, why: of?.why ?? "" },
    codes: findings.map(({ code }) => code).filter((code) => code !== "not_stated"),
  };
};
const bundled = async (world: World, signer: ReturnType<typeof makeSigner>) => ({
  bundle: await ended(world.entries, "OX-1", { signer }),
});

test("C51: a log that tells of no key is read as it was, one that tells of this key as it tells", async () => {
  const old = keyCheck(await worldOfKeys(() => ({})));
  assert.deepEqual([old.accepted, old.result], [true, "passed"]);
  assert.match(old.why, /before keys had entries/);
  const now = keyCheck(await worldOfKeys((key) => ({ first: [born(key)] })));
  assert.deepEqual([now.accepted, now.result], [true, "passed"]);
  assert.match(now.why, /was in force/);
});

test("C51: a key that was adopted after the passport counts, one that was born after it does not", async () => {
  const adopted = keyCheck(await worldOfKeys((key) => ({ last: [born(key, { adopted: true })] })));
  assert.deepEqual([adopted.accepted, adopted.result], [true, "passed"]);
  const late = keyCheck(await worldOfKeys((key) => ({ last: [born(key)] })));
  assert.deepEqual([late.accepted, late.result], [false, "failed"]);
});

test("C51: of a key that the log never took into use nothing counts, once it tells of keys", async () => {
  const other = keyCheck(await worldOfKeys(() => ({ first: [born(makeSigner().did)] })));
  assert.deepEqual([other.accepted, other.result], [false, "failed"]);
  assert.match(other.why, /never taken into use/);
});

test("C51 C52: an old passport is accepted after a rotation, its bundle signed with the new key that nobody had listed", async () => {
  const next = makeSigner();
  const world = await worldOfKeys((key) => ({
    first: [born(key)],
    last: [retired(key, { next: next.did }), born(next.did, { replaces: key })],
  }));
  // Without a succession the new key is a stranger's to who trusts the old one alone.
  const unproven = keyCheck(world, await bundled(world, next));
  assert.deepEqual([unproven.accepted, unproven.codes], [false, ["tail_unsigned"]]);
  const trusted = keyCheck(world, { ...(await bundled(world, next)), issuers: [world.signer.did, next.did] });
  assert.deepEqual([trusted.accepted, trusted.result], [true, "passed"]);
});

test("C52: a succession leads on while it is the old key's own word, and not after its theft", async () => {
  const { DisclosedKeys } = await import("./disclosed-keys.ts");
  const [first, second, third, forger] = [makeSigner(), makeSigner(), makeSigner(), makeSigner()];
  const handed = async (from: typeof first, to: typeof first, by = from) => ({
    key: from.did,
    why: "yearly",
    next: to.did,
    succession: await succession(from, to.did, by),
  });
  const at = { seq: 5, time: "2026-03-20T00:00:00.000Z" };
  const keys = new DisclosedKeys();
  keys.retire(await handed(first, second), at);
  keys.retire(await handed(second, third), at);
  assert.ok(keys.leadsTo(first.did, second.did) && keys.leadsTo(first.did, third.did));
  assert.ok(!keys.leadsTo(third.did, first.did) && !keys.leadsTo(first.did, forger.did));
  const forged = new DisclosedKeys();
  forged.retire(await handed(first, forger, forger), at);
  assert.ok(!forged.leadsTo(first.did, forger.did), "signed by another than the old key");
  keys.revoke({ key: second.did, why: "stolen", compromised_from: "2026-03-19T00:00:00.000Z" }, at);
  assert.ok(keys.leadsTo(first.did, second.did) && !keys.leadsTo(first.did, third.did));
});

test("C52: an end that a retired key signed counts for nothing, whoever trusts it", async () => {
  const world = await worldOfKeys((key) => ({ first: [born(key)], last: [retired(key)] }));
  const { accepted, codes } = keyCheck(world);
  assert.deepEqual([accepted, codes], [false, ["tail_unsigned"]]);
});

test("C53: what was recorded before a theft stands, what was recorded from then on falls", async () => {
  const other = makeSigner();
  const of = (from: string) =>
    worldOfKeys((key) => ({ first: [born(key)], last: [revoked(key, from), born(other.did)] }));
  const issuers = (world: World) => [world.signer.did, other.did];
  const before = await of("2026-03-12T00:00:00.000Z");
  const stands = keyCheck(before, { ...(await bundled(before, other)), issuers: issuers(before) });
  assert.deepEqual([stands.accepted, stands.result], [true, "passed"]);
  const since = await of("2026-03-02T00:00:00.000Z");
  const falls = keyCheck(since, { ...(await bundled(since, other)), issuers: issuers(since) });
  assert.deepEqual([falls.accepted, falls.result], [false, "failed"]);
  assert.match(falls.why, /not its holder's alone/);
});

test("C53: a reader's list ends the trust in a key, with the bundle and without", async () => {
  const world = await worldOfKeys((key) => ({ first: [born(key)] }));
  const { did: id } = world.signer;
  const with_list = (ends: object) => {
    const read = readIssuers({ issuers: [{ id, ...ends }] });
    assert.ok(read.ok);
    return keyCheck(world, { issuers: read.value as never });
  };
  assert.equal(with_list({ until: "2027-01-01T00:00:00Z" }).accepted, true);
  assert.equal(with_list({ until: null }).accepted, true);
  assert.equal(with_list({ until: "2026-03-03T00:00:00Z" }).result, "failed");
  assert.equal(with_list({ compromised_from: "2026-03-03T00:00:00Z" }).result, "failed");
  const bare = check(world, { bundle: undefined, issuers: [{ id, until: "2026-03-03T00:00:00Z" }] as never });
  assert.equal(bare.checks.find(({ name }) => name === "issuer_trusted")?.result, "failed");
  const unread = readIssuers([{ id, until: "some day" }]);
  assert.ok(!unread.ok && unread.refusal.at === "issuers[0].until");
});

test("C68: a key hands over once; where the list tells that it has ended, its successor stands on the list too", async () => {
  const [next, other] = [makeSigner(), makeSigner()];
  const handed = async (from: ReturnType<typeof makeSigner>, to: string) =>
    retired(from.did, { next: to, succession: await succession(from, to) });
  const world = await worldOfKeys(async (key) => ({
    first: [born(key)],
    last: [retired(key), born(next.did)],
  }));
  const { entries, signer } = world;
  const told = entries.slice(0, -2).map(({ kind, body }): Bodies[number] => [kind, body]);
  const log = logOf([...told, await handed(signer, next.did), await handed(signer, other.did)]);
  const now = "2026-06-02T00:00:00Z";
  const end = (by: typeof next, issuers: unknown) =>
    ended(log, "OX-1", { signer: by }).then(
      (bundle) => keyCheck(world, { bundle, issuers, now } as never).accepted,
    );
  const [old, over] = [[signer.did], [{ id: signer.did, until: "2026-06-01T12:00:00Z" }]];
  assert.equal(await end(next, old), true, "whoever trusts the old one alone follows it");
  assert.equal(await end(other, old), false, "it had handed over before");
  assert.equal(await end(next, over), false);
  assert.equal(await end(next, [...over, next.did]), true);
});

test("C66: a key that the list names twice is trusted for what both trust it for", async () => {
  const world = await worldOfKeys((key) => ({ first: [born(key)] }));
  const id = world.signer.did;
  const accepted = (...ends: object[]) => {
    const read = readIssuers(ends.map((end) => ({ id, ...end })));
    assert.ok(read.ok);
    return keyCheck(world, { issuers: read.value as never }).accepted;
  };
  assert.equal(accepted({}, {}), true);
  const [past, stolen] = [{ until: "2026-03-03T00:00:00Z" }, { compromised_from: "2026-03-03T00:00:00Z" }];
  for (const ended of [past, stolen]) {
    assert.equal(accepted(ended, {}), false);
    assert.equal(accepted({}, ended), false);
    assert.equal(accepted(ended, { until: "2027-01-01T00:00:00Z" }), false);
  }
  const dateless = readIssuers([{ id, state: "revoked", until: null }]);
  assert.ok(!dateless.ok && dateless.refusal.at === "issuers[0].state");
});

test("C50: keys fold to what each party has in force and ever had", async () => {
  const book = new MemoryBook<SigningKeyRecords & { passport: PassportRecord }>();
  const tell = (kind: string, body: object) => applySigningKey(book, { kind, body } as never);
  const passport = { passport: "P", lot: "L", mass_mg: 1, oxide: "Nd2O3", feeds_mg: {} };
  book.put("passport", "P", passport);
  await tell("signing_key_born", { party: "A", key: "k1", from: "1" });
  assert.deepEqual(await book.get("party_keys", "A"), { party: "A", keys: ["k1"], in_force: "k1" });
  await tell("signing_key_retired", { party: "A", key: "k1", until: "2", why: "w", next: "k2" });
  await tell("signing_key_born", { party: "A", key: "k2", from: "2", replaces: "k1" });
  assert.deepEqual(await book.get("party_keys", "A"), { party: "A", keys: ["k1", "k2"], in_force: "k2" });
  const stolen = { party: "A", key: "k1", until: "3", compromised_from: "1.5", why: "x", passports: ["P"] };
  await tell("signing_key_revoked", stolen);
  const key = await book.get("signing_key", "k1");
  assert.deepEqual([key?.state, key?.until, key?.compromised_from], ["revoked", "2", "1.5"]);
  assert.equal((await book.get("party_keys", "A"))?.in_force, "k2");
  assert.deepEqual((await book.get("passport", "P"))?.superseded?.at, "3");
});
