import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  assayed,
  by,
  PROCESSOR,
  SUPPLIER,
  settling,
  umpired,
} from "../../../test/support/settling.ts";

interface Report {
  readonly mg_per_kg: Readonly<
    Record<string, { readonly best: number; readonly sd: number } | { readonly below: number }>
  >;
}
const report = theUseCase("assay report").example as Report;
const draw = theUseCase("assay sample").example as { portions: readonly { side: string }[] };
const [LAB_A, LAB_B] = [by("chemist@sample-lab-a"), by("chemist@sample-lab-b")];
const FLOOR = "plainfield-floor";

interface Statement {
  readonly status: string;
  readonly amount_due: string;
  readonly notes: readonly string[];
  readonly elements: readonly { element: string; returnable_oxide_kg?: string; final_pct: string }[];
  readonly lines: readonly { id: string; value: string; label: string }[];
}
const valueIn = ({ lines }: Statement, id: string): number =>
  Number(lines.find((line) => line.id === id)?.value ?? Number.NaN);
const near = (a: number, b: number, within = 1e-6) => assert.ok(Math.abs(a - b) <= within, `${a}, not ${b}`);

/** What was reported, at this part of its grade. */
const atGrade = (part: number): object =>
  Object.fromEntries(
    Object.entries(report.mg_per_kg).map(([element, reading]) => [
      element,
      "below" in reading ? reading : { ...reading, best: Math.round(reading.best * part) },
    ]),
  );
const assayOf = (part: number) => ({ by: "assay", laboratory: "sample-lab-a", mg_per_kg: atGrade(part) });

/** L-MAGNETS is settled; a heel of it is back at the supplier's. */
async function heel(kg = 50): Promise<World> {
  const world = await assayed(225_400);
  await agreed(world);
  await world.do("settle lot", settling());
  await world.do("prepare step", {
    ...{ step: "S-HEEL", kind: "split", site: "noblesville" },
    inputs: [{ lot: "L-MAGNETS", mass: `${kg} kg` }],
    outputs: [{ lot: "L-HEEL", kind: "magnets", mass: `${kg} kg`, sd: "10 g" }],
  });
  await carried(world, "B-H", { lot: "L-HEEL", kg, from: "noblesville", to: "plainfield" });
  return world;
}

async function carried(
  world: World,
  shipment: string,
  { lot, kg, from, to }: { lot: string; kg: number; from: string; to: string },
): Promise<void> {
  const lots = [{ lot, mass: `${kg} kg`, sd: "100 g" }];
  await world.do("ship send", { shipment, from, to, carrier: "sample-carrier", lots });
  await world.do("ship receive", { shipment, lots });
}

/** The heel goes into a new lot with metal that nobody settled, of half its grade. */
async function blended(world: World, { heel_kg = 50, other_kg = 450, part = 0.5 } = {}): Promise<void> {
  await world.do("prepare step", {
    ...{
      step: "S-NEW",
      kind: "blend",
      site: "plainfield",
      inputs: [{ lot: "L-HEEL", mass: `${heel_kg} kg` }],
    },
    additions: [{ name: "magnets bought", mass: `${other_kg} kg`, sd: "10 g", content: assayOf(part) }],
    outputs: [{ lot: "L-NEW", kind: "magnets", mass: `${heel_kg + other_kg} kg`, sd: "10 g" }],
  });
}

async function sold(world: World, kg: number, grade: number): Promise<void> {
  await carried(world, "B-N", { lot: "L-NEW", kg, from: "plainfield", to: "noblesville" });
  const portions = draw.portions.map((portion, i) => ({ ...portion, seal: `N-${i}` }));
  await world.do("assay sample", { ...draw, sample: "Y-N", lot: "L-NEW", portions });
  const mg_per_kg = atGrade(grade);
  await world.do("assay report", { ...report, mg_per_kg, sample: "Y-N" }, LAB_A);
  const other = { ...report, mg_per_kg, sample: "Y-N", side: "processor", laboratory: "sample-lab-b" };
  await world.do("assay report", other, LAB_B);
}

const settleNew = async (world: World) =>
  (await world.do("settle lot", settling({ sample: "Y-N", shipment: "B-N" })))["statement"] as Statement;

const METALS = ["Nd", "Pr", "Dy", "Tb"];

