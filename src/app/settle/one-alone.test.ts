import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  assayed,
  by,
  NOBODY,
  PROCESSOR,
  SUPPLIER,
  settling,
  statementOf,
  umpired,
} from "../../../test/support/settling.ts";

const ID = "A-2026-01";
const report = theUseCase("assay report").example as { mg_per_kg: object };
const draw = theUseCase("assay sample").example as { portions: readonly object[] };
const LABS = { supplier: "sample-lab-a", processor: "sample-lab-b" } as const;

async function settled(nd_mg_per_kg = 225_400): Promise<World> {
  const world = await assayed(nd_mg_per_kg);
  await agreed(world);
  await world.do("settle lot", settling());
  return world;
}

/** Another sample of the lot, on which both laboratories find this much neodymium. */
async function sampledAgain(world: World, sample: string, nd_mg_per_kg: number): Promise<void> {
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `${sample}-${i}` }));
  await world.do("assay sample", { ...draw, sample, portions }, PROCESSOR);
  const mg_per_kg = { ...report.mg_per_kg, Nd: { best: nd_mg_per_kg, sd: 900 } };
  for (const [side, laboratory] of Object.entries(LABS))
    await world.do(
      "assay report",
      { ...report, sample, side, laboratory, mg_per_kg },
      by(`chemist@${laboratory}`),
    );
}

const correction = (best: number) => ({
  ...{ ...report, side: "processor", laboratory: "sample-lab-b", corrects: "a dilution" },
  mg_per_kg: { ...report.mg_per_kg, Nd: { best, sd: 900 } },
});
const CHEMIST = by("chemist@sample-lab-b");
const weigh = (mass: string) => ({
  ...{ shipment: "B-1", side: "receiver", lot: "L-MAGNETS", why: "weighed better" },
  ...{ mass, scale: "noblesville-floor" },
});
const move = (change: object = {}) => ({ lot: "L-MAGNETS", agreement: ID, ...change });
const nd = async (world: World) => (await accountOf(world))["Nd2O3"]?.balance_kg;

