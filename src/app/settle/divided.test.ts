import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  assayed,
  by,
  PROCESSOR,
  STRANGER,
  SUPPLIER,
  settling,
  statementOf,
  umpireAccepted,
} from "../../../test/support/settling.ts";

const report = theUseCase("assay report").example as { mg_per_kg: object };
const draw = theUseCase("assay sample").example as { portions: readonly object[] };
const LABS = { supplier: "sample-lab-a", processor: "sample-lab-b" } as const;
const nd = async (world: World) => Number((await accountOf(world))["Nd2O3"]?.balance_kg);

async function hall(world: World): Promise<void> {
  const site = theUseCase("programme register-site").example as object;
  await world.do("programme register-site", { ...site, site: "hall", party: "sample-refiner", name: "hall" });
}

/** All of a lot, or some kilograms, become another at the works; `lost` kilograms of it are dust. */
const made = (world: World, from: string, given: { lot: string; kg: number; of?: number; lost?: number }) =>
  world.do("prepare step", {
    ...{ step: `S-${given.lot}`, kind: "split", site: "noblesville" },
    inputs: [{ lot: from, ...(given.of ? { mass: `${given.of} kg` } : {}) }],
    outputs: [{ lot: given.lot, kind: "magnets", mass: `${given.kg} kg`, sd: "10 g" }],
    losses: given.lost ? [{ place: "dust", mass: `${given.lost} kg`, sd: "10 g" }] : [],
  });

async function carried(
  world: World,
  shipment: string,
  lot: string,
  ...[[kg, from, to], at]: [[number, string, string], string?]
) {
  const lots = [{ lot, mass: `${kg} kg`, sd: "1 kg" }];
  const when = at === undefined ? {} : { at };
  await world.do("ship send", { shipment, from, to, carrier: "sample-carrier", lots, ...when });
  await world.do("ship receive", { shipment, lots, ...when });
}

/** L-MAGNETS goes back to the supplier's, is divided there, and both parts come again. */
async function backAndDivided(world: World): Promise<void> {
  const drawn = Date.parse((await world.record("sample", "Y-1")).at);
  const after = (minutes: number) => new Date(drawn + minutes * 60_000).toISOString();
  await carried(world, "B-2", "L-MAGNETS", [1249, "noblesville", "plainfield"], after(1));
  await world.do("prepare step", {
    ...{ step: "S-P", kind: "split", site: "plainfield", at: after(2) },
    inputs: [{ lot: "L-MAGNETS", mass: "600 kg" }],
    outputs: [{ lot: "L-PART", kind: "magnets", mass: "600 kg", sd: "10 g" }],
  });
  await carried(world, "B-3", "L-MAGNETS", [650, "plainfield", "noblesville"], after(3));
  await carried(world, "B-4", "L-PART", [600, "plainfield", "noblesville"], after(3));
}

async function exchanged(world: World, sample: string, lot: string, nd_mg_per_kg = 224_600) {
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `${sample}-${i}` }));
  await world.do("assay sample", { ...draw, sample, lot, portions });
  const mg_per_kg = { ...report.mg_per_kg, Nd: { best: nd_mg_per_kg, sd: 900 } };
  for (const [side, laboratory] of Object.entries(LABS))
    await world.do(
      "assay report",
      { ...report, sample, side, laboratory, mg_per_kg },
      by(`chemist@${laboratory}`),
    );
}

const netWet = (answer: Record<string, unknown>): string | undefined =>
  (answer["statement"] as { lines: { id: string; value: string }[] }).lines.find(({ id }) => id === "net_wet")
    ?.value;

test("S58: a lot made of one with results of both is not settled in its place, on whatever receipt and sample", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  await hall(world);
  await made(world, "L-MAGNETS", { lot: "L-NEW", kg: 1250 });
  await carried(world, "B-H", "L-NEW", [1000, "noblesville", "hall"]);
  await exchanged(world, "Y-2", "L-NEW", 112_000);
  for (const shipment of ["B-H", "B-1"])
    for (const who of [PROCESSOR, SUPPLIER])
      assert.equal(
        await world.code("settle lot", settling({ sample: "Y-2", shipment }), who),
        "one_party_alone",
      );
  const said = await world.do("settle lot", settling(), SUPPLIER);
  assert.deepEqual([statementOf(said).status, netWet(said)], ["final", "1250.1"]);
});

