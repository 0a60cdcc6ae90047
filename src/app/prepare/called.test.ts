import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import { by } from "../../../test/support/settling.ts";

const at = { site: "noblesville" };
const weighed = (mass: string) => ({ mass, scale: "noblesville-floor" });
const split = (lot: string, outputs: readonly object[], more: object = {}) => ({
  ...{ kind: "split", ...at, inputs: [{ lot }], outputs },
  ...more,
});
const all = (kind: string, more: object = {}) => [{ lot: "X", kind, ...weighed("3.6 kg"), ...more }];
const calcine = (more: object) => ({
  ...{ kind: "calcine", ...at, inputs: [{ lot: "L-OXALATE" }] },
  outputs: [{ lot: "X", kind: "oxide", ...weighed("303.6 kg"), ...more }],
  losses: [{ place: "carbon dioxide and water", ...weighed("356.4 kg") }],
});

/** Before the furnace: L-OXALATE of 660 kg holds the neodymium. */
async function beforeFurnace(): Promise<World> {
  const world = await worldBefore("settle return-oxide");
  for (const step of ["S-8", "S-7"]) await world.do("prepare reverse", { step, why: "to be fired anew" });
  return world;
}

describe("what a lot is called", () => {
  it("R10: what only is divided stays what it was: kind and product, without being told", async () => {
    const world = await worldBefore("settle return-oxide");
    const code = (lot: string, outputs: readonly object[]) => world.code("prepare step", split(lot, outputs));
    assert.equal(await code("L-OXIDE-2", all("metal")), "kind_differs");
    for (const named of [
      { product: "Dy2O3" },
      { notes: { oxide: "Dy2O3" } },
      { notes: { product: "Dy2O3" } },
    ])
      assert.equal(await code("L-OXIDE-2", all("oxide", named)), "product_differs", JSON.stringify(named));
    const iron = [{ lot: "X", kind: "oxide", ...weighed("3004 kg") }];
    assert.equal(await code("L-IRON", iron), "kind_differs");
    assert.equal(
      await code("L-IRON", [{ ...iron[0], kind: "iron_cake", product: "Tb4O7" }]),
      "product_differs",
    );
    const said = await world.do("prepare step", split("L-OXIDE-2", all("oxide")));
    assert.deepEqual(said["products"], { X: "Nd2O3" });
    assert.deepEqual((await world.record("lot", "X")).notes, { oxide: "Nd2O3" });
  });

  it("R10: a programme's own kind may divide; that a split does is no figure of anybody's", async () => {
    const world = await worldBefore("settle return-oxide");
    const own = {
      capability: "store",
      contents: { "*": { by: "share" } },
      evidence: "C",
      source: "s",
      why: "w",
    };
    const kind = (name: string, more: object) =>
      world.do("prepare define-kind", { kind: name, does: "d", ...own, ...more });
    await kind("repack", { divides: true });
    await kind("split", { divides: false, forms: ["oxide"] });
    for (const name of ["repack", "split"])
      assert.equal(
        await world.code("prepare step", { ...split("L-IRON", all("oxide")), kind: name }),
        "kind_differs",
        name,
      );
  });

  it("R11: a product is made by a kind of step that makes its form, or comes of one", async () => {
    const world = await beforeFurnace();
    const oxide = calcine({ product: "Nd2O3" });
    assert.equal(await world.code("prepare step", { ...oxide, kind: "blend" }), "product_differs");
    assert.equal(await world.code("prepare step", calcine({ product: "Nd-unheard-of" })), "product_unknown");
    assert.equal(await world.code("prepare step", calcine({ notes: { product: "Nd" } })), "product_unknown");
    assert.equal(await world.code("prepare step", oxide), "done");
    const blended = { ...split("X", [{ lot: "Y", kind: "oxide", ...weighed("303.6 kg") }]), kind: "blend" };
    assert.deepEqual((await world.do("prepare step", blended))["products"], { Y: "Nd2O3" });
  });

  it("R11: marks of a kind of step name no product either", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("prepare define-kind", {
      ...{ kind: "christen", does: "d", capability: "store", contents: { "*": { by: "share" } } },
      ...{ forms: ["oxide"], marks: { oxide: "Tb4O7" }, evidence: "C", source: "s", why: "w" },
    });
    const step = {
      ...split("L-IRON", [{ lot: "X", kind: "oxide", ...weighed("3004 kg") }]),
      kind: "christen",
    };
    assert.equal(await world.code("prepare step", step), "product_not_held");
  });

  it("R12: a lot is called what its contents make, however wide the doubt", async () => {
    const world = await beforeFurnace();
    for (const product of ["Dy2O3", "Tb4O7", "Fe2O3", "NdPr-oxide"])
      assert.equal(await world.code("prepare step", calcine({ product })), "product_not_held", product);
    const guess = (product: string, element: string, best: number) =>
      world.code("prepare step", {
        ...calcine({
          product,
          content: {
            ...{ by: "assay", laboratory: "sample-lab-a" },
            mg_per_kg: { [element]: { best, sd: best } },
          },
        }),
        accept_open: "as the laboratory has it",
      });
    assert.equal(await guess("Nd2O3", "Nd", 600_000), "product_not_held");
    assert.equal(
      await guess("Tb4O7", "Tb", 850_000),
      "element_does_not_close",
      "and none comes from nowhere",
    );
    assert.equal(await guess("Nd2O3", "Nd", 840_000), "done");
  });

  it("R12 R14: what is put in is said with what a laboratory found in it: a blend with virgin oxide is oxide, and its feeds are thin in it", async () => {
    const world = await worldBefore("settle return-oxide");
    const found = { by: "assay", laboratory: "sample-lab-a", mg_per_kg: { Nd: { best: 857_000, sd: 500 } } };
    const virgin = (content: object) => ({
      ...split("L-OXIDE", [{ lot: "X", kind: "oxide", ...weighed("400 kg"), product: "Nd2O3" }]),
      ...{ kind: "blend", additions: [{ name: "oxide from a mine", ...weighed("100 kg"), ...content }] },
    });
    assert.equal(await world.code("prepare step", virgin({})), "product_not_held");
    assert.equal(
      await world.code("prepare step", virgin({ content: { by: "share" } })),
      "input_malformed",
      "nobody measured it",
    );
    const heavy = { ...found, mg_per_kg: { Nd: { best: 1_000_000, sd: 9 }, Pr: { best: 500_000, sd: 9 } } };
    assert.equal(await world.code("prepare step", virgin({ content: heavy })), "content_exceeds_mass");
    await world.do("prepare step", virgin({ content: found }));
    const { elements_mg, feeds_mg } = await world.record("lot", "X");
    const share = (feeds_mg["L-MAGNETS"]?.["Nd"] ?? 0) / (elements_mg["Nd"]?.best ?? 0);
    assert.ok(share > 0.74 && share < 0.76, `${share} of it comes of the feed`);
    const { places } = await world.ask<{ places: { place: string; elements_mg: Record<string, number> }[] }>(
      "ledger balance",
      {},
    );
    const added = places.find((p) => p.place.startsWith("added"));
    assert.equal(added?.elements_mg["Nd"], -85_700_000, "what came from outside stands in its place");
  });
});

