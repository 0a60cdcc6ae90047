import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  assayed,
  by,
  PROCESSOR,
  SUPPLIER,
  settling,
  statementOf,
  terms,
  umpired,
} from "../../../test/support/settling.ts";

interface Report {
  readonly mg_per_kg: Readonly<Record<string, object>>;
}
const report = theUseCase("assay report").example as Report;
const draw = theUseCase("assay sample").example as { portions: readonly { side: string }[] };
const [LAB_A, LAB_B] = [by("chemist@sample-lab-a"), by("chemist@sample-lab-b")];
const { assay_rule } = terms() as { assay_rule: object };
const move = (change: object = {}) => ({ lot: "L-MAGNETS", agreement: "A-2026-01", ...change });

async function settled(nd_mg_per_kg = 225_400): Promise<World> {
  const world = await assayed(nd_mg_per_kg);
  await agreed(world);
  await world.do("settle lot", settling());
  return world;
}

const split = (world: World, inputs: object, lot: string, kg: number) =>
  world.do("prepare step", {
    ...{ step: `S-${lot}`, kind: "split", site: "noblesville", inputs: [inputs] },
    outputs: [{ lot, kind: "magnets", mass: `${kg} kg`, sd: "10 g" }],
  });

/** A lot of the works goes out, to a hall of the processor's own or to the supplier's yard. */
async function carried(world: World, shipment: string, given: { lot: string; kg: number; to: string[] }) {
  const { lot, kg, to } = given;
  const lots = [{ lot, mass: `${kg} kg`, sd: "1 kg" }];
  for (const [i, site] of to.entries()) {
    const from = to[i - 1] ?? "noblesville";
    await world.do("ship send", {
      shipment: `${shipment}${i}`,
      from,
      to: site,
      carrier: "sample-carrier",
      lots,
    });
    await world.do("ship receive", { shipment: `${shipment}${i}`, lots });
  }
}

async function secondHall(world: World): Promise<void> {
  const site = theUseCase("programme register-site").example as object;
  await world.do("programme register-site", { ...site, site: "hall", party: "sample-refiner", name: "hall" });
}

async function reported(world: World, sample: string, lot: string): Promise<void> {
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `${sample}-${i}` }));
  await world.do("assay sample", { ...draw, sample, lot, portions });
  await world.do("assay report", { ...report, sample }, LAB_A);
  await world.do("assay report", { ...report, sample, side: "processor", laboratory: "sample-lab-b" }, LAB_B);
}

test("S48: a part of a settled lot is not settled again, nor a lot whose part is; what is settled is settled anew as ever", async () => {
  const world = await settled();
  await secondHall(world);
  await split(world, { lot: "L-MAGNETS", mass: "600 kg" }, "L-PART", 600);
  await carried(world, "B-P", { lot: "L-PART", kg: 600, to: ["hall"] });
  await reported(world, "Y-2", "L-PART");
  const before = (await accountOf(world))["Nd2O3"]?.balance_kg;
  for (const who of [SUPPLIER, PROCESSOR])
    assert.equal(
      await world.code("settle lot", settling({ sample: "Y-2", shipment: "B-P0" }), who),
      "already_settled",
    );
  assert.equal((await accountOf(world))["Nd2O3"]?.balance_kg, before);
  assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
});

test("S48: nor the mother after its part, whose step then stands", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  await secondHall(world);
  await split(world, { lot: "L-MAGNETS", mass: "600 kg" }, "L-PART", 600);
  await carried(world, "B-P", { lot: "L-PART", kg: 600, to: ["plainfield", "noblesville"] });
  await reported(world, "Y-2", "L-PART");
  await world.do("settle lot", settling({ sample: "Y-2", shipment: "B-P1" }));
  assert.equal(await world.code("settle lot", settling()), "already_settled");
  assert.equal(
    await world.code("prepare reverse", { step: "S-L-PART", why: "wrong" }),
    "output_already_used",
  );
});

