import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled, todayOf } from "../../../test/support/sampled.ts";
import { type Bundle, leftOf, type Verification } from "../../certify/index.ts";
import type { AnyCalculation } from "../core/use-case.ts";

const RESULTS = [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2" }];
const CARRIER = { role: "driver", party: "sample-carrier", verified: false };

const step = (from: string, mass: string, outputs: object[], change: object = {}) => ({
  ...{ kind: "split", site: "noblesville", inputs: [{ lot: from, mass }], outputs },
  ...change,
});
const drum = (lot: string, mass: string) => ({
  ...{ lot, kind: "oxide", mass, scale: "noblesville-floor", notes: { oxide: "Nd2O3" } },
});

/** Divides the certified drum and certifies the part. */
async function divided(world: World, lot = "L-PART", mass = "120 kg"): Promise<void> {
  await world.do("prepare step", step("L-OXIDE", mass, [drum(lot, mass)]));
  await sampled(world, { sample: `Q-${lot}`, lot, results: RESULTS });
  await world.do("certify release", {
    ...{ lot, sample: `Q-${lot}`, convention: "half_limit", check: ["2N5"] },
  });
}

const issue = (lot: string, passport: string) => ({ lot, issuer: "sample-refiner", passport });

async function verdict(world: World, passport: string, change: (bundle: Bundle) => unknown = (b) => b) {
  const bundle = await world.ask<Bundle>("certify bundle", { passport });
  const { compute } = theUseCase("certify verify") as AnyCalculation;
  const answer = await compute(world.ports, {
    credential: JSON.parse(JSON.stringify(await world.ask("certify credential", { passport }))),
    bundle: JSON.parse(JSON.stringify(change(bundle))),
    issuers: await world.ask("certify issuers", { party: "sample-refiner" }),
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  const { accepted, checks, findings, status_as_of, describes } = answer.value as Verification;
  const open = checks.filter((c) => c.result !== "passed");
  const codes = [...new Set(findings.map((f) => f.code))];
  return { accepted, open, codes, status_as_of, left: describes?.left_mg };
}

const claimedOn = async (world: World) =>
  (await world.record("feed_claims", "L-MAGNETS")).claimed_mg["Nd"] ?? 0;

describe("passports of parts, and who issues", () => {
  it("C12: a part of a drum that has a passport is a part of it, claimed once and accepted beside it", async () => {
    const world = await worldBefore("certify passports");
    const before = await claimedOn(world);
    await divided(world);
    await world.do("certify issue", issue("L-PART", "P-2"));
    const part = await world.record("passport", "P-2");
    assert.deepEqual(part.part_of, { passport: "P-1", mass_mg: 120_000_000 });
    assert.equal(await claimedOn(world), before);
    assert.deepEqual((await world.record("taking", "L-PART")).claimed, { "P-2": 120_000_000 });
    assert.deepEqual((await world.record("taking", "L-OXIDE")).claimed, { "P-1": 180_000_000 });
    const { accepted, open } = await verdict(world, "P-2");
    assert.deepEqual([accepted, open], [true, []]);
    assert.equal((await verdict(world, "P-1")).accepted, true);
  });

  it("C12: a part that is revoked is the whole's again; parts of what is revoked stand by themselves", async () => {
    const world = await worldBefore("certify passports");
    const before = await claimedOn(world);
    await divided(world);
    await world.do("certify issue", issue("L-PART", "P-2"));
    const inside = (await world.record("passport", "P-2")).feeds_mg["L-MAGNETS"]?.["Nd"];
    await world.do("certify revoke", { passport: "P-1", why: "another drum" });
    assert.equal(await claimedOn(world), inside);
    assert.equal((await verdict(world, "P-2")).accepted, true);
    await world.do("certify revoke", { passport: "P-2", why: "another drum" });
    assert.equal(await claimedOn(world), 0);
    const other = await worldBefore("certify passports");
    await divided(other);
    await other.do("certify issue", issue("L-PART", "P-2"));
    await other.do("certify revoke", { passport: "P-2", why: "another drum" });
    assert.equal(await claimedOn(other), before);
    assert.deepEqual((await other.record("taking", "L-PART")).claimed, { "P-1": 120_000_000 });
  });

  it("C12: chemistry on what a passport describes, and taking back its step, are refused", async () => {
    const world = await worldBefore("certify passports");
    const dissolve = step("L-OXIDE", "1 kg", [{ ...drum("L-DISSOLVED", "1 kg"), kind: "solution" }]);
    assert.equal(await world.code("prepare step", { ...dissolve, kind: "dissolve" }), "already_promised");
    assert.equal(await world.code("prepare step", dissolve), "kind_differs", "prepare R10: a split is none");
  });

  it("C12: a carrier neither issues nor revokes, in its own name or another's", async () => {
    const world = await worldBefore("certify issue");
    assert.equal(
      await world.code("certify issue", { ...issue("L-OXIDE", "P-1"), issuer: "sample-carrier" }, CARRIER),
      "party_differs",
    );
    assert.equal(await world.code("certify issue", issue("L-OXIDE", "P-1"), CARRIER), "party_differs");
    await world.do("certify issue", issue("L-OXIDE", "P-1"));
    const why = "the carrier wants another";
    assert.equal(await world.code("certify revoke", { passport: "P-1", why }, CARRIER), "party_differs");
    await world.do("certify revoke", { passport: "P-1", why });
    assert.equal(await world.code("certify revoke", { passport: "P-1", why }, CARRIER), "already_revoked");
  });

  it("C12: whoever takes the title and repacks the drum gets no second passport of it", async () => {
    const world = await worldBefore("certify passports");
    await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-carrier", why: "sold" });
    await divided(world, "L-REPACKED", "300 kg");
    const own = { lot: "L-REPACKED", issuer: "sample-carrier", passport: "P-2" };
    assert.equal(await world.code("certify issue", own), "party_differs");
    assert.equal(await world.code("certify issue", own, CARRIER), "party_differs");
    await world.do("certify issue", issue("L-REPACKED", "P-3"));
    assert.deepEqual((await world.record("passport", "P-1")).parts, { "P-3": 300_000_000 });
  });

  it("C16: a drum in two parts with a passport each has two, and that of the whole is no third", async () => {
    const world = await worldBefore("certify passports");
    await divided(world);
    await world.do("certify issue", issue("L-PART", "P-2"));
    const half = await verdict(world, "P-1");
    assert.deepEqual([half.accepted, half.left], [true, 180_000_000]);
    assert.ok(half.codes.includes("parts_described"));
    await divided(world, "L-REST", "180 kg");
    await world.do("certify issue", issue("L-REST", "P-3"));
    const whole = await verdict(world, "P-1");
    assert.deepEqual([whole.accepted, whole.left, whole.open], [false, 0, []]);
    assert.ok(whole.codes.includes("described_by_parts"));
    for (const part of ["P-2", "P-3"]) assert.equal((await verdict(world, part)).accepted, true, part);
    assert.equal(leftOf(await world.record("passport", "P-1")), 0);
  });

  it("C16: what left under a passport stays described by it, when the rest has papers of its own", async () => {
    const world = await worldBefore("orders ship");
    await world.example("orders ship");
    const held = (await world.record("lot", "L-OXIDE")).mass_mg.best;
    const rest = `${held} mg`;
    await divided(world, "L-REST", rest);
    await world.do("certify issue", issue("L-REST", "P-2"));
    const { accepted, left } = await verdict(world, "P-1");
    assert.deepEqual([accepted, left], [true, 300_000_000 - held]);
    assert.deepEqual((await world.record("taking", "L-OXIDE")).claimed, {});
  });

  it("C12: of a part of a part, claims are counted once whatever is revoked around it", async () => {
    const world = await worldBefore("certify passports");
    const before = await claimedOn(world);
    await divided(world);
    await world.do("certify issue", issue("L-PART", "P-2"));
    await world.do("prepare step", step("L-PART", "20 kg", [drum("L-SMALL", "20 kg")]));
    await sampled(world, { sample: "Q-SMALL", lot: "L-SMALL", results: RESULTS });
    const release = { convention: "half_limit", check: ["2N5"] };
    await world.do("certify release", { lot: "L-SMALL", sample: "Q-SMALL", ...release });
    await world.do("certify issue", issue("L-SMALL", "P-3"));
    assert.deepEqual((await world.record("passport", "P-2")).parts, { "P-3": 20_000_000 });
    const small = (await world.record("passport", "P-3")).feeds_mg["L-MAGNETS"]?.["Nd"];
    await world.do("certify revoke", { passport: "P-2", why: "another drum" });
    assert.equal(await claimedOn(world), before);
    assert.deepEqual((await world.record("passport", "P-1")).parts, { "P-3": 20_000_000 });
    for (const passport of ["P-1", "P-3"])
      assert.equal((await verdict(world, passport)).accepted, true, passport);
    await world.do("certify revoke", { passport: "P-1", why: "another drum" });
    assert.equal(await claimedOn(world), small);
    assert.equal((await verdict(world, "P-3")).accepted, true);
  });

  it("C12: the balance counts each gram once: in is the draw on the feeds, and in = out + lost + open", async () => {
    const world = await worldBefore("certify passports");
    const { credential } = await world.ask<{ credential: { credentialSubject: { balance: object } } }>(
      "certify passport",
      { passport: "P-1" },
    );
    const balance = credential.credentialSubject.balance as Record<string, Record<string, number>>;
    const measured = (await world.record("feed", "L-MAGNETS")).measured_mg["Nd"]?.best ?? 0;
    const nd = balance["Nd"];
    assert.ok(nd && Math.abs((nd["in_mg"] ?? 0) - measured) <= measured / 1000, JSON.stringify(nd));
    assert.equal(nd["in_mg"], (nd["out_mg"] ?? 0) + (nd["lost_mg"] ?? 0) + (nd["residual_mg"] ?? 0));
    assert.equal(nd["lot_mg"], (await world.record("lot", "L-OXIDE")).elements_mg["Nd"]?.best);
  });

  it("C13: a bundle is signed and dated by the issuer; without its end nothing is accepted", async () => {
    const world = await worldBefore("certify bundle");
    const whole = await verdict(world, "P-1");
    assert.deepEqual([whole.accepted, whole.status_as_of], [true, world.ports.clock.now().toISOString()]);
    const cut = await verdict(world, "P-1", ({ end: _, ...bundle }) => bundle);
    assert.deepEqual([cut.accepted, cut.status_as_of], [false, null]);
    assert.ok(cut.codes.includes("tail_unsigned"));
  });

  it("C11: one bundle can be made for two passports", async () => {
    const world = await worldBefore("certify passports");
    await divided(world);
    await world.do("certify issue", issue("L-PART", "P-2"));
    const { compute } = theUseCase("certify verify") as AnyCalculation;
    const given = async (bundle: object) => ({
      credential: JSON.parse(JSON.stringify(await world.ask("certify credential", { passport: "P-1" }))),
      others: [JSON.parse(JSON.stringify(await world.ask("certify credential", { passport: "P-2" })))],
      bundle: JSON.parse(JSON.stringify(bundle)),
      issuers: await world.ask("certify issuers", { party: "sample-refiner" }),
    });
    const both = await world.ask<object>("certify bundle", { passport: "P-1", beside: "P-2" });
    const answer = await compute(world.ports, await given(both));
    assert.ok(answer.ok);
    assert.deepEqual(
      (answer.value as Verification).checks.filter((c) => c.result !== "passed"),
      [],
    );
    assert.equal((answer.value as Verification).accepted, true);
  });

  it("C19: a newer certificate of analysis is found by who has the passport of the older one", async () => {
    const world = await worldBefore("certify passports");
    await sampled(world, { sample: "Q-5", lot: "L-OXIDE", results: RESULTS });
    await world.do("certify release", {
      ...{ lot: "L-OXIDE", sample: "Q-5", convention: "half_limit", check: ["2N5"], why: todayOf(world) },
    });
    const { accepted, codes } = await verdict(world, "P-1");
    assert.equal(accepted, false);
    assert.ok(codes.includes("certificate_superseded"), codes.join());
  });
});