describe("what a step loses", () => {
  it("R13: by a place that its kind does not name, nobody knows what left: it is said, or the step is refused", async () => {
    const world = await beforeFurnace();
    const lost = (place: string, more: object = {}) =>
      world.code("prepare step", {
        ...calcine({ product: "Nd2O3" }),
        losses: [{ place, ...weighed("356.4 kg"), ...more }],
      });
    assert.equal(await lost("co2"), "loss_unknown");
    assert.equal(await lost("carbon dioxid and water"), "loss_unknown");
    assert.equal(await lost("co2", { content: { by: "none" } }), "done");
    const metal = (await world.record("lot", "X")).elements_mg["Nd"]?.best;
    assert.equal(
      metal,
      (await worldBefore("settle return-oxide").then((w) => w.record("step", "S-7"))).inputs[0]?.elements_mg[
        "Nd"
      ]?.best,
    );
  });

  it("R13: figures of a programme's own do not forget what a shipped kind loses without metal", async () => {
    const world = await beforeFurnace();
    await world.do("prepare define-kind", {
      ...{ kind: "calcine", does: "d", capability: "calcine", contents: { "*": { by: "rest" } } },
      ...{ evidence: "A", source: "own", why: "own furnace" },
    });
    await world.do("prepare step", calcine({ product: "Nd2O3" }));
    const { losses } = await world.record("step", (await world.record("lot", "X")).made_by);
    assert.deepEqual(losses[0]?.elements_mg, {});
  });

  it("R15: what others use too one firm redefines for its own sites alone", async () => {
    const world = await beforeFurnace();
    const own = {
      ...{ kind: "calcine", does: "d", capability: "nobody-can", contents: { "*": { by: "share" } } },
      ...{ evidence: "A", source: "own", why: "own furnace" },
    };
    await world.do("programme register-party", { party: "rec-x", name: "X", kind: "recycler" });
    const defined = await world.do("prepare define-kind", own, by("manager@rec-x"));
    assert.equal(defined["party"], "rec-x");
    const kinds = await world.ask<{ items: { kind: string; capability: string }[]; own: object[] }>(
      "prepare kinds",
      {},
    );
    assert.equal(kinds.items.find(({ kind }) => kind === "calcine")?.capability, "calcine");
    assert.equal(kinds.own.length, 1);
    await world.do("prepare step", calcine({ product: "Nd2O3" }));
    const refiner = await beforeFurnace();
    await refiner.do("prepare define-kind", own, by("manager@sample-refiner"));
    assert.equal(await refiner.code("prepare step", calcine({ product: "Nd2O3" })), "site_cannot");
  });
});