test("S49: a shipment between the processor's own halls, or a later one, is no first receipt; both firms may take it", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  await secondHall(world);
  await carried(world, "B-H", { lot: "L-MAGNETS", kg: 1150, to: ["hall", "noblesville"] });
  for (const who of [SUPPLIER, PROCESSOR])
    assert.equal(await world.code("settle lot", settling({ shipment: "B-H0" }), who), "one_party_alone");
  await world.do("settle lot", settling(), PROCESSOR);
  const asked = move({ shipment: "B-H0" });
  await world.do("settle move-lot", { ...asked, why: "the first scale was broken" }, PROCESSOR);
  const both = statementOf(await world.do("settle move-lot", asked, SUPPLIER));
  const [last] = (await world.record("statement", "L-MAGNETS")).issued.slice(-1);
  assert.equal(last?.statement.digest, both.digest);
  assert.equal(last?.shipment, "B-H0");
  assert.equal(last?.statement.lines.find(({ id }) => id === "net_wet")?.value, "1150");
  assert.equal(await world.code("settle lot", settling({ why: "back" }), PROCESSOR), "one_party_alone");
});

/** The supplier's laboratory brings all of its results near the other's, while the umpire is awaited. */
const nearer = {
  ...{ ...report, corrects: "a dilution" },
  mg_per_kg: { ...report.mg_per_kg, Nd: { best: 235_500, sd: 900 }, Pr: { best: 31_400, sd: 150 } },
};

test("S50: what a side corrects alone while the umpire is awaited is named beside the statement and no money, until both say so", async () => {
  const world = await settled(236_000);
  await world.do("assay report", nearer, SUPPLIER);
  assert.equal(await world.code("settle lot", settling({ why: "corrected" }), SUPPLIER), "one_party_alone");
  await umpired(world, 230_000);
  const answer = await world.do("settle lot", settling({ why: "the umpire reported" }), SUPPLIER);
  const said = (answer["statement"] as { elements: { element: string; status: string; final_pct: string }[] })
    .elements;
  assert.equal(said.find(({ element }) => element === "Nd")?.status, "umpire_applied");
  assert.equal(said.find(({ element }) => element === "Pr")?.final_pct, "2.99", "as exchanged");
  const [named] = answer["corrected_since"] as { side: string; changed: string[] }[];
  assert.deepEqual([named?.side, named?.changed], ["supplier", ["Nd", "Pr"]]);
  const asked = move({ results: "corrected" });
  await world.do("settle move-lot", { ...asked, why: "it was a dilution" }, SUPPLIER);
  const both = await world.do("settle move-lot", asked, PROCESSOR);
  const after = (both["statement"] as { elements: { element: string; status: string; final_pct: string }[] })
    .elements;
  assert.equal(after.find(({ element }) => element === "Nd")?.status, "split");
  assert.equal(after.find(({ element }) => element === "Pr")?.final_pct, "3.065");
  assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
});

test("S50 Y23: what the other firm consented to counts, as far as it did", async () => {
  const world = await settled();
  const consent = { sample: "Y-1", side: "supplier", for: ["Pr"] };
  await world.do("assay consent", consent, PROCESSOR);
  assert.equal(await world.code("assay report", nearer, SUPPLIER), "exchange_over");
  const mg_per_kg = { ...report.mg_per_kg, Pr: { best: 30_100, sd: 150 } };
  await world.do("assay report", { ...report, mg_per_kg, corrects: "a dilution" }, SUPPLIER);
  const next = await world.do("settle lot", settling({ why: "corrected, as agreed" }));
  assert.equal(statementOf(next).status, "final");
  assert.equal(next["corrected_since"], undefined);
});

test("S51 Y22: where the terms name laboratories, another reports for no side", async () => {
  const world = await worldBefore("assay report");
  for (const party of ["lab-u", "friend"])
    await world.do("programme register-party", { party, name: party, kind: "laboratory" });
  const laboratories = { supplier: ["sample-lab-a"], processor: ["sample-lab-b"], umpire: ["lab-u"] };
  const nobody = { assay_rule: { ...assay_rule, laboratories: { umpire: ["no-lab"] } } };
  const asked = { agreement: terms(nobody) };
  assert.equal(await world.code("settle agree", asked, SUPPLIER), "party_unknown");
  await agreed(world, { assay_rule: { ...assay_rule, laboratories } });
  const friend = by("chemist@friend");
  const processors = { ...report, side: "processor", laboratory: "friend" };
  await world.do("assay report", report, LAB_A);
  assert.equal(await world.code("assay report", processors, friend), "laboratory_not_named");
  const mg_per_kg = { ...report.mg_per_kg, Nd: { best: 236_000, sd: 900 } };
  await world.do("assay report", { ...processors, mg_per_kg, laboratory: "sample-lab-b" }, LAB_B);
  await world.do("settle lot", settling());
  const umpire = { ...report, side: "umpire", laboratory: "friend" };
  assert.equal(await world.code("assay report", umpire, friend), "laboratory_not_named");
  await umpired(world, 230_000);
  assert.equal(statementOf(await world.do("settle lot", settling({ why: "umpire" }))).status, "final");
});

