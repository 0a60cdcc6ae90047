import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { agreed, by, PROCESSOR, SUPPLIER, settling, statementOf } from "../../../test/support/settling.ts";

const report = theUseCase("assay report").example as { mg_per_kg: object };
const KG = 1_000_000;

/** L-MAGNETS, sent as 1250 kg, arrives with this weight of the receiver's, and is assayed under terms that both accepted. */
async function received(weight: object, change: object = {}, sent?: string, first: object = {}) {
  const world = await worldBefore(sent === undefined ? "ship receive" : "ship send");
  if (sent !== undefined) {
    const { lots, ...ship } = theUseCase("ship send").example as { lots: readonly object[] };
    await world.do("ship send", { ...ship, lots: lots.map((lot) => ({ ...lot, mass: sent })) });
  }
  const { findings } = await world.do("ship receive", {
    shipment: "B-1",
    // A doubt of the receiver's own is stated of a scale that nobody registered (prepare R3).
    lots: [{ lot: "L-MAGNETS", ...("sd" in weight ? {} : { scale: "noblesville-floor" }), ...weight }],
  });
  await world.example("assay sample");
  await world.do("assay report", { ...report, ...first }, by("chemist@sample-lab-a"));
  const other = { ...report, side: "processor", laboratory: "sample-lab-b", ...change };
  await world.do("assay report", other, by("chemist@sample-lab-b"));
  await agreed(world);
  return { world, findings: findings as string[] };
}

const ndIn = async (world: World) => ({
  feed: (await world.record("feed", "L-MAGNETS")).measured_mg["Nd"]?.best ?? 0,
  lot: (await world.record("lot", "L-MAGNETS")).elements_mg["Nd"]?.best ?? 0,
  raised: (await world.record("lot", "L-MAGNETS")).raised,
});

test("S53: what the receiver alone weighs above what was sent is money by the terms, raises no ceiling of claims, and is named", async () => {
  for (const weight of [{ mass: "2500 kg" }, { mass: "2500 kg", sd: "500 kg" }]) {
    const { world } = await received(weight);
    const answer = await world.do("settle lot", settling(), PROCESSOR);
    assert.equal(statementOf(answer).status, "final");
    const above = answer["received_above_sent"] as { sent_kg: string; received_kg: string };
    assert.deepEqual([above.sent_kg, above.received_kg], ["1250", "2500"]);
    const [issued] = (await world.record("statement", "L-MAGNETS")).issued;
    assert.deepEqual(issued?.received_above_sent, above);
    const { feed, lot, raised } = await ndIn(world);
    assert.ok(Math.abs(lot - 2 * feed) <= 2, `${lot} is twice ${feed}`);
    assert.ok(raised?.includes("mass") && raised.includes("Nd"));
  }
});

test("S53: once both settle it on a weight that agrees with what was sent, nothing of it is marked", async () => {
  const { world } = await received({ mass: "1520 kg" });
  await world.do("settle lot", settling(), PROCESSOR);
  const put_right = {
    shipment: "B-1",
    side: "receiver",
    lot: "L-MAGNETS",
    mass: "1250.1 kg",
    why: "a digit",
  };
  await world.do("ship correct-weight", { ...put_right, scale: "noblesville-floor" }, PROCESSOR);
  const move = { lot: "L-MAGNETS", agreement: "A-2026-01", weights: "corrected", why: "a digit" };
  await world.do("settle move-lot", move, PROCESSOR);
  const both = await world.do("settle move-lot", move, SUPPLIER);
  assert.equal(both["received_above_sent"], undefined);
  const { feed, lot, raised } = await ndIn(world);
  assert.deepEqual([feed, raised], [lot, undefined]);
});

const WET = { moisture_pct: { best: 3.4, sd: 0.05 } };

test("S80: what stood in the rain is heavier and holds no more: both weights are named, nothing is marked, and all of it can be claimed", async () => {
  const { world } = await received({ mass: "1290 kg" }, WET, undefined, WET);
  const answer = await world.do("settle lot", settling(), PROCESSOR);
  assert.equal((answer["received_above_sent"] as { received_kg: string }).received_kg, "1290");
  const { feed, lot, raised } = await ndIn(world);
  assert.deepEqual([feed, raised], [lot, undefined]);
});

