import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import type { AnyCalculation } from "../core/use-case.ts";

const RESULTS = [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2" }];
const issue = (passport: string) => ({ lot: "L-OXIDE", issuer: "sample-refiner", passport });

interface Verdict {
  readonly accepted: boolean;
  readonly checks: readonly { readonly name: string; readonly result: string; readonly why: string }[];
}

/** The buyer's check of P-1 with what the books give now. */
async function verdict(world: World, change = (text: string) => text) {
  const credential = await world.ask("certify credential", { passport: "P-1" });
  const { compute } = theUseCase("certify verify") as AnyCalculation;
  const answer = await compute(world.ports, {
    credential: JSON.parse(change(JSON.stringify(credential))),
    bundle: await world.ask("certify bundle", { passport: "P-1" }),
    issuers: await world.ask("certify issuers", { party: "sample-refiner" }),
  });
  assert.ok(answer.ok);
  const { accepted, checks } = answer.value as Verdict;
  return { accepted, failed: checks.filter((c) => c.result === "failed").map((c) => c.name) };
}

const split = (mass: string) => ({
  ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE", mass }] },
  outputs: [{ kind: "oxide", mass, scale: "noblesville-floor" }],
});

describe("passports on the books", () => {
  it("C6: no passport before a certificate is released, nor when the lot no longer holds what it is for", async () => {
    const before = await worldBefore("certify release");
    assert.equal(await before.code("certify issue", issue("P-1")), "certificate_missing");
    const drawn = await worldBefore("certify issue");
    await drawn.do("prepare step", split("10 kg"));
    assert.equal(await drawn.code("certify issue", issue("P-1")), "mass_differs");
  });

  it("C8: what the books disclose of an honest loop is accepted; a changed digit is not", async () => {
    const world = await worldBefore("certify verify");
    assert.deepEqual(await verdict(world), { accepted: true, failed: [] });
    const forged = await verdict(world, (text) =>
      text.replace('"net_mass_mg":300000000', '"net_mass_mg":300000001'),
    );
    assert.equal(forged.accepted, false);
    assert.ok(forged.failed.includes("signature"), forged.failed.join());
  });

  it("C8: a revoked passport is not accepted, with the bundle of the day after", async () => {
    const world = await worldBefore("certify verify");
    await world.do("certify revoke", { passport: "P-1", why: "another drum" });
    assert.equal((await verdict(world)).accepted, false);
  });

  it("C9: a lot has one passport at a time; revoking it frees its claims on the feeds", async () => {
    const world = await worldBefore("certify verify");
    const claimed = async () => {
      const claims = await world.record("feed_claims", "L-MAGNETS");
      return claims.claimed_mg.Nd;
    };
    const once = await claimed();
    assert.equal(await world.code("certify issue", issue("P-2")), "passport_exists");
    await world.do("certify revoke", { passport: "P-1", why: "another drum" });
    assert.equal(await claimed(), 0);
    assert.equal(await world.code("certify issue", issue("P-1")), "passport_name_taken");
    await world.do("certify issue", issue("P-2"));
    assert.equal(await claimed(), once);
  });

  it("C25 C27: oxide that nobody brought onto the books is not claimed as recycled, however it is mixed in", async () => {
    const world = await worldBefore("certify issue");
    const at = { site: "noblesville" };
    const weighed = (mass: string) => ({ mass, scale: "noblesville-floor" });
    const mixed = (found: object) => ({
      ...{ kind: "blend", ...at, inputs: [{ lot: "L-OXIDE" }] },
      additions: [{ name: "neodymium oxide from a mine", ...weighed("2700 kg"), ...found }],
      outputs: [{ lot: "L-MIX", kind: "oxide", ...weighed("3000 kg"), notes: { oxide: "Nd2O3" } }],
    });
    assert.equal(
      await world.code("prepare step", mixed({})),
      "product_not_held",
      "what it holds makes no such oxide",
    );
    const mg_per_kg = { Nd: { best: 855_000, sd: 2_000 } };
    const content = { by: "assay", laboratory: "sample-lab-b", mg_per_kg };
    await world.do("prepare step", mixed({ content }));
    await sampled(world, { sample: "Q-9", lot: "L-MIX", results: RESULTS });
    await world.do("certify release", {
      ...{ lot: "L-MIX", sample: "Q-9", convention: "half_limit", check: ["2N5"] },
    });
    const { credential } = await world.do("certify issue", { ...issue("P-1"), lot: "L-MIX" });
    const said = JSON.stringify(credential);
    const [, share = ""] = /"recycled_share":"([\d.]+)"/.exec(said) ?? [];
    assert.ok(Number(share) > 0.09 && Number(share) < 0.11, `a tenth of it: ${share}`);
    assert.match(said, /"origin":"(mixed|not_stated)"/);
  });

  it("C9: two passports of one lot at the same moment are one", async () => {
    const world = await worldBefore("certify issue");
    const both = await world.atOnce(["P-1", "P-2"].map((passport) => ["certify issue", issue(passport)]));
    assert.deepEqual([...both].sort(), ["done", "passport_exists"]);
  });
});