test("S58: nor one step further down, and by no trip through a friend's yard", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  await world.do("programme register-party", { party: "friend", name: "Friend", kind: "refiner" });
  const site = theUseCase("programme register-site").example as object;
  await world.do("programme register-site", { ...site, site: "yard", party: "friend", name: "yard" });
  await made(world, "L-MAGNETS", { lot: "L-NEW", kg: 1250 });
  await made(world, "L-NEW", { lot: "L-2", kg: 1250 });
  await carried(world, "B-F", "L-2", [1000, "noblesville", "yard"]);
  await carried(world, "B-G", "L-2", [1000, "yard", "noblesville"]);
  await exchanged(world, "Y-2", "L-2");
  const asked = settling({ sample: "Y-2", shipment: "B-G" });
  assert.equal(await world.code("settle lot", asked, PROCESSOR), "one_party_alone");
  assert.equal(await world.code("settle lot", settling(), SUPPLIER), "done");
});

test("S58: repacked before it was sampled, a lot is settled on the receipt that brought it, dust and all", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await hall(world);
  await made(world, "L-MAGNETS", { lot: "L-NEW", kg: 1240, lost: 10 });
  await carried(world, "B-H", "L-NEW", [1000, "noblesville", "hall"]);
  await exchanged(world, "Y-2", "L-NEW");
  const on = (shipment: string) => settling({ sample: "Y-2", shipment });
  assert.equal(await world.code("settle lot", on("B-H"), PROCESSOR), "one_party_alone");
  const said = await world.do("settle lot", on("B-1"), PROCESSOR);
  assert.deepEqual([statementOf(said).status, netWet(said)], ["final", "1250.1"]);
  const fixed = { shipment: "B-1", side: "receiver", lot: "L-MAGNETS", why: "weighed better" };
  await world.do("ship correct-weight", { ...fixed, mass: "1300 kg", scale: "noblesville-floor" }, PROCESSOR);
  const again = { ...on("B-1"), why: "heavier" };
  assert.equal(await world.code("settle lot", again, PROCESSOR), "one_party_alone", "no money yet");
});

test("S58: the parts of a lot are settled by their parts of its weight, and together they are all of it", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await made(world, "L-MAGNETS", { lot: "L-A", kg: 500, of: 500 });
  await exchanged(world, "Y-A", "L-A");
  const a = await world.do("settle lot", settling({ sample: "Y-A" }), SUPPLIER);
  await exchanged(world, "Y-M", "L-MAGNETS");
  assert.equal(await world.code("settle lot", settling({ sample: "Y-M" })), "already_settled");
  // What is left is divided off, as the refusal says.
  const left = (await world.record("lot", "L-MAGNETS")).mass_mg.best / 1e6;
  await made(world, "L-MAGNETS", { lot: "L-B", kg: left });
  await exchanged(world, "Y-B", "L-B");
  const b = await world.do("settle lot", settling({ sample: "Y-B" }), PROCESSOR);
  assert.ok(Math.abs(Number(netWet(a)) + Number(netWet(b)) - 1250.1) < 2e-6, `${netWet(a)} and ${netWet(b)}`);
  assert.ok(Math.abs(Number(netWet(a)) / 1250.1 - 500 / (500 + left)) < 1e-8);
});

test("S58: what was mixed of deliveries that nobody sampled is settled by none of them", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await hall(world);
  await world.do("prepare step", {
    ...{ step: "S-MIX", kind: "blend", site: "noblesville", inputs: [{ lot: "L-MAGNETS" }] },
    additions: [{ name: "sand", mass: "1 kg", sd: "10 g" }],
    outputs: [{ lot: "L-MIX", kind: "magnets", mass: "1251 kg", sd: "1 kg" }],
  });
  await carried(world, "B-H", "L-MIX", [1000, "noblesville", "hall"]);
  await exchanged(world, "Y-2", "L-MIX");
  const asked = settling({ sample: "Y-2", shipment: "B-H" });
  assert.equal(await world.code("settle lot", asked, PROCESSOR), "one_party_alone");
});