describe("what one firm alone does not settle on", () => {
  it("S47: a settled lot stays on its sample; another of the same lot takes both, each by name", async () => {
    const world = await settled();
    const before = await nd(world);
    await sampledAgain(world, "Y-9", 150_000);
    const other = settling({ sample: "Y-9", why: "better results" });
    for (const who of [PROCESSOR, SUPPLIER, NOBODY])
      assert.equal(await world.code("settle lot", other, who), "one_party_alone");
    const asked = move({ sample: "Y-9" });
    assert.equal(await world.code("settle move-lot", { ...asked, why: "spilt" }, NOBODY), "party_differs");
    await world.do("settle move-lot", { ...asked, why: "the first was spilt" }, PROCESSOR);
    assert.equal(await world.code("settle lot", other, PROCESSOR), "one_party_alone");
    assert.equal(await nd(world), before, "one alone moves nothing");
    const moved = await world.do("settle move-lot", asked, SUPPLIER);
    assert.equal(statementOf(moved).status, "final");
    assert.equal((await world.record("statement", "L-MAGNETS")).sample, "Y-9");
    assert.notEqual(await nd(world), before);
    assert.equal(await world.code("settle lot", settling({ why: "back" }), PROCESSOR), "one_party_alone");
  });

  it("S47: nor is a lot that is not settled yet settled on a second sample, where the first has results of both", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    await sampledAgain(world, "Y-9", 150_000);
    assert.equal(await world.code("settle lot", settling({ sample: "Y-9" }), PROCESSOR), "one_party_alone");
    assert.equal(await world.code("settle lot", settling(), PROCESSOR), "done");
  });

  it("S47: a weight corrected after settling is on the books and named, and becomes money by both", async () => {
    const world = await settled();
    const before = await nd(world);
    const { settled_on } = await world.do("ship correct-weight", weigh("1300 kg"), PROCESSOR);
    assert.deepEqual((settled_on as { now_kg: string }).now_kg, "1300");
    for (const who of [PROCESSOR, SUPPLIER])
      assert.equal(await world.code("settle lot", settling({ why: "heavier" }), who), "one_party_alone");
    assert.equal(await nd(world), before);
    await world.do("settle move-lot", { ...move({ weights: "corrected" }), why: "heavier" }, PROCESSOR);
    await world.do("ship correct-weight", weigh("1400 kg"), PROCESSOR);
    const other = move({ weights: "corrected" });
    assert.equal(
      await world.code("settle move-lot", other, SUPPLIER),
      "reason_missing",
      "not what was proposed",
    );
    await world.do("ship correct-weight", weigh("1300 kg"), PROCESSOR);
    const moved = statementOf(await world.do("settle move-lot", other, SUPPLIER));
    assert.equal(moved.status, "final");
    assert.notEqual(await nd(world), before);
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
  });

  it("S47: where something else changes too, the lot is settled on the weight it was settled on, and that is named", async () => {
    const world = await settled(236_000);
    await world.do("ship correct-weight", weigh("1300 kg"), PROCESSOR);
    await umpired(world, 235_000);
    const final = await world.do("settle lot", settling({ why: "the umpire reported" }), SUPPLIER);
    assert.deepEqual(final["weighed_since"], { settled_kg: "1250.1", now_kg: "1300" });
    const [last] = (await world.record("statement", "L-MAGNETS")).issued.slice(-1);
    assert.equal(last?.statement.lines.find(({ id }) => id === "net_wet")?.value, "1250.1");
    assert.deepEqual(last?.weighed_since, { settled_kg: "1250.1", now_kg: "1300" });
  });

  it("S47: moisture is what the laboratories reported, or what both firms agree; never one firm's word", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    const wetter = { moisture_pct: "10" };
    assert.equal(await world.code("settle lot", settling(wetter), PROCESSOR), "one_party_alone");
    assert.equal(await world.code("settle lot", settling({ moisture_pct: "0.40" }), PROCESSOR), "done");
    await world.do("settle move-lot", { ...move(wetter), why: "a wet season" }, SUPPLIER);
    await world.do("settle move-lot", move(wetter), PROCESSOR);
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
    assert.equal(
      await world.code("settle lot", settling({ moisture_pct: "0.4", why: "dry" })),
      "one_party_alone",
    );
  });

  it("S47 S50: what the umpire corrects after the lot is final becomes money by both, and by neither alone", async () => {
    const world = await assayed(229_000);
    await agreed(world);
    await world.do("settle lot", settling());
    await umpired(world, 226_500);
    await world.do("settle lot", settling({ why: "the umpire reported" }));
    const { umpire } = (await world.record("sample", "Y-1")).reports as { umpire: { mg_per_kg: object } };
    const mg_per_kg = { ...umpire.mg_per_kg, Nd: { best: 223_000, sd: 900 } };
    const again = { ...report, mg_per_kg, side: "umpire", laboratory: "lab-u", corrects: "a dilution" };
    await world.do("assay report", again, by("chemist@lab-u"));
    const why = "the umpire corrected it";
    assert.equal(await world.code("settle lot", settling({ why })), "one_party_alone");
    assert.equal(await world.code("settle move-lot", move({ why }), PROCESSOR), "nothing_changed");
    const both = move({ why, results: "corrected" });
    const before = await nd(world);
    assert.equal((await world.do("settle move-lot", both, PROCESSOR))["state"], "proposed");
    assert.equal(await nd(world), before, "one word moves nothing");
    const { status } = statementOf(await world.do("settle move-lot", both, SUPPLIER));
    assert.equal(status, "final");
    assert.notEqual(await nd(world), before);
  });

  it("S47: another receipt than the one it was settled on is not taken by one firm alone", async () => {
    const world = await settled();
    const lots = [{ lot: "L-MAGNETS", mass: "1250 kg", sd: "1 kg" }];
    for (const [shipment, from, to] of [
      ["B-8", "noblesville", "plainfield"],
      ["B-9", "plainfield", "noblesville"],
    ]) {
      await world.do("ship send", { shipment, from, to, carrier: "sample-carrier", lots });
      await world.do("ship receive", { shipment, lots });
    }
    assert.equal(await world.code("settle lot", settling({ shipment: "B-9", why: "x" })), "one_party_alone");
  });

  it("S47: a sample of another lot is no ground for this one, whoever agrees", async () => {
    const world = await settled();
    await world.do("prepare step", {
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-MAGNETS", mass: "100 kg" }] },
      outputs: [{ lot: "L-PART", kind: "magnets", mass: "100 kg", sd: "1 kg" }],
    });
    const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `Y-9-${i}` }));
    await world.do("assay sample", { ...draw, sample: "Y-9", lot: "L-PART", portions });
    for (const [side, laboratory] of Object.entries(LABS))
      await world.do("assay report", { ...report, sample: "Y-9", side, laboratory });
    const asked = { ...move({ sample: "Y-9" }), why: "nearly the same" };
    assert.equal(await world.code("settle move-lot", asked, SUPPLIER), "sample_of_another_lot");
  });

  it("S39: settled otherwise under its own agreement it keeps its version, whatever was agreed since", async () => {
    const world = await settled();
    await agreed(world, { toll: { amount_per_kg: "99", basis: "returned_oxide" } }, "dearer");
    await world.do("ship correct-weight", weigh("1251 kg"), PROCESSOR);
    await world.do("settle move-lot", { ...move({ weights: "corrected" }), why: "heavier" }, PROCESSOR);
    const moved = statementOf(await world.do("settle move-lot", move({ weights: "corrected" }), SUPPLIER));
    assert.equal(moved.agreement_version, 1);
  });
});