test("S51: terms that name other laboratories than reported settle on no such results", async () => {
  const world = await assayed(225_400);
  await agreed(world, { assay_rule: { ...assay_rule, laboratories: { supplier: ["lab-u"] } } });
  assert.equal(await world.code("settle lot", settling()), "laboratory_not_named");
});

test("S38: another agreement of the two does not let one laboratory stand on two sides", async () => {
  const world = await settled(236_000);
  await agreed(world, { id: "A-9", assay_rule: { ...assay_rule, final_assay: "supplier" } });
  const umpire = { ...report, side: "umpire", laboratory: "sample-lab-a" };
  assert.equal(await world.code("assay report", umpire, LAB_A), "laboratory_not_independent");
});

async function moist(best: number, change: object = {}, sd = 0.02): Promise<World> {
  const world = await worldBefore("assay report");
  await world.do("programme register-party", { party: "lab-u", name: "Umpire", kind: "laboratory" });
  await agreed(world, change);
  await world.do("assay report", report, LAB_A);
  const other = {
    ...report,
    side: "processor",
    laboratory: "sample-lab-b",
    moisture_pct: { best, sd },
  };
  await world.do("assay report", other, LAB_B);
  return world;
}
const moistureIn = (answer: Record<string, unknown>) =>
  (answer["statement"] as { lines: { id: string; value: string }[] }).lines.find(
    ({ id }) => id === "moisture",
  )?.value;

test("S52: moistures that differ by more than their limit wait for the umpire", async () => {
  const world = await moist(30);
  const first = await world.do("settle lot", settling(), PROCESSOR);
  const { status, umpire_due } = first["statement"] as { status: string; umpire_due: string[] };
  assert.deepEqual([status, umpire_due], ["provisional", ["moisture"]]);
  const alone = settling({ moisture_pct: "0.4", why: "ours" });
  assert.equal(await world.code("settle lot", alone, SUPPLIER), "one_party_alone");
  await umpired(world, 224_600);
  const final = await world.do("settle lot", settling({ why: "the umpire reported" }), SUPPLIER);
  assert.deepEqual([statementOf(final).status, moistureIn(final)], ["final", "0.4"]);
});

test("S52: one laboratory's own doubt does not let the mean settle", async () => {
  const world = await moist(30, {}, 10);
  const { status, umpire_due } = (await world.do("settle lot", settling()))["statement"] as {
    status: string;
    umpire_due: string[];
  };
  assert.deepEqual([status, umpire_due], ["provisional", ["moisture"]]);
});

test("S52: or both firms agree one, be it the one it was provisional on", async () => {
  const world = await moist(30);
  await world.do("settle lot", settling());
  const asked = move({ moisture_pct: "30" });
  await world.do("settle move-lot", { ...asked, why: "it was wet" }, PROCESSOR);
  const both = await world.do("settle move-lot", asked, SUPPLIER);
  assert.deepEqual([statementOf(both).status, moistureIn(both)], ["final", "30"]);
});

test("S52: the terms say how far they may differ; within that the mean counts", async () => {
  const close = await moist(0.8);
  assert.equal(moistureIn(await close.do("settle lot", settling())), "0.6");
  const strict = await moist(0.8, { moisture_limit_pct: "0.3" });
  assert.equal(statementOf(await strict.do("settle lot", settling())).status, "provisional");
});

test("S39: what is accepted is what was proposed, the version of the terms included", async () => {
  const world = await settled();
  const toll = (amount_per_kg: string) => ({ toll: { amount_per_kg, basis: "returned_oxide" } });
  await agreed(world, { id: "A-2", ...toll("25") });
  const asked = move({ agreement: "A-2" });
  await world.do("settle move-lot", { ...asked, why: "cheaper" }, SUPPLIER);
  await agreed(world, { id: "A-2", ...toll("60") }, "for lots from now on");
  assert.equal(await world.code("settle move-lot", asked, PROCESSOR), "reason_missing");
  await world.do("settle move-lot", { ...asked, why: "as it stands now" }, PROCESSOR);
  const { agreement } = await world.record("statement", "L-MAGNETS");
  assert.equal(agreement, "A-2026-01", "a word on other terms is a proposal of its own");
  const both = statementOf(await world.do("settle move-lot", asked, SUPPLIER));
  assert.equal(both.agreement_version, 2);
});
