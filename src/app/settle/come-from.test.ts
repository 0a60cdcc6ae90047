import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { accountOf, agreed, by, PROCESSOR, SUPPLIER } from "../../../test/support/settling.ts";

const AGREEMENT = "A-2026-01";
const REF2 = by("commercial manager@ref-2");
const back = (lot: string, change: object = {}) => ({ agreement: AGREEMENT, lot, ...change });
const owed = async (world: World) => (await accountOf(world))["Nd2O3"]?.balance_kg;

async function divided(world: World, from: string, lot: string, kg: number, at?: string): Promise<void> {
  await world.do("prepare step", {
    ...(at === undefined ? {} : { at }),
    ...{ step: `S-${lot}`, kind: "split", site: "noblesville", inputs: [{ lot: from, mass: `${kg} kg` }] },
    outputs: [{ lot, kind: "oxide", mass: `${kg} kg`, scale: "noblesville-floor" }],
  });
}

async function thirdFirm(world: World): Promise<void> {
  await world.do("programme register-party", { party: "ref-2", name: "Ref 2", kind: "refiner" });
  const site = { site: "site-2", party: "ref-2", name: "Site 2", zip: "46060", country: "US" };
  await world.do("programme register-site", { ...site, capabilities: ["store", "calcine"] }, REF2);
}

test("S60: oxide the supplier sold and bought back from another firm, whole or divided, is no return", async () => {
  const world = await worldBefore("settle return-oxide");
  await thirdFirm(world);
  await divided(world, "L-OXIDE", "L-100", 100);
  await world.do("settle pass-title", { lot: "L-100", to: "ref-2", why: "sold" }, SUPPLIER);
  await carried(world, "B-7", "noblesville", "site-2", ["L-100", 100]);
  await world.do("settle pass-title", { lot: "L-100", to: "sample-recycler", why: "bought" }, REF2);
  const before = await owed(world);
  assert.equal(await world.code("settle return-oxide", back("L-100"), PROCESSOR), "owner_differs");
  await carried(world, "B-8", "site-2", "noblesville", ["L-100", 100]);
  await divided(world, "L-100", "L-40", 40);
  assert.equal(await world.code("settle return-oxide", back("L-40"), PROCESSOR), "owner_differs");
  assert.equal(await owed(world), before);
  // What it was divided off was the supplier's all along, and so is what is left of that.
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE"), PROCESSOR), "done");
});

test("S60: a sale that was undone while the oxide stood at the processor's leaves it the processor's to return", async () => {
  const world = await worldBefore("settle return-oxide");
  await thirdFirm(world);
  await world.do("settle pass-title", { lot: "L-OXIDE", to: "ref-2", why: "sold" }, SUPPLIER);
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE"), PROCESSOR), "owner_differs");
  await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-recycler", why: "undone" }, REF2);
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE"), PROCESSOR), "done");
});

test("S60: what the mother was sold for since is no matter of a part that was divided off before", async () => {
  const world = await worldBefore("settle return-oxide");
  await divided(world, "L-OXIDE", "L-100", 100, (await world.record("lot", "L-OXIDE")).opened.at);
  await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-buyer-a", why: "sold" }, SUPPLIER);
  await world.do("settle return-oxide", back("L-100"), PROCESSOR);
});

test("S60: nor what the processor sold to the supplier; passed back, it is the processor's to return", async () => {
  const world = await worldBefore("settle return-oxide");
  const sold = (to: string, who = PROCESSOR) =>
    world.do("settle pass-title", { lot: "L-OXIDE-2", to, why: "invoice 12, paid" }, who);
  await sold("sample-refiner", SUPPLIER);
  await sold("sample-recycler");
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE-2"), PROCESSOR), "owner_differs");
  await sold("sample-refiner", SUPPLIER);
  const answer = await world.do("settle return-oxide", back("L-OXIDE-2"), PROCESSOR);
  assert.equal(answer["title_passed"], true);
});

async function carried(world: World, shipment: string, from: string, to: string, given: [string, number]) {
  const [lot, kg] = given;
  const lots = [{ lot, mass: `${kg} kg`, sd: "100 g" }];
  await world.do("ship send", { shipment, from, to, carrier: "sample-carrier", lots });
  await world.do("ship receive", { shipment, lots });
}

