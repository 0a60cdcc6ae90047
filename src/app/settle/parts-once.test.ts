import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { agreed, assayed, by, PROCESSOR, SUPPLIER, settling } from "../../../test/support/settling.ts";

const report = theUseCase("assay report").example as { mg_per_kg: Record<string, object> };
const draw = theUseCase("assay sample").example as { portions: readonly object[] };
const LABS = { supplier: "sample-lab-a", processor: "sample-lab-b" } as const;
const FLOOR = "noblesville-floor";

async function sampled(world: World, sample: string, lot: string): Promise<void> {
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `${sample}-${i}` }));
  await world.do("assay sample", { ...draw, sample, lot, portions });
}

const reported = (world: World, sample: string, side: keyof typeof LABS) =>
  world.do("assay report", { ...report, sample, side, laboratory: LABS[side] }, by(`chemist@${LABS[side]}`));

async function exchanged(world: World, sample: string, lot: string): Promise<void> {
  await sampled(world, sample, lot);
  for (const side of ["supplier", "processor"] as const) await reported(world, sample, side);
}

async function carried(world: World, shipment: string, lot: string, kg: number, from: string, to: string) {
  const lots = [{ lot, mass: `${kg} kg`, sd: "1 kg" }];
  await world.do("ship send", { shipment, from, to, carrier: "sample-carrier", lots });
  await world.do("ship receive", { shipment, lots });
}

/** All of a lot, or some kilograms, become another. */
const made = (
  world: World,
  from: string,
  { lot, kg, of, site = "noblesville" }: { lot: string; kg: number; of?: number; site?: string },
) =>
  world.do("prepare step", {
    ...{ step: `S-${lot}`, kind: "split", site },
    inputs: [{ lot: from, ...(of ? { mass: `${of} kg` } : {}) }],
    outputs: [{ lot, kind: "magnets", mass: `${kg} kg`, sd: "10 g" }],
  });

const counted = (world: World, found: object) =>
  world.do("ledger stocktake", {
    ...{ site: "noblesville", why: "looked for", counts: [{ lot: "L-MAGNETS", ...found }] },
  });

const kgOf = async (world: World, lot: string) => (await world.record("lot", lot)).mass_mg.best / 1e6;
const netWet = (answer: Record<string, unknown>): string | undefined =>
  (answer["statement"] as { lines: { id: string; value: string }[] }).lines.find(({ id }) => id === "net_wet")
    ?.value;

test("S70: a lot whose step was taken back is not settled beside what it was made of", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await made(world, "L-MAGNETS", { lot: "L-NEW", kg: 1250 });
  await sampled(world, "Y-8", "L-NEW");
  await reported(world, "Y-8", "supplier");
  await world.do("prepare reverse", { step: "S-L-NEW", why: "wrong drum" }, PROCESSOR);
  await reported(world, "Y-8", "processor");
  for (const who of [SUPPLIER, PROCESSOR])
    assert.equal(await world.code("settle lot", settling({ sample: "Y-8" }), who), "lot_not_held");
  await exchanged(world, "Y-9", "L-MAGNETS");
  assert.equal(await world.code("settle lot", settling({ sample: "Y-9" }), SUPPLIER), "done");
});

test("S71: parts of a receipt settle no more than it weighed, whatever was missing in between; the books hold what was weighed of each", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await made(world, "L-MAGNETS", { lot: "L-A", kg: 100, of: 100 });
  await exchanged(world, "Y-A", "L-A");
  await counted(world, { missing: true });
  const a = await world.do("settle lot", settling({ sample: "Y-A" }), SUPPLIER);
  assert.equal(netWet(a), "1250.1", "what was lost on the way was weighed too");
  assert.equal(await kgOf(world, "L-A"), 100);
  const claims = (await world.record("feed", "L-A")).measured_mg["Nd"]?.best ?? 0;
  assert.ok(claims < 23_000_000, `${claims} mg of neodymium in 100 kg`);
  await counted(world, { mass: "1150 kg", scale: FLOOR });
  await made(world, "L-MAGNETS", { lot: "L-B", kg: await kgOf(world, "L-MAGNETS") });
  await exchanged(world, "Y-B", "L-B");
  assert.equal(await world.code("settle lot", settling({ sample: "Y-B" }), SUPPLIER), "already_settled");
});

