import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";

const example = theUseCase("prepare step").example as {
  readonly outputs: readonly { readonly lot: string; readonly mass: string }[];
};
/** The example with its second output weighed as something else: nothing else of it changes. */
const weighing = (steel: string, more: object = {}) => ({
  ...example,
  outputs: example.outputs.map((output, i) => (i === 1 ? { ...output, mass: steel } : output)),
  ...more,
});
const neodymium = async (world: World, lot: string) =>
  (await world.ask<{ elements_mg: Record<string, { best: number }> }>("ledger lot", { lot })).elements_mg[
    "Nd"
  ]?.best ?? Number.NaN;

describe("steps on the books", () => {
  it("R2: a step is of a known kind, at a site that can do it", async () => {
    const world = await worldBefore("prepare step");
    assert.equal(await world.code("prepare step", { ...example, kind: "smelt" }), "step_kind_unknown");
    assert.equal(await world.code("prepare step", { ...example, site: "nowhere" }), "site_unknown");
    assert.equal(await world.code("prepare step", { ...example, kind: "chromatograph" }), "site_cannot");
  });

  it("R3: a weight names a scale of the site, or states its own doubt", async () => {
    const world = await worldBefore("prepare step");
    const dust = { place: "dust", mass: "0.3 kg" };
    const code = (loss: object) => world.code("prepare step", { ...example, losses: [{ ...dust, ...loss }] });
    assert.equal(await code({}), "doubt_missing");
    assert.equal(await code({ scale: "noblesville-floor" }), "scale_unknown");
    assert.equal(await code({ sd: "10 g" }), "done");
  });

  it("R3: a doubt is not stated so wide that anything could be missing", async () => {
    const world = await worldBefore("settle lot");
    const refused = async (outputs: object, drawn: object = {}) => {
      const { mass = "1 kg", ...more } = outputs as { mass?: string };
      return world.code("prepare step", {
        ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-MAGNETS", mass: "1 kg", ...drawn }] },
        outputs: [{ kind: "magnets", mass, ...more }],
      });
    };
    const floor = { scale: "noblesville-floor" };
    assert.equal(await refused({ ...floor, sd: "133 kg" }), "doubt_too_wide");
    assert.equal(await refused({ sd: "101 g" }), "doubt_too_wide", "a tenth of what is divided");
    assert.equal(await refused({ sd: "1 g" }, { ...floor, sd: "200 kg" }), "doubt_too_wide");
    assert.equal(await refused({ sd: "1 g" }, { sd: "1.1 kg" }), "doubt_too_wide", "as much as is drawn");
    assert.equal(await refused({ sd: "100 g" }, { sd: "1 g" }), "done");
  });

  it("R5: a step closes within three times its doubt, or is refused", async () => {
    // The pallets full and empty, steel on the floor scale (100 g or 120 g each, half of the square its bias), magnets and dust at 5 g.
    const code = async (steel: string) =>
      (await worldBefore("prepare step")).code("prepare step", weighing(steel));
    assert.equal(await code("386.9 kg"), "done");
    assert.equal(await code("387.1 kg"), "mass_does_not_close");
    assert.equal(await code("385.7 kg"), "mass_does_not_close");
  });

  it("ledger L19: what does not close is booked with a reason only, and stands in a place of its own", async () => {
    const world = await worldBefore("prepare step");
    await world.do("prepare step", weighing("380 kg", { accept_open: "a drum is looked for" }));
    const { places } = await world.ask<{ places: { place: string; mass_mg: number }[] }>(
      "ledger balance",
      {},
    );
    assert.equal(places.find((p) => p.place.startsWith("unaccounted"))?.mass_mg, 6_400_000);
  });

  it("R4: where nobody measured a content the rule of the kind is used; a programme's own comes before the shipped one", async () => {
    const share = async (world: World) => {
      const devices = await neodymium(world, "C-1-D");
      await world.do("prepare step", example);
      return (await neodymium(world, "C-1-MAGNETS")) / devices;
    };
    const shipped = await share(await worldBefore("prepare step"));
    const world = await worldBefore("prepare step");
    await world.example("prepare define-kind");
    const own = await share(world);
    assert.deepEqual([shipped.toFixed(4), own.toFixed(4)], ["0.9500", "0.9700"]);
  });

  it("R6: a step is taken back while nothing it made was used; the lot it drew on is as it was", async () => {
    const world = await worldBefore("prepare step");
    const before = await neodymium(world, "C-1-D");
    await world.do("prepare step", example);
    await world.do("prepare reverse", { step: "S-1", why: "wrong lot" });
    assert.equal(await neodymium(world, "C-1-D"), before);
    const used = await worldBefore("prepare reverse");
    assert.notEqual(await used.code("prepare reverse", { step: "S-1", why: "wrong lot" }), "done");
  });

  it("ledger L12: of two steps that draw the same lot at the same moment one is done", async () => {
    const world = await worldBefore("prepare step");
    const renamed = {
      ...example,
      step: "S-9",
      outputs: example.outputs.map((output) => ({ ...output, lot: `${output.lot}-9` })),
    };
    const both = await world.atOnce([
      ["prepare step", example],
      ["prepare step", renamed],
    ]);
    assert.equal(both.filter((code) => code === "done").length, 1, both.join());
  });
});
