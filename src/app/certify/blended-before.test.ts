import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import { agreed, by, PROCESSOR, settling } from "../../../test/support/settling.ts";
import { TRADED_OXIDE } from "../../chemistry/index.ts";

const at = { site: "noblesville" };
const weighed = (mass: string) => ({ mass, scale: "noblesville-floor" });
const traces = Object.entries(TRADED_OXIDE)
  .filter(([element]) => !["Nd", "Pr", "Sc"].includes(element))
  .map(([, analyte]) => ({ analyte, mg_per_kg: "<1" }));
const found = (Nd: number, Pr: number) => ({
  ...{ by: "assay", laboratory: "sample-lab-a" },
  mg_per_kg: { Nd: { best: Nd, sd: Nd / 200 }, Pr: { best: Pr, sd: 230 } },
});

/** As much virgin metal as collected, whose manifest counts ten magnets, blended and settled as one lot. */
async function blended(): Promise<World> {
  const world = await worldBefore("ship send");
  const run: typeof world.do = (...asked) => world.do(...asked);
  await run("intake receive", {
    ...{ consignment: "C-V", owner: "sample-recycler", from_zip: "46168" },
    ...{ collected_in: { country: "US", region: "IN" }, feedstock: { class: "virgin", evidence: "invoice" } },
    pallets: [{ pallet: "P-V", gross: "1460 kg", tare: "210 kg", scale: "plainfield-floor" }],
  });
  const text = "description,qty\nloose NdFeB magnets from voice coils,10\n";
  await run("intake read-manifest", { consignment: "C-V", name: "v.csv", text });
  await run("intake correct-line", { consignment: "C-V", row: 1, data_bearing: "no", why: "bare magnets" });
  await run("intake open-lots", { consignment: "C-V" });
  const magnets = (lot: string, mass: string) => [{ lot, kind: "magnets", mass, scale: "plainfield-floor" }];
  const here = { site: "plainfield" };
  const kind = "demagnetise";
  await run("prepare step", {
    kind,
    ...here,
    inputs: [{ lot: "C-V-M" }],
    outputs: magnets("L-V", "1250 kg"),
  });
  await run("prepare step", {
    ...{ kind: "blend", ...here, inputs: [{ lot: "L-MAGNETS" }, { lot: "L-V" }] },
    outputs: magnets("L-BLEND", "2500 kg"),
  });
  const lots = [{ lot: "L-BLEND", mass: "2500 kg", sd: "1 kg" }];
  const ship = { shipment: "B-1", from: "plainfield", to: "noblesville", carrier: "sample-carrier" };
  await run("ship send", { ...ship, lots });
  await run("ship receive", { shipment: "B-1", lots });
  const report = theUseCase("assay report").example as object;
  await run("assay sample", { ...(theUseCase("assay sample").example as object), lot: "L-BLEND" });
  await run("assay report", report, by("chemist@sample-lab-a"));
  const other = { ...report, side: "processor", laboratory: "sample-lab-b" };
  await run("assay report", other, by("chemist@sample-lab-b"));
  await agreed(world);
  await run("settle lot", settling(), PROCESSOR);
  return world;
}

/** NdPr oxide of half the blend. */
async function refined(world: World): Promise<void> {
  const run: typeof world.do = (...asked) => world.do(...asked);
  await run("prepare step", {
    ...{ kind: "dissolve", ...at, inputs: [{ lot: "L-BLEND", mass: "1250 kg" }] },
    additions: [{ name: "acid", ...weighed("11250 kg") }],
    outputs: [
      { lot: "L-LIQUOR", kind: "solution", ...weighed("12400 kg") },
      { lot: "L-RESIDUE", kind: "residue", ...weighed("76.1 kg") },
    ],
    losses: [{ place: "hydrogen and water vapour", mass: "24 kg", sd: "1 kg" }],
  });
  await run("prepare step", {
    ...{ kind: "remove_iron", ...at, inputs: [{ lot: "L-LIQUOR" }] },
    additions: [{ name: "base and water", ...weighed("1376 kg") }],
    outputs: [
      { lot: "L-SOLUTION", kind: "solution", ...weighed("10772 kg") },
      { lot: "L-IRON", kind: "iron_cake", ...weighed("3004 kg") },
    ],
  });
  await run("programme define-product", {
    ...{ product: "NdPr-magnet", name: "NdPr", form: "oxide", elements: ["Nd", "Pr"] },
    ratio: { Nd: { from: 0.8, to: 0.95 }, Pr: { from: 0.05, to: 0.2 } },
  });
  await run("prepare step", {
    ...{ kind: "precipitate", ...at, inputs: [{ lot: "L-SOLUTION", mass: "1000 kg" }] },
    additions: [{ name: "oxalic acid", ...weighed("60 kg") }],
    outputs: [{ lot: "L-CAKE", kind: "oxalate", ...weighed("70 kg"), content: found(345_000, 46_000) }],
    losses: [{ place: "filtrate", mass: "990 kg", sd: "15 kg", content: { by: "rest" } }],
  });
  await run("prepare step", {
    ...{ kind: "calcine", ...at, inputs: [{ lot: "L-CAKE" }] },
    outputs: [{ lot: "L-NDPR", kind: "oxide", ...weighed("32.3 kg"), product: "NdPr-magnet" }],
    losses: [{ place: "carbon dioxide and water", ...weighed("37.7 kg") }],
  });
}

test("C33: as much virgin metal as collected, blended before it is settled, leaves as less than half of it recycled, whatever its manifest counts", async () => {
  const world = await blended();
  await refined(world);
  const own = [
    { analyte: "Nd2O3", mg_per_kg: "880000", u: "2000" },
    { analyte: "Pr6O11", mg_per_kg: "120000", u: "2000" },
  ];
  await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...own, ...traces] });
  const release = { lot: "L-NDPR", sample: "Q-20", convention: "half_limit", check: ["4N"] };
  await world.do("certify release", release);
  const issued = await world.do("certify issue", {
    lot: "L-NDPR",
    issuer: "sample-refiner",
    passport: "P-20",
  });
  const { provenance, recycled_share } = (
    issued["credential"] as {
      credentialSubject: {
        provenance: { feedstock: Record<string, Record<string, string>>; origin: string };
        recycled_share: string;
      };
    }
  ).credentialSubject;
  for (const mix of Object.values(provenance.feedstock)) {
    const [waste, virgin] = [Number(mix["pre_consumer_reject"]), Number(mix["virgin"])];
    assert.ok(waste > 0.1 && waste < 0.5, `${waste}`);
    assert.ok(Math.abs(waste + virgin - 1) < 2e-4);
  }
  assert.equal(provenance.origin, "mixed");
  assert.ok(Number(recycled_share) <= 0.5, recycled_share);
});
