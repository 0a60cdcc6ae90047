import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import type { Verification } from "../../certify/index.ts";
import { seeingAll } from "../core/seen.ts";
import type { AnyCalculation, AnyQuery } from "../core/use-case.ts";

const PARTY = { party: "sample-refiner" };
const WHY = "a new key every year";

interface Listed {
  readonly issuers: readonly {
    readonly id: string;
    readonly party: string;
    readonly from: string | null;
    readonly until: string | null;
    readonly state: string;
    readonly why: string | null;
    readonly compromised_from?: string;
    readonly lost?: true;
  }[];
}
const listed = (world: World, of: object = {}) => world.ask<Listed>("certify issuers", of);
const rotate = (world: World, of: object = {}) =>
  world.do("certify rotate-key", { ...PARTY, why: WHY, ...of }) as Promise<{ key: string }>;

async function verdict(world: World, passport: string, trusting: unknown) {
  const { compute } = theUseCase("certify verify") as AnyCalculation;
  const answer = await compute(world.ports, {
    credential: JSON.parse(JSON.stringify(await world.ask("certify credential", { passport }))),
    bundle: JSON.parse(JSON.stringify(await world.ask("certify bundle", { passport }))),
    issuers: trusting,
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  const { accepted, checks } = answer.value as Verification;
  return { accepted, open: checks.filter((c) => c.result !== "passed").map(({ name }) => name) };
}

async function bundleRefused(world: World): Promise<string> {
  const { answer } = theUseCase("certify bundle") as AnyQuery;
  const answered = await answer(seeingAll(world.ports), { passport: "P-1" });
  return answered.ok ? "done" : answered.refusal.code;
}

const kindsAfter = (world: World, before: number) =>
  world.ports.store.log.slice(before).map(({ kind }) => kind);

describe("keys of a party, from birth to end", () => {
  it("C50: a key is born with the first passport, in its batch; no query makes one", async () => {
    const world = await worldBefore("certify issue");
    assert.deepEqual(await listed(world), { issuers: [] });
    assert.deepEqual(await listed(world, PARTY), { issuers: [] });
    const before = world.ports.store.log.length;
    await world.do("certify issue", { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-1" });
    const kinds = kindsAfter(world, before);
    assert.equal(kinds[0], "signing_key_born");
    assert.ok(kinds.includes("passport_signed"));
    const { issuers } = await listed(world);
    assert.deepEqual([issuers.length, issuers[0]?.state, issuers[0]?.until], [1, "in_force", null]);
    assert.deepEqual((await verdict(world, "P-1", await listed(world, PARTY))).open, []);
  });

  it("C50 C52: after a rotation the old passport is accepted, by the new list and by one of before", async () => {
    const world = await worldBefore("certify passports");
    const old = await listed(world, PARTY);
    const before = world.ports.store.log.length;
    const { key } = await rotate(world);
    assert.deepEqual(kindsAfter(world, before), ["signing_key_retired", "signing_key_born"]);
    const now = await listed(world, PARTY);
    assert.deepEqual(
      now.issuers.map(({ id, state }) => [id, state]),
      [
        [old.issuers[0]?.id, "retired"],
        [key, "in_force"],
      ],
    );
    assert.equal(now.issuers[0]?.why, WHY);
    assert.equal(now.issuers[0]?.until, now.issuers[1]?.from);
    for (const list of [now, old]) assert.deepEqual((await verdict(world, "P-1", list)).open, []);
  });

  it("C52: a part of what the old key describes is issued under the new one, and both are accepted", async () => {
    const world = await worldBefore("certify passports");
    await rotate(world);
    const mass = "120 kg";
    await world.do("prepare step", {
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE", mass }] },
      outputs: [
        { lot: "L-PART", kind: "oxide", mass, scale: "noblesville-floor", notes: { oxide: "Nd2O3" } },
      ],
    });
    await sampled(world, {
      ...{ sample: "Q-L-PART", lot: "L-PART" },
      results: [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2" }],
    });
    const certified = { lot: "L-PART", sample: "Q-L-PART", convention: "half_limit", check: ["2N5"] };
    await world.do("certify release", certified);
    await world.do("certify issue", { lot: "L-PART", issuer: "sample-refiner", passport: "P-2" });
    assert.equal((await world.record("passport", "P-2")).part_of?.passport, "P-1");
    const list = await listed(world);
    for (const passport of ["P-1", "P-2"])
      assert.deepEqual((await verdict(world, passport, list)).open, [], passport);
  });

  it("C53: a theft takes the passports since then along, and those before it stand", async () => {
    const world = await worldBefore("certify passports");
    const [key] = (await listed(world, PARTY)).issuers;
    const issued = world.ports.store.log.find(({ kind }) => kind === "passport_issued");
    const stolen = { ...PARTY, signing_key: key?.id, why: "its disk was stolen" };
    const later = await world.do("certify retire-key", {
      ...stolen,
      compromised_from: new Date(Date.parse(issued?.time ?? "") + 1).toISOString(),
    });
    assert.deepEqual((later as { passports: string[] }).passports, []);
    assert.equal(await bundleRefused(world), "key_retired");
    await rotate(world);
    assert.deepEqual((await verdict(world, "P-1", await listed(world))).open, []);
    // It turns out that it was earlier.
    const since = await world.do("certify retire-key", { ...stolen, compromised_from: issued?.time });
    assert.deepEqual((since as { passports: string[] }).passports, ["P-1"]);
    assert.match((await world.record("passport", "P-1")).superseded?.why ?? "", /key was revoked/);
    const { accepted, open } = await verdict(world, "P-1", await listed(world));
    assert.deepEqual([accepted, open.includes("key_in_force")], [false, true]);
    const again = { ...stolen, compromised_from: issued?.time };
    assert.equal(await world.code("certify retire-key", again), "key_not_in_force");
  });

  it("C54: a lost key is not replaced unsaid: everything is refused until it is given up by name", async () => {
    const world = await worldBefore("certify passports");
    const [key] = (await listed(world, PARTY)).issuers;
    assert.equal(await world.code("certify rotate-key", { ...PARTY, why: WHY, lost: true }), "key_held");
    world.ports.keys.forget();
    assert.equal(await bundleRefused(world), "keys_absent");
    assert.equal(await world.code("certify rotate-key", { ...PARTY, why: WHY }), "keys_absent");
    const { key: next } = await rotate(world, { lost: true });
    const { issuers } = await listed(world, PARTY);
    assert.deepEqual([issuers[0]?.lost, issuers[0]?.state, issuers[1]?.id], [true, "retired", next]);
    // A lost key hands nothing over: who trusts the old one alone is told of the new one first.
    assert.deepEqual((await verdict(world, "P-1", [key?.id])).open, ["bundle_signed", "not_revoked"]);
    assert.deepEqual((await verdict(world, "P-1", await listed(world))).open, []);
  });

  it("C54: what was retired signs nothing more, and what is nobody's key is not retired", async () => {
    const world = await worldBefore("certify passports");
    const [key] = (await listed(world, PARTY)).issuers;
    const retire = { ...PARTY, signing_key: key?.id, why: "out of use" };
    assert.equal(
      await world.code("certify retire-key", { ...retire, party: "sample-recycler" }),
      "key_unknown",
    );
    assert.equal(
      await world.code("certify retire-key", { ...retire, compromised_from: "2999-01-01T00:00:00Z" }),
      "date_in_future",
    );
    await world.do("certify retire-key", retire);
    assert.equal(await world.code("certify retire-key", retire), "key_not_in_force");
    assert.equal(await bundleRefused(world), "key_retired");
    assert.equal((await verdictOfRotated(world)).accepted, true);
  });
});

async function verdictOfRotated(world: World) {
  await rotate(world);
  return verdict(world, "P-1", await listed(world));
}

describe("keys of before they had entries", () => {
  /** A key that is kept here and of which the books tell nothing. */
  async function withOldKey(world: World): Promise<string> {
    const made = await world.ports.keys.make("sample-refiner");
    assert.ok(made.ok);
    const { keys } = world.ports;
    const held = async (party: string) => {
      const told = await keys.held(party);
      const old = { key: made.value, adopted: true };
      return party === "sample-refiner" ? [old, ...told.filter(({ key }) => key !== made.value)] : told;
    };
    // One that was in use is not given out as the next one.
    const make = (party: string) => keys.make(`${party}, next`);
    Object.assign(world.ports, { keys: { ...keys, held, make } });
    return made.value;
  }

  it("C50: a key in use is listed, and adopted with the next thing it signs, as of when the books began", async () => {
    const world = await worldBefore("certify issue");
    const key = await withOldKey(world);
    const [listedBefore] = (await listed(world)).issuers;
    assert.deepEqual([listedBefore?.id, listedBefore?.from, listedBefore?.state], [key, null, "in_force"]);
    const before = world.ports.store.log.length;
    await world.do("certify issue", { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-1" });
    const birth = world.ports.store.log[before];
    assert.deepEqual(
      [birth?.kind, birth?.body["key"], birth?.body["adopted"]],
      ["signing_key_born", key, true],
    );
    assert.equal(birth?.body["from"], world.ports.store.log[0]?.time);
    assert.deepEqual((await verdict(world, "P-1", await listed(world))).open, []);
  });

  it("C50: rotated before it signed anything more, it is adopted, signs its successor, and ends", async () => {
    const world = await worldBefore("certify issue");
    const key = await withOldKey(world);
    const before = world.ports.store.log.length;
    await rotate(world);
    assert.deepEqual(kindsAfter(world, before), [
      "signing_key_born",
      "signing_key_retired",
      "signing_key_born",
    ]);
    const { issuers } = await listed(world, PARTY);
    assert.deepEqual([issuers[0]?.id, issuers[0]?.state, issuers[1]?.state], [key, "retired", "in_force"]);
  });
});