test("S71: what was left of a part that was settled too large is settled, and no more", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await made(world, "L-MAGNETS", { lot: "L-A", kg: 100, of: 100 });
  await exchanged(world, "Y-A", "L-A");
  await counted(world, { mass: "300 kg", scale: FLOOR });
  const a = await world.do("settle lot", settling({ sample: "Y-A" }), SUPPLIER);
  await counted(world, { mass: "1150 kg", scale: FLOOR });
  await made(world, "L-MAGNETS", { lot: "L-B", kg: await kgOf(world, "L-MAGNETS") });
  await exchanged(world, "Y-B", "L-B");
  const b = await world.do("settle lot", settling({ sample: "Y-B" }), SUPPLIER);
  const both = Number(netWet(a)) + Number(netWet(b));
  assert.ok(Math.abs(both - 1250.1) < 2e-6, `${netWet(a)} and ${netWet(b)}`);
});

test("S71: what was divided off at the supplier's before it was shipped is no part of what was received", async () => {
  const world = await worldBefore("ship send");
  await agreed(world);
  await made(world, "L-MAGNETS", { lot: "L-STAYS", kg: 650, of: 650, site: "plainfield" });
  const kg = await kgOf(world, "L-MAGNETS");
  await carried(world, "B-1", "L-MAGNETS", kg, "plainfield", "noblesville");
  await made(world, "L-MAGNETS", { lot: "L-NEW", kg });
  await exchanged(world, "Y-N", "L-NEW");
  const said = await world.do("settle lot", settling({ sample: "Y-N" }), PROCESSOR);
  assert.equal(Number(netWet(said)), kg);
});

test("S71: what was dried or burnt off before the sample is no part of a weight that is settled at the dry grade", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await world.do("prepare step", {
    ...{ step: "S-DRY", kind: "split", site: "noblesville", inputs: [{ lot: "L-MAGNETS" }] },
    outputs: [{ lot: "L-DRY", kind: "magnets", mass: "625 kg", sd: "10 g" }],
    losses: [{ place: "water", mass: "625 kg", sd: "10 g", content: { by: "none" } }],
  });
  await exchanged(world, "Y-D", "L-DRY");
  assert.equal(await world.code("settle lot", settling({ sample: "Y-D" }), SUPPLIER), "not_received");
});

test("S73: what a count found since the receipt stays found, through trips between the processor's own sites", async () => {
  for (const found of [{ mass: "900 kg", scale: FLOOR }, { missing: true }]) {
    const world = await assayed(225_400);
    await agreed(world);
    const site = theUseCase("programme register-site").example as object;
    await world.do("programme register-site", {
      ...site,
      site: "hall",
      party: "sample-refiner",
      name: "hall",
    });
    await counted(world, found);
    await carried(world, "B-H", "L-MAGNETS", 1250, "noblesville", "hall");
    await world.do("settle lot", settling(), PROCESSOR);
    assert.equal(await kgOf(world, "L-MAGNETS"), "missing" in found ? 0 : 900);
  }
});

/** A sample of the supplier's yard, on which laboratories of its choice report for both sides. */
async function yard(world: World): Promise<void> {
  await agreed(world);
  await world.do("programme register-party", { party: "lab-f", name: "Friend", kind: "laboratory" });
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `Y-0-${i}` }));
  await world.do("assay sample", { ...draw, sample: "Y-0", portions }, SUPPLIER);
  await reported(world, "Y-0", "supplier");
  const other = { ...report, sample: "Y-0", side: "processor", laboratory: "lab-f" };
  await world.do("assay report", other, by("chemist@lab-f"));
  await carried(world, "B-1", "L-MAGNETS", 1250, "plainfield", "noblesville");
}

test("S74: a sample that the processor had no part in settles nothing by the supplier's word, and keeps no other from settling", async () => {
  const world = await worldBefore("ship send");
  await yard(world);
  assert.equal(await world.code("settle lot", settling({ sample: "Y-0" }), SUPPLIER), "one_party_alone");
  await exchanged(world, "Y-1", "L-MAGNETS");
  assert.equal(await world.code("settle lot", settling({ sample: "Y-0" }), SUPPLIER), "one_party_alone");
  assert.equal(await world.code("settle lot", settling(), SUPPLIER), "done");
  const own = await worldBefore("ship send");
  await yard(own);
  assert.equal(await own.code("settle lot", settling({ sample: "Y-0" }), PROCESSOR), "done", "its own word");
});

test("S77: who sold a lot before it was settled does not settle it", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  const pass = (to: string, who = SUPPLIER) =>
    world.do("settle pass-title", { lot: "L-MAGNETS", to, why: "sold" }, who);
  await pass("sample-buyer-a");
  for (const who of [SUPPLIER, PROCESSOR])
    assert.equal(await world.code("settle lot", settling(), who), "agreement_of_others");
  await pass("sample-recycler", by("x@sample-buyer-a"));
  assert.equal(await world.code("settle lot", settling(), SUPPLIER), "done");
});
