import { TRADED_OXIDE } from "../../src/chemistry/index.ts";
import { theUseCase, type World } from "../story/world.ts";
import { sampled } from "./sampled.ts";
import { agreed, by, PROCESSOR, settling } from "./settling.ts";

const REFINERY = "noblesville";
const weighed = (mass: string) => ({ mass, scale: `${REFINERY}-floor` });

/** 1250 kg of magnets that were never used, as a consignment of this name; answers the lots it opened. */
export async function virginAs(world: World, consignment: string): Promise<unknown> {
  await world.do("intake receive", {
    ...{ consignment, owner: "sample-recycler", from_zip: "46168" },
    ...{ collected_in: { country: "US", region: "IN" }, feedstock: { class: "virgin", evidence: "invoice" } },
    pallets: [{ pallet: "P-V", gross: "1460 kg", tare: "210 kg", scale: "plainfield-floor" }],
  });
  const text = "description,qty\nloose NdFeB magnets from voice coils,89999\n";
  await world.do("intake read-manifest", { consignment, name: "v.csv", text });
  await world.do("intake correct-line", { consignment, row: 1, data_bearing: "no", why: "bare magnets" });
  return (await world.do("intake open-lots", { consignment }))["lots"];
}

/** The lot goes to the refinery and is settled on what both laboratories find. */
export async function shipAndSettle(world: World, lot: string, kg: number): Promise<void> {
  const lots = [{ lot, mass: `${kg} kg`, sd: "1 kg" }];
  const ship = { shipment: "B-1", from: "plainfield", to: REFINERY, carrier: "sample-carrier" };
  await world.do("ship send", { ...ship, lots });
  await world.do("ship receive", { shipment: "B-1", lots });
  const report = theUseCase("assay report").example as object;
  await world.do("assay sample", { ...(theUseCase("assay sample").example as object), lot });
  await world.do("assay report", report, by("chemist@sample-lab-a"));
  const other = { ...report, side: "processor", laboratory: "sample-lab-b" };
  await world.do("assay report", other, by("chemist@sample-lab-b"));
  await agreed(world);
  await world.do("settle lot", settling(), PROCESSOR);
}

const made = (kind: string, lot: string, mass: string, more: object = {}) => ({
  ...{ lot, kind, ...weighed(mass) },
  ...more,
});

/** NdPr oxide of 1250 kg of a settled lot, certified. */
export async function ndprOf(world: World, lot: string): Promise<void> {
  const step = (kind: string, input: object, more: object) =>
    world.do("prepare step", { kind, site: REFINERY, inputs: [input], ...more });
  await step(
    "dissolve",
    { lot, mass: "1250 kg" },
    {
      additions: [{ name: "acid", ...weighed("11250 kg") }],
      outputs: [made("solution", "L-LIQUOR", "12400 kg"), made("residue", "L-RESIDUE", "76.1 kg")],
      losses: [{ place: "hydrogen and water vapour", mass: "24 kg", sd: "1 kg" }],
    },
  );
  await step(
    "remove_iron",
    { lot: "L-LIQUOR" },
    {
      additions: [{ name: "base and water", ...weighed("1376 kg") }],
      outputs: [made("solution", "L-SOLUTION", "10772 kg"), made("iron_cake", "L-IRON", "3004 kg")],
    },
  );
  await certifiedNdPr(world);
}

/** NdPr oxide of a part of L-SOLUTION, as L-NDPR, certified. */
export async function certifiedNdPr(world: World): Promise<void> {
  await ndprOfSolution(world);
  const own = [
    { analyte: "Nd2O3", mg_per_kg: "880000", u: "2000" },
    { analyte: "Pr6O11", mg_per_kg: "120000", u: "2000" },
  ];
  await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...own, ...TRACES] });
  await world.do("certify release", { lot: "L-NDPR", sample: "Q-20", convention: "half_limit" });
}

const TRACES = Object.entries(TRADED_OXIDE)
  .filter(([element]) => !["Nd", "Pr", "Sc"].includes(element))
  .map(([, analyte]) => ({ analyte, mg_per_kg: "<1" }));

async function ndprOfSolution(world: World): Promise<void> {
  const found = {
    ...{ by: "assay", laboratory: "sample-lab-a" },
    mg_per_kg: { Nd: { best: 345_000, sd: 1725 }, Pr: { best: 46_000, sd: 230 } },
  };
  await world.do("programme define-product", {
    ...{ product: "NdPr-magnet", name: "NdPr", form: "oxide", elements: ["Nd", "Pr"] },
    ratio: { Nd: { from: 0.8, to: 0.95 }, Pr: { from: 0.05, to: 0.2 } },
  });
  await world.do("prepare step", {
    ...{ kind: "precipitate", site: REFINERY, inputs: [{ lot: "L-SOLUTION", mass: "1000 kg" }] },
    additions: [{ name: "oxalic acid", ...weighed("60 kg") }],
    outputs: [made("oxalate", "L-CAKE", "70 kg", { content: found })],
    losses: [{ place: "filtrate", mass: "990 kg", sd: "15 kg", content: { by: "rest" } }],
  });
  await world.do("prepare step", {
    ...{ kind: "calcine", site: REFINERY, inputs: [{ lot: "L-CAKE" }] },
    outputs: [made("oxide", "L-NDPR", "32.3 kg", { product: "NdPr-magnet" })],
    losses: [{ place: "carbon dioxide and water", ...weighed("37.7 kg") }],
  });
}