test("S58: a step that made a lot of which results were exchanged is not reversed, and the lot is settled on them", async () => {
  const world = await worldBefore("assay sample");
  await agreed(world);
  await made(world, "L-MAGNETS", { lot: "L-NEW", kg: 1250 });
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `8-${i}` }));
  await world.do("assay sample", { ...draw, sample: "Y-8", lot: "L-NEW", portions });
  await world.do("assay report", { ...report, sample: "Y-8" }, by("chemist@sample-lab-a"));
  const other = { ...report, sample: "Y-8", side: "processor", laboratory: "sample-lab-b" };
  await world.do("assay report", other, by("chemist@sample-lab-b"));
  const back = { step: "S-L-NEW", why: "wrong drum" };
  assert.equal(
    await world.code("prepare reverse", back, by("operator@sample-refiner")),
    "output_already_used",
  );
  assert.equal(await world.code("settle lot", settling({ sample: "Y-8" }), SUPPLIER), "done");
});

test("S49: what went back to the supplier's and was divided there comes anew, each part on its own receipt and sample", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  await backAndDivided(world);
  await exchanged(world, "Y-2", "L-PART");
  await exchanged(world, "Y-3", "L-MAGNETS");
  await world.do("settle lot", settling({ sample: "Y-2", shipment: "B-4" }), PROCESSOR);
  for (const old of [{ sample: "Y-1" }, { shipment: "B-3" }, { sample: "Y-3", shipment: "B-1" }])
    assert.notEqual(await world.code("settle lot", settling(old), SUPPLIER), "done", JSON.stringify(old));
  const rest = await world.do("settle lot", settling({ sample: "Y-3", shipment: "B-3" }), SUPPLIER);
  assert.equal(netWet(rest), "650");
});

test("S48: a lot is not moved back to a receipt at which it was more, once that part of it is settled", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  await backAndDivided(world);
  await exchanged(world, "Y-2", "L-PART");
  await exchanged(world, "Y-3", "L-MAGNETS");
  await world.do("settle lot", settling({ sample: "Y-3", shipment: "B-3" }));
  await world.do("settle lot", settling({ sample: "Y-2", shipment: "B-4" }));
  const both = await nd(world);
  const back = { lot: "L-MAGNETS", agreement: "A-2026-01", shipment: "B-1", sample: "Y-1", why: "back" };
  for (const who of [PROCESSOR, SUPPLIER])
    assert.equal(await world.code("settle move-lot", back, who), "already_settled");
  assert.equal(await nd(world), both);
});

test("Y26: an umpire that nobody named reports once both firms accepted it, and never by one firm's word", async () => {
  const world = await assayed(200_000);
  await agreed(world);
  await world.do("settle lot", settling(), PROCESSOR);
  await world.do(
    "programme register-party",
    { party: "lab-f", name: "Friend", kind: "laboratory" },
    PROCESSOR,
  );
  const umpire = { ...report, side: "umpire", laboratory: "lab-f" };
  const says = () => world.code("assay report", umpire, by("chemist@lab-f"));
  assert.equal(await says(), "laboratory_not_named");
  const accepts = { sample: "Y-1", side: "umpire", laboratory: "lab-f" };
  assert.equal(await world.code("assay consent", accepts, STRANGER), "party_differs");
  assert.equal(
    await world.code("assay consent", { ...accepts, laboratory: "sample-carrier" }, SUPPLIER),
    "not_a_laboratory",
  );
  await world.do("assay consent", accepts, PROCESSOR);
  assert.equal(await world.code("assay consent", accepts, PROCESSOR), "already_consented");
  assert.equal(await says(), "laboratory_not_named");
  await umpireAccepted(world);
  assert.equal(await says(), "laboratory_not_named", "both accepted another since");
  const mine = { ...umpire, laboratory: "lab-u", mg_per_kg: { ...report.mg_per_kg, Nd: { best: 1, sd: 1 } } };
  await world.do("assay report", { ...mine, mg_per_kg: report.mg_per_kg }, by("chemist@lab-u"));
  assert.equal(await world.code("assay consent", accepts, SUPPLIER), "already_reported");
  assert.equal(
    statementOf(await world.do("settle lot", settling({ why: "the umpire" }), SUPPLIER)).status,
    "final",
  );
});
