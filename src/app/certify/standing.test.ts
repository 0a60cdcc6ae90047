import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import type { Bundle, Verification } from "../../certify/index.ts";
import type { AnyCalculation } from "../core/use-case.ts";
import { findUseCase } from "../use-cases.ts";

const RESULTS = [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2" }];
const SCALE = "noblesville-floor";
const drum = (lot: string, mass: string) => ({
  ...{ lot, kind: "oxide", mass, scale: SCALE, notes: { oxide: "Nd2O3" } },
});

const split = (world: World, step: string, input: object, ...outputs: object[]) =>
  world.do("prepare step", { step, kind: "split", site: "noblesville", inputs: [input], outputs });

const count = (world: World, ...counts: object[]) =>
  world.do("ledger stocktake", { site: "noblesville", why: "end of the month", counts });

const issue = (lot: string, passport: string) => ({ lot, issuer: "sample-refiner", passport });

async function certified(world: World, lot: string): Promise<void> {
  const why = (await world.ports.store.load("certificate", lot)) ? { why: "weighed anew" } : {};
  await sampled(world, { sample: `Q-${lot}-9`, lot, results: RESULTS });
  const asked = { lot, sample: `Q-${lot}-9`, convention: "half_limit", check: ["2N5"], ...why };
  await world.do("certify release", asked);
}

async function verdict(world: World, passport: string) {
  const { compute } = findUseCase("certify", "verify") as AnyCalculation;
  const answer = await compute(world.ports, {
    credential: JSON.parse(JSON.stringify(await world.ask("certify credential", { passport }))),
    bundle: JSON.parse(JSON.stringify(await world.ask<Bundle>("certify bundle", { passport }))),
    issuers: await world.ask("certify issuers", { party: "sample-refiner" }),
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  const { accepted, checks, findings } = answer.value as Verification;
  const open = checks.filter((c) => c.result !== "passed").map(({ name }) => name);
  return { accepted, open, codes: [...new Set(findings.map((f) => f.code))] };
}

describe("what stands is accepted, whatever happened beside it", () => {
  it("C17: a division that was taken back leaves the passport of its lot as it was", async () => {
    const world = await worldBefore("certify passports");
    await split(world, "S-X", { lot: "L-OXIDE" }, drum("D-1", "120 kg"), drum("D-2", "180 kg"));
    await world.do("prepare reverse", { step: "S-X", why: "wrong labels" });
    assert.deepEqual(await verdict(world, "P-1"), { accepted: true, open: [], codes: [] });
    await split(world, "S-Y", { lot: "L-OXIDE", mass: "100 kg" }, drum("D-3", "100 kg"));
    assert.deepEqual((await world.record("taking", "D-3")).claimed, { "P-1": 100_000_000 });
  });

  it("ledger L36: a passport that was revoked meanwhile claims nothing when a division is taken back", async () => {
    const world = await worldBefore("certify passports");
    await split(world, "S-X", { lot: "L-OXIDE" }, drum("D-1", "120 kg"), drum("D-2", "180 kg"));
    await world.do("certify revoke", { passport: "P-1", why: "wrong labels" });
    await world.do("prepare reverse", { step: "S-X", why: "wrong labels" });
    assert.deepEqual((await world.record("taking", "L-OXIDE")).claimed, {});
    await world.do("certify issue", issue("L-OXIDE", "P-2"));
    assert.equal((await verdict(world, "P-2")).accepted, true);
  });

  it("ledger L36: a spill waits for the passport of what is spilt to be revoked, and is taken back without it", async () => {
    const world = await worldBefore("certify passports");
    const lost = (mass: string) => ({
      losses: [{ place: "sold to a friend", mass, scale: SCALE, content: { by: "share" } }],
    });
    const drawn = (input: object, ...outputs: object[]) => ({
      ...{ step: "S-X", kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE", ...input }], outputs },
    });
    const whole = { ...drawn({ mass: "1 kg" }), ...lost("1 kg") };
    const beside = { ...drawn({}, drum("D-1", "296 kg")), ...lost("4 kg") };
    for (const spilt of [whole, beside, { ...beside, losses: [], accept_open: "a friend has it" }])
      assert.equal(await world.code("prepare step", spilt), "already_promised");
    await world.do("certify revoke", { passport: "P-1", why: "spilt" });
    await world.do("prepare step", whole);
    await world.do("prepare reverse", { step: "S-X", why: "it was another drum" });
    assert.deepEqual((await world.record("taking", "L-OXIDE")).claimed, {});
  });

  it("ledger L37: a passport that stands in several of the lots counted is revoked once", async () => {
    const world = await worldBefore("certify passports");
    await split(world, "S-X", { lot: "L-OXIDE" }, drum("D-1", "120 kg"), drum("D-2", "180 kg"));
    await count(world, { lot: "D-1", missing: true }, { lot: "D-2", missing: true });
    const revoked = world.ports.store.log.filter(({ kind }) => kind === "passport_revoked");
    assert.equal(revoked.length, 1);
    assert.deepEqual((await world.record("feed_claims", "L-MAGNETS")).claimed_mg, { Nd: 0 });
  });

  it("ledger L37: with the passport of a part that was measured anew the passport of the whole is revoked", async () => {
    const world = await worldBefore("certify passports");
    await split(world, "S-X", { lot: "L-OXIDE", mass: "120 kg" }, drum("D-1", "120 kg"));
    await certified(world, "D-1");
    await world.do("certify issue", issue("D-1", "P-2"));
    await count(world, { lot: "D-1", mass: "110 kg", scale: SCALE });
    for (const passport of ["P-1", "P-2"])
      assert.ok((await world.record("passport", passport)).revoked, passport);
    assert.deepEqual((await world.record("taking", "D-1")).claimed, {});
    assert.deepEqual((await world.record("taking", "L-OXIDE")).claimed, {});
  });

  it("C19: a certificate of analysis that is released once more as it was stands for the passport after it", async () => {
    const world = await worldBefore("certify issue");
    const { certificate } = await world.record("certificate", "L-OXIDE");
    const again = { lot: "L-OXIDE", sample: certificate.sample, convention: "half_limit", why: "a copy" };
    await world.do("certify release", { ...again, check: ["4N", "GB-Nd2O3-4N"] });
    await world.do("certify issue", issue("L-OXIDE", "P-1"));
    assert.deepEqual(await verdict(world, "P-1"), { accepted: true, open: [], codes: [] });
  });

  it("C29: a drum that was repacked was made when its oxide was, and a passport says what of it is still here under it", async () => {
    const world = await worldBefore("orders ship");
    const made = (await world.record("lot", "L-FURNACE")).opened.at;
    await world.example("orders ship");
    await split(world, "S-X", { lot: "L-OXIDE", mass: "100 kg" }, drum("D-1", "100 kg"));
    assert.notEqual((await world.record("lot", "D-1")).opened.at.slice(0, 10), made.slice(0, 10));
    await certified(world, "D-1");
    assert.equal((await world.record("certificate", "D-1")).certificate.made_on, made.slice(0, 10));
    const covers = async () =>
      (await world.ask<{ covers: unknown }>("certify passport", { passport: "P-1" })).covers;
    const left = { lot: "L-OXIDE", mass_mg: 198_000_000 };
    assert.deepEqual(await covers(), {
      ...{ mass_mg: 300_000_000, elsewhere_mg: 2_000_000 },
      here: [left, { lot: "D-1", mass_mg: 100_000_000 }],
    });
    await world.do("certify issue", issue("D-1", "P-2"));
    assert.deepEqual(await covers(), { mass_mg: 300_000_000, elsewhere_mg: 102_000_000, here: [left] });
    await world.do("certify revoke", { passport: "P-1", why: "to be made anew" });
    assert.deepEqual(await covers(), { mass_mg: 300_000_000, elsewhere_mg: 300_000_000, here: [] });
  });

  it("C16: what was delivered of a lot before its passport is no free matter of it: its parts are parts", async () => {
    const world = await worldBefore("orders ship");
    await world.example("orders ship");
    await world.do("certify revoke", { passport: "P-1", why: "two kilograms left" });
    await certified(world, "L-OXIDE");
    await world.do("certify issue", issue("L-OXIDE", "P-2"));
    await split(world, "S-X", { lot: "L-OXIDE", mass: "120 kg" }, drum("D-1", "120 kg"));
    await certified(world, "D-1");
    await world.do("certify issue", issue("D-1", "P-3"));
    for (const passport of ["P-2", "P-3"])
      assert.equal((await verdict(world, passport)).accepted, true, passport);
  });

  it("C8: what became of the rest of a lot on the way is no matter of what was drawn before", async () => {
    const world = await worldBefore("certify passports");
    await count(world, { lot: "L-RESIDUE", mass: "90 kg", scale: SCALE });
    assert.equal((await verdict(world, "P-1")).accepted, true);
    const other = await worldBefore("certify issue");
    await split(other, "S-X", { lot: "L-OXIDE", mass: "120 kg" }, drum("D-1", "120 kg"));
    await certified(other, "D-1");
    await other.do("certify issue", issue("D-1", "P-2"));
    await count(other, { lot: "L-OXIDE", mass: "190 kg", scale: SCALE });
    assert.equal((await verdict(other, "P-2")).accepted, true);
  });

  it("C12: of what holds more than was made no passport is issued; found again, it is", async () => {
    const world = await worldBefore("certify issue");
    await count(world, { lot: "L-OXIDE", mass: "290 kg", scale: SCALE });
    await count(world, { lot: "L-OXIDE", mass: "300 kg", scale: SCALE });
    await certified(world, "L-OXIDE");
    await world.do("certify issue", issue("L-OXIDE", "P-1"));
    assert.equal((await verdict(world, "P-1")).accepted, true);
    await count(world, { lot: "L-OXIDE", mass: "310 kg", scale: SCALE });
    await split(world, "S-X", { lot: "L-OXIDE", mass: "120 kg" }, drum("D-1", "120 kg"));
    await certified(world, "D-1");
    assert.equal(await world.code("certify issue", issue("D-1", "P-2")), "more_than_was_made");
  });
});
