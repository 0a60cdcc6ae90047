import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import type { Verification } from "../../certify/index.ts";
import { TRADED_OXIDE } from "../../chemistry/index.ts";
import type { AnyCalculation } from "../core/use-case.ts";

const traces = Object.entries(TRADED_OXIDE)
  .filter(([element]) => !["Nd", "Pr", "Sc"].includes(element))
  .map(([, analyte]) => ({ analyte, mg_per_kg: "<1" }))
  .concat(["Fe2O3", "SiO2", "CaO"].map((analyte) => ({ analyte, mg_per_kg: "<1" })));
const withPraseodymium = (mg_per_kg: string) => [{ analyte: "Pr6O11", mg_per_kg, u: "2" }, ...traces];

const drawn = (world: World, lot: string, mg_per_kg: string, until?: "reported") =>
  sampled(world, { sample: "Q-9", lot, results: withPraseodymium(mg_per_kg) }, until);

async function verdict(world: World) {
  const { compute } = theUseCase("certify verify") as AnyCalculation;
  const answer = await compute(world.ports, {
    credential: JSON.parse(JSON.stringify(await world.ask("certify credential", { passport: "P-1" }))),
    bundle: JSON.parse(JSON.stringify(await world.ask("certify bundle", { passport: "P-1" }))),
    issuers: await world.ask("certify issuers", {}),
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  const { accepted, findings } = answer.value as Verification;
  return [accepted, findings.map(({ code }) => code)];
}

const SHIP = { order: "O-1", lot: "L-OXIDE", passport: "P-1", carrier: "sample-carrier" };

describe("results of a sample drawn after the certified one", () => {
  it("certify C64: that do not meet what is certified take certificate of analysis and passport with them when they are released", async () => {
    const world = await worldBefore("orders ship");
    await drawn(world, "L-OXIDE", "9000", "reported");
    assert.deepEqual(await verdict(world), [true, []]);
    const manager = { role: "quality manager", party: "sample-lab-a", verified: false };
    const answer = await world.do("assay release", { sample: "Q-9", side: "product" }, manager);
    assert.deepEqual(answer["superseded"], ["L-OXIDE"]);
    assert.equal(await world.code("orders ship", SHIP), "specification_not_met");
    assert.deepEqual(await verdict(world), [false, ["certificate_superseded"]]);
    const again = { lot: "L-OXIDE", sample: "Q-9", convention: "half_limit", check: ["2N5"], why: "newer" };
    await world.do("certify release", again);
  });

  it("certify C64: that meet it leave both as they are", async () => {
    const world = await worldBefore("orders ship");
    await drawn(world, "L-OXIDE", "25");
    assert.deepEqual(await verdict(world), [true, []]);
    assert.equal(await world.code("orders ship", SHIP), "done");
  });

  it("certify C64: of the whole count for what was divided off it since, and not for what was before", async () => {
    const part = (lot: string) => ({
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE", mass: "100 kg" }] },
      outputs: [{ lot, kind: "oxide", mass: "100 kg", scale: "noblesville-floor" }],
    });
    const world = await worldBefore("settle return-oxide");
    const { at } = (await world.record("lot", "L-OXIDE")).opened;
    await world.do("prepare step", { ...part("D-0"), at });
    await sampled(world, { sample: "Q-0", lot: "L-OXIDE", results: withPraseodymium("22"), drawn_at: at });
    await drawn(world, "L-OXIDE", "9000", "reported");
    await world.do("prepare step", part("D-1"));
    await sampled(world, { sample: "Q-D-0", lot: "D-0", results: withPraseodymium("22") });
    for (const [lot, sample] of [
      ["D-0", "Q-D-0"],
      ["D-1", "Q-0"],
    ])
      await world.do("certify release", { lot, sample, convention: "half_limit", check: ["4N"] });
    const manager = { role: "quality manager", party: "sample-lab-a", verified: false };
    const answer = await world.do("assay release", { sample: "Q-9", side: "product" }, manager);
    assert.deepEqual(answer["superseded"], ["D-1"]);
  });
});