describe("after the umpire", () => {
  it("Y4 S47: a side corrects its own while the umpire is awaited; once it has reported, with the other's consent", async () => {
    const world = await settled(236_000);
    assert.equal(await world.code("assay report", correction(240_000), CHEMIST), "done", "it is called");
    await umpired(world, 235_000);
    const before = statementOf(await world.do("settle lot", settling({ why: "the umpire reported" })));
    assert.equal(await world.code("assay report", correction(225_000), CHEMIST), "exchange_over");
    assert.equal(await world.code("assay report", correction(225_000), PROCESSOR), "exchange_over");
    // What was corrected while the umpire was awaited is no money by one firm's word (S50).
    assert.equal(await world.code("settle lot", settling({ why: "again" }), PROCESSOR), "one_party_alone");
    const consent = { sample: "Y-1", side: "processor" };
    assert.equal(await world.code("assay consent", consent, PROCESSOR), "party_differs");
    await world.do("assay consent", consent, SUPPLIER);
    await world.do("assay report", correction(225_000), CHEMIST);
    const after = statementOf(
      await world.do("settle lot", settling({ why: "corrected, as agreed" }), PROCESSOR),
    );
    assert.notEqual(after.digest, before.digest);
  });

  it("Y4: before the umpire is called by a statement, a side that has seen the other's results asks", async () => {
    const world = await assayed(236_000);
    assert.equal(await world.code("assay report", correction(240_000), CHEMIST), "exchange_over");
  });

  it("S47: a result that the umpire corrects after the final statement is settled on by both", async () => {
    const world = await settled(236_000);
    await umpired(world, 235_000);
    await world.do("settle lot", settling({ why: "the umpire reported" }));
    const mg_per_kg = { ...report.mg_per_kg, Nd: { best: 226_000, sd: 900 } };
    const again = { ...report, mg_per_kg, side: "umpire", laboratory: "lab-u", corrects: "a dilution" };
    await world.do("assay report", again, by("chemist@lab-u"));
    assert.equal(await world.code("settle lot", settling({ why: "cheaper" }), PROCESSOR), "one_party_alone");
  });

  it("Y12: a side's results are by a laboratory or its own house, an umpire's by a laboratory", async () => {
    const world = await settled(236_000);
    const umpire = { ...report, side: "umpire" };
    const names = async (laboratory: string) => world.code("assay report", { ...umpire, laboratory });
    assert.equal(await names("sample-carrier"), "not_a_laboratory");
    assert.equal(await names("sample-refiner"), "not_a_laboratory");
    await world.do("assay sample", { ...draw, sample: "Y-9" });
    const first = { ...report, sample: "Y-9" };
    assert.equal(
      await world.code("assay report", { ...first, laboratory: "sample-refiner" }, PROCESSOR),
      "not_a_laboratory",
    );
    assert.equal(
      await world.code("assay report", { ...first, laboratory: "sample-recycler" }, SUPPLIER),
      "done",
    );
  });
});