test("S57: a lot with a heel of a settled one settles less what is settled there, element by element, and the statement names it", async () => {
  const world = await heel();
  const shares = (await world.record("lot", "L-HEEL")).feeds_mg["L-MAGNETS"];
  await blended(world);
  await sold(world, 500, 0.55);
  const before = Number((await accountOf(world))["Nd2O3"]?.balance_kg);
  const said = await settleNew(world);
  assert.equal(said.status, "final");
  for (const element of METALS) {
    const settled = valueIn(said, `${element}.settled_in.L-MAGNETS`);
    near(settled, (shares?.[element] ?? 0) / 1e6, 2e-6);
    near(valueIn(said, `${element}.to_settle`), valueIn(said, `${element}.contained_metal`) - settled);
  }
  const owed = (valueIn(said, "Nd.to_settle") / ((2 * 144.242) / (2 * 144.242 + 3 * 15.999))) * 0.9;
  near(Number(said.elements.find(({ element }) => element === "Nd")?.returnable_oxide_kg), owed, 1e-6);
  near(Number((await accountOf(world))["Nd2O3"]?.balance_kg) - before, owed, 0.001);
  const named = said.lines.find(({ id }) => id === "Nd.settled_in.L-MAGNETS")?.label;
  assert.equal(named, "Nd: settled already, in L-MAGNETS under A-2026-01");
  assert.ok(said.notes.some((note) => note.startsWith("Nd: 11.205 kg came from L-MAGNETS")));
  assert.equal((await world.record("statement", "L-NEW")).issued[0]?.settled_before?.length, METALS.length);
});

test("S57: a rich estimate of what was put beside it, or a rich assay of the whole, pays nothing of the heel twice", async () => {
  const rich = await heel();
  await blended(rich, { part: 2 });
  // What was said to be twice as rich is steel: all that is found came with the heel, but for what is below any limit.
  await sold(rich, 500, 0.0995);
  const steel = await settleNew(rich);
  assert.deepEqual(
    ["Nd", "Pr", "Dy"].map((element) => valueIn(steel, `${element}.to_settle`)),
    [0, 0, 0],
  );
  const assayed_rich = await heel();
  await blended(assayed_rich, { part: 0.01 });
  await sold(assayed_rich, 500, 0.2);
  const said = await settleNew(assayed_rich);
  const by = said.lines.find(({ id }) => id === "Nd.settled_elsewhere")?.value;
  const part = valueIn(said, "Nd.settled_part.L-MAGNETS");
  assert.equal(by, "by_part");
  near(valueIn(said, "Nd.to_settle"), (valueIn(said, "Nd.contained_metal") * (100 - part)) / 100);
});

test("S57: charges on the weight of the feed are on what is settled here; what is settled elsewhere was charged for there", async () => {
  const world = await heel();
  await blended(world);
  await sold(world, 500, 0.55);
  const said = await settleNew(world);
  const part = valueIn(said, "total.to_settle") / valueIn(said, "total.contained_metal");
  near(valueIn(said, "toll.on_dry_feed"), 498 * part * 30);
  near(valueIn(said, "toll.on_contained_metal"), valueIn(said, "total.to_settle") * 30);
});

test("S57: what is settled elsewhere stays what it was when the lot is settled anew, whatever was drawn since", async () => {
  const world = await heel();
  await blended(world);
  await sold(world, 500, 0.55);
  const first = await settleNew(world);
  await world.do("prepare step", {
    ...{ step: "S-HALF", kind: "split", site: "noblesville", inputs: [{ lot: "L-NEW", mass: "250 kg" }] },
    outputs: [{ lot: "L-HALF", kind: "magnets", mass: "250 kg", sd: "10 g" }],
  });
  const again = settling({ sample: "Y-N", shipment: "B-N", why: "again" });
  assert.equal(await world.code("settle lot", again), "nothing_changed");
  await world.do("assay consent", { sample: "Y-N", side: "supplier" }, PROCESSOR);
  const corrected = { ...report, sample: "Y-N", mg_per_kg: atGrade(0.56), corrects: "a dilution" };
  await world.do("assay report", corrected, SUPPLIER);
  const next = (await world.do("settle lot", { ...again, why: "corrected" }))["statement"] as Statement;
  for (const element of METALS)
    assert.equal(
      valueIn(next, `${element}.settled_in.L-MAGNETS`),
      valueIn(first, `${element}.settled_in.L-MAGNETS`),
    );
});

