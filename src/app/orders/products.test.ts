import assert from "node:assert/strict";
import { test } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import { by, PROCESSOR, SUPPLIER } from "../../../test/support/settling.ts";
import { TRADED_OXIDE } from "../../chemistry/index.ts";

const BUYER = by("buyer@sample-buyer-a");
const asked = (change: object = {}) => ({
  ...{ buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3", specification: "4N" },
  ...{ mass: "1 kg", due: "2099-01-01", ...change },
});

async function onTrial(world: World): Promise<void> {
  const buyer = "sample-buyer-a";
  await world.do("orders register-buyer", { buyer, segment: "commercial", trial_limit: "50 kg" }, PROCESSOR);
  await world.do("orders qualify", { buyer, to: "trial", why: "w", evidence: "e" }, PROCESSOR);
}

/** L-NDPR: 32.3 kg of a product of two elements, certified 4N, with a passport. */
async function mixedOxide(): Promise<World> {
  const world = await worldBefore("refine plan");
  const weighed = (mass: string) => ({ mass, scale: "noblesville-floor" });
  await world.do("programme define-product", {
    ...{ product: "NdPr-magnet", name: "NdPr", form: "oxide", elements: ["Nd", "Pr"] },
    ratio: { Nd: { from: 0.85, to: 0.9 }, Pr: { from: 0.1, to: 0.15 } },
  });
  const mg_per_kg = { Nd: { best: 345_000, sd: 1725 }, Pr: { best: 46_000, sd: 230 } };
  await world.do("prepare step", {
    ...{ step: "S-20", kind: "precipitate", site: "noblesville" },
    inputs: [{ lot: "L-SOLUTION", mass: "1000 kg" }],
    additions: [{ name: "oxalic acid", ...weighed("60 kg") }],
    outputs: [
      {
        ...{ lot: "L-CAKE", kind: "oxalate", ...weighed("70 kg") },
        content: { by: "assay", laboratory: "sample-lab-a", mg_per_kg },
      },
    ],
    losses: [{ place: "filtrate", mass: "990 kg", sd: "15 kg", content: { by: "rest" } }],
  });
  await world.do("prepare step", {
    ...{ step: "S-21", kind: "calcine", site: "noblesville", inputs: [{ lot: "L-CAKE" }] },
    outputs: [{ lot: "L-NDPR", kind: "oxide", product: "NdPr-magnet", ...weighed("32.3 kg") }],
    losses: [{ place: "carbon dioxide and water", ...weighed("37.7 kg") }],
  });
  const traces = Object.entries(TRADED_OXIDE)
    .filter(([element]) => !["Nd", "Pr", "Sc"].includes(element))
    .map(([, analyte]) => ({ analyte, mg_per_kg: "<1" }));
  const found = [
    { analyte: "Nd2O3", mg_per_kg: "880000", u: "2000" },
    { analyte: "Pr6O11", mg_per_kg: "120000", u: "2000" },
  ];
  await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...found, ...traces] });
  await world.do("certify release", {
    lot: "L-NDPR",
    sample: "Q-20",
    convention: "half_limit",
    check: ["4N"],
  });
  await world.do("certify issue", { lot: "L-NDPR", issuer: "sample-refiner", passport: "P-20" });
  return world;
}

test("O3: a product that is defined is ordered by its name, offered, promised and sent", async () => {
  const world = await mixedOxide();
  await onTrial(world);
  await world.do("orders place", asked({ order: "O-N", oxide: "NdPr-magnet" }), BUYER);
  const { items } = await world.ask<{ items: { lot: string; free_mg: number }[] }>("orders on-offer", {
    order: "O-N",
  });
  assert.deepEqual(
    items.map(({ lot, free_mg }) => [lot, free_mg]),
    [["L-NDPR", 32_300_000]],
  );
  const plan = await world.ask<{ oxides: { oxide: string; on_hand_mg: number }[] }>("overview plan", {});
  assert.equal(plan.oxides.find(({ oxide }) => oxide === "NdPr-magnet")?.on_hand_mg, 32_300_000);
  await world.do("orders allocate", { order: "O-N", lot: "L-NDPR", mass: "1 kg" }, SUPPLIER);
  const sent = { order: "O-N", lot: "L-NDPR", passport: "P-20", carrier: "sample-carrier" };
  await world.do("orders ship", sent, SUPPLIER);
  await world.do("orders place", asked({ order: "O-1" }), BUYER);
  const other = { order: "O-1", lot: "L-NDPR", mass: "1 kg" };
  assert.equal(await world.code("orders allocate", other, SUPPLIER), "product_differs");
});

test("O3: nothing is ordered that there is not, nor from oneself", async () => {
  const world = await worldBefore("orders allocate");
  const place = (change: object) => world.code("orders place", asked(change), BUYER);
  assert.equal(await place({ oxide: "Unobtainium" }), "product_unknown");
  assert.equal(await place({ specification: "no-such-spec" }), "specification_unknown");
  assert.equal(await place({ oxide: "Dy2O3", specification: "GB-Nd2O3-4N" }), "product_differs");
  const buyer = "sample-recycler";
  await world.do("orders register-buyer", { buyer, segment: "commercial", trial_limit: "50 kg" }, PROCESSOR);
  await world.do("orders qualify", { buyer, to: "trial", why: "w", evidence: "e" }, PROCESSOR);
  assert.equal(await world.code("orders place", asked({ buyer }), SUPPLIER), "one_party_alone");
  assert.equal(await place({}), "done");
});

test("O8: a buyer cancels its own order while nothing is promised to it, and no longer", async () => {
  const world = await worldBefore("orders allocate");
  const no_more = (order: string) => ({ order, why: "we do not want it any more" });
  await world.do("orders place", asked({ order: "O-7" }), BUYER);
  await world.do("orders allocate", { order: "O-7", lot: "L-OXIDE", mass: "1 kg" }, SUPPLIER);
  assert.equal(await world.code("orders cancel", no_more("O-7"), BUYER), "party_differs");
  assert.equal(await world.code("orders cancel", no_more("O-1"), PROCESSOR), "party_differs");
  assert.equal(await world.code("orders cancel", no_more("O-1"), BUYER), "done");
  assert.equal((await world.record("order", "O-1")).state, "cancelled");
});