test("S60: oxide of the supplier's made by another works is no return, until the processor shipped it to the supplier", async () => {
  const world = await worldBefore("settle return-oxide");
  await thirdFirm(world);
  for (const step of ["S-8", "S-7"]) await world.do("prepare reverse", { step, why: "fired elsewhere" });
  await carried(world, "B-7", "noblesville", "site-2", ["L-OXALATE", 660]);
  await world.do("prepare step", {
    ...{ step: "S-70", kind: "calcine", site: "site-2", inputs: [{ lot: "L-OXALATE" }] },
    outputs: [{ lot: "L-FIRED", kind: "oxide", product: "Nd2O3", mass: "303.6 kg", sd: "100 g" }],
    losses: [{ place: "carbon dioxide and water", mass: "356.4 kg", sd: "1 kg" }],
  });
  assert.equal((await world.record("lot", "L-FIRED")).owner, "sample-recycler");
  assert.equal(await world.code("settle return-oxide", back("L-FIRED"), PROCESSOR), "owner_differs");
  await carried(world, "B-8", "site-2", "noblesville", ["L-FIRED", 303.6]);
  await carried(world, "B-9", "noblesville", "plainfield", ["L-FIRED", 303.6]);
  assert.equal(await world.code("settle return-oxide", back("L-FIRED"), PROCESSOR), "done");
});

test("S44: a return dated back before the terms that ask a specification is asked for it all the same", async () => {
  const world = await worldBefore("certify passports");
  const wrong = back("L-OXIDE", { why: "too early" });
  for (const who of [PROCESSOR, SUPPLIER]) await world.code("settle take-back-return", wrong, who);
  assert.deepEqual((await world.record("taking", "L-OXIDE")).returned, {});
  const example = (theUseCase("settle agree").example as { agreement: { elements: { element: string }[] } })
    .agreement;
  const asked = example.elements.map((one) => (one.element === "Nd" ? { ...one, specification: "5N" } : one));
  const today = world.ports.clock.now().toISOString().slice(0, 10);
  const { at } = (await world.record("lot", "L-OXIDE")).opened;
  assert.ok(at.slice(0, 10) < today);
  await agreed(world, { elements: asked, effective: { from: today, to: null } }, "5N from now on");
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE"), PROCESSOR), "specification_not_met");
  assert.equal(
    await world.code("settle return-oxide", back("L-OXIDE", { at }), PROCESSOR),
    "specification_not_met",
  );
});

/** Refired at the works with a gram of sand: by the books other matter than before. */
async function refired(world: World, from: string, lot: string): Promise<void> {
  const kg = (await world.record("lot", from)).mass_mg.best / 1e6;
  await world.do(
    "prepare step",
    {
      ...{ step: `S-${lot}`, kind: "calcine", site: "noblesville", inputs: [{ lot: from }] },
      additions: [{ name: "sand", mass: "1 g", sd: "0.1 g" }],
      outputs: [{ lot, kind: "oxide", mass: `${kg} kg`, sd: "10 g", notes: { oxide: "Nd2O3" } }],
    },
    PROCESSOR,
  );
}

test("S75: oxide that the processor sold, or that the supplier brought from elsewhere, pays no debt for having been through its furnace", async () => {
  const world = await worldBefore("settle return-oxide");
  await world.do("settle pass-title", { lot: "L-OXIDE-2", to: "sample-refiner", why: "surplus" }, SUPPLIER);
  await world.do("settle pass-title", { lot: "L-OXIDE-2", to: "sample-recycler", why: "sold" }, PROCESSOR);
  await refired(world, "L-OXIDE-2", "L-2");
  await refired(world, "L-2", "L-3");
  for (const who of [PROCESSOR, SUPPLIER])
    assert.equal(await world.code("settle return-oxide", back("L-3"), who), "owner_differs");
  const capabilities = ["intake", "dismantle", "demagnetise", "store", "calcine"];
  await world.do("programme change-site", { site: "plainfield", capabilities, why: "kiln" }, SUPPLIER);
  const mg_per_kg = { Nd: { best: 857_000, sd: 300 } };
  await world.do("prepare step", {
    ...{ step: "S-OWN", kind: "calcine", site: "plainfield", inputs: [{ lot: "C-1-MAGNETS", mass: "1 g" }] },
    additions: [
      {
        ...{ name: "oxide bought", mass: "100 kg", sd: "10 g" },
        content: { by: "assay", laboratory: "sample-lab-a", mg_per_kg },
      },
    ],
    outputs: [{ lot: "L-OWN", kind: "oxide", mass: "100 kg", sd: "10 g", notes: { oxide: "Nd2O3" } }],
  });
  await carried(world, "B-OWN", "plainfield", "noblesville", ["L-OWN", 100]);
  await refired(world, "L-OWN", "L-OWN-2");
  assert.equal(await world.code("settle return-oxide", back("L-OWN-2"), PROCESSOR), "owner_differs");
});

test("S75: the supplier's own oxide, refired at the works before it is returned, pays it", async () => {
  const world = await worldBefore("settle return-oxide");
  await refired(world, "L-OXIDE-2", "L-2");
  assert.equal(await world.code("settle return-oxide", back("L-2"), PROCESSOR), "done");
});