const refusedWith = async (world: World): Promise<string> => {
  await sold(world, 500, 0.55);
  return world.code("settle lot", settling({ sample: "Y-N", shipment: "B-N" }));
};

test("S57: where the books do not tell how much of it is settled, it waits: a heel that was counted low, and not put right", async () => {
  const count = (world: World, mass: string) =>
    world.do("ledger stocktake", {
      ...{ site: "plainfield", why: "counted", counts: [{ lot: "L-HEEL", mass, scale: FLOOR }] },
    });
  const low = await heel();
  await count(low, "40 kg");
  await blended(low, { heel_kg: 40, other_kg: 460 });
  assert.equal(await refusedWith(low), "already_settled");
  const right = await heel();
  await count(right, "5 kg");
  await count(right, "50 kg");
  await blended(right, { heel_kg: (await right.record("lot", "L-HEEL")).mass_mg.best / 1e6 });
  assert.equal(await refusedWith(right), "done");
});

test("S57: nor where a step on the way did not close, or what went in is settled and no share of it is followed", async () => {
  const open = await heel();
  await open.do("prepare step", {
    ...{ step: "S-NEW", kind: "blend", site: "plainfield", inputs: [{ lot: "L-HEEL", mass: "50 kg" }] },
    additions: [{ name: "magnets bought", mass: "450 kg", sd: "10 g", content: assayOf(0.5) }],
    outputs: [{ lot: "L-NEW", kind: "magnets", mass: "500 kg", sd: "10 g", content: assayOf(0.05) }],
    accept_open: "nobody knows",
  });
  assert.equal(await refusedWith(open), "already_settled");
});

test("S72: what is settled elsewhere is as much as is paid for it there now: a heel of a lot that became final since", async () => {
  const world = await assayed(150_000);
  await agreed(world);
  await world.do("settle lot", settling());
  await world.do("prepare step", {
    ...{ step: "S-HEEL", kind: "split", site: "noblesville" },
    inputs: [{ lot: "L-MAGNETS", mass: "500 kg" }],
    outputs: [{ lot: "L-HEEL", kind: "magnets", mass: "500 kg", sd: "10 g" }],
  });
  await carried(world, "B-H", { lot: "L-HEEL", kg: 500, from: "noblesville", to: "plainfield" });
  await blended(world, { heel_kg: 500, other_kg: 500, part: 1 });
  await sold(world, 1000, 1);
  near(valueIn(await settleNew(world), "Nd.settled_in.L-MAGNETS"), 0.15 * 0.996 * 500, 0.01);
  await umpired(world, 224_600);
  await world.do("settle lot", settling({ why: "the umpire" }));
  const again = settling({ sample: "Y-N", shipment: "B-N", why: "the heel is final" });
  const next = (await world.do("settle lot", again))["statement"] as Statement;
  near(valueIn(next, "Nd.settled_in.L-MAGNETS"), 0.2246 * 0.996 * 500, 0.01);
  assert.equal(await world.code("settle lot", { ...again, why: "again" }), "nothing_changed");
});

test("S76: where a twentieth of a heel's metal was lost on the way, in however many steps, it waits", async () => {
  const through = async (kept: readonly number[]) => {
    const world = await heel();
    let [from, kg] = ["L-HEEL", 50];
    for (const [i, to] of kept.entries()) {
      const lot = `L-H${i}`;
      await world.do("prepare step", {
        ...{ step: `S-H${i}`, kind: "split", site: "plainfield", inputs: [{ lot: from }] },
        outputs: [{ lot, kind: "magnets", mass: `${to} kg`, sd: "10 g" }],
        losses: [{ place: "dust", mass: `${kg - to} kg`, sd: "10 g", content: { by: "share" } }],
      });
      [from, kg] = [lot, to];
    }
    await world.do("prepare step", {
      ...{ step: "S-NEW", kind: "blend", site: "plainfield", inputs: [{ lot: from }] },
      additions: [{ name: "magnets bought", mass: `${500 - kg} kg`, sd: "10 g", content: assayOf(0.5) }],
      outputs: [{ lot: "L-NEW", kind: "magnets", mass: "500 kg", sd: "10 g" }],
    });
    return refusedWith(world);
  };
  assert.equal(await through([25]), "already_settled");
  assert.equal(await through([49, 48, 47]), "already_settled");
  assert.equal(await through([49, 48.5]), "done");
});