test("S80: what is heavier than was sent when it is dry, too, stays marked, and so does what one laboratory alone calls wet", async () => {
  for (const [mass, first] of [
    ["1300 kg", WET],
    ["1290 kg", {}],
  ] as const) {
    const { world } = await received({ mass }, WET, undefined, first);
    await world.do("settle lot", settling(), PROCESSOR);
    assert.ok((await ndIn(world)).raised?.includes("Nd"), mass);
  }
});

test("H3: a doubt as wide as the weight hides no difference: half a percent of it counts, or what the scale errs by", async () => {
  const { findings, world } = await received({ mass: "1300 kg", sd: "100 kg" });
  assert.equal(findings.length, 2, "the weight, and a seal");
  const shipment = await world.record("shipment", "B-1");
  assert.equal(shipment.received?.lots[0]?.doubt_at_most_mg, 6.5 * KG);
  const honest = await received({ mass: "1251 kg", sd: "2 kg" });
  assert.equal(honest.findings.length, 1);
  assert.equal((await honest.world.record("shipment", "B-1")).received?.lots[0]?.doubt_at_most_mg, undefined);
});

test("S54: a statement names what is settled and too doubtful to be claimed", async () => {
  const mg_per_kg = { ...report.mg_per_kg, Nd: { best: 225_400, sd: 200_000 } };
  const { world } = await received({ mass: "1250 kg" }, { mg_per_kg });
  const answer = await world.do("settle lot", settling());
  const named = answer["no_claim"] as { element: string }[];
  assert.deepEqual(
    named.map(({ element }) => element),
    ["Nd", "Tb"],
  );
  const [issued] = (await world.record("statement", "L-MAGNETS")).issued;
  assert.deepEqual(issued?.no_claim, named);
});

test("H3: a sender states no doubt so wide that anything could arrive, at once or by a correction", async () => {
  const world = await worldBefore("ship send");
  const ship = { shipment: "B-1", from: "plainfield", to: "noblesville", carrier: "sample-carrier" };
  const sent = (weight: object) => ({ ...ship, lots: [{ lot: "L-MAGNETS", ...weight }] });
  assert.equal(await world.code("ship send", sent({ mass: "1250 kg", sd: "500 kg" })), "doubt_too_wide");
  assert.equal(await world.code("ship send", sent({ mass: "1250 kg", sd: "126 kg" })), "doubt_too_wide");
  const away = { ...sent({ mass: "1250 kg", sd: "500 kg" }), from: "noblesville", to: "plainfield" };
  assert.equal(await world.code("ship send", away), "lot_not_here", "what the ledger says comes first");
  await world.do("ship send", sent({ mass: "1250 kg", sd: "124 kg" }));
  assert.equal((await world.record("shipment", "B-1")).lots[0]?.doubt_at_most_mg, 6.25 * KG);
  const { differences } = await world.do("ship receive", {
    shipment: "B-1",
    lots: [{ lot: "L-MAGNETS", mass: "1300 kg", sd: "1 kg" }],
  });
  const [difference] = differences as { within: boolean }[];
  assert.equal(difference?.within, false, "half a percent of it counts");
  const put_right = { shipment: "B-1", side: "sender", lot: "L-MAGNETS", why: "wind", mass: "1250 kg" };
  assert.equal(
    await world.code("ship correct-weight", { ...put_right, sd: "500 kg" }, SUPPLIER),
    "doubt_too_wide",
  );
  assert.equal(await world.code("ship correct-weight", { ...put_right, sd: "5 kg" }, SUPPLIER), "done");
});

test("S53: two weights that agree on twice what the books held are named, and bring no metal that nobody had", async () => {
  const booked = (await (await worldBefore("ship send")).record("lot", "L-MAGNETS")).mass_mg.best;
  const { world, findings } = await received({ mass: "2500 kg" }, {}, "2500 kg");
  assert.ok(
    findings.some((finding) => finding.includes(`the books held ${booked} mg`)),
    findings.join("; "),
  );
  const answer = await world.do("settle lot", settling(), PROCESSOR);
  const above = answer["received_above_sent"] as { sent_kg: string; by: string };
  assert.deepEqual([Number(above.sent_kg) * KG, above.by], [booked, "books"]);
  const { feed, lot, raised } = await ndIn(world);
  assert.ok(lot > 1.99 * feed, `${lot} is twice ${feed}`);
  assert.ok(raised?.includes("mass") && raised.includes("Nd"));
});
