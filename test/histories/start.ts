import { Auditor } from "./auditor/index.ts";
import { Books } from "./books.ts";
import {
  AGREEMENTS,
  approver,
  collected,
  found,
  LABORATORIES,
  manager,
  operator,
  PRODUCT_LABORATORY,
  REFINER,
  scaleAt,
  sure,
  termsOf,
  WORKS,
} from "./firms.ts";
import { by } from "./teller.ts";

/** Where a life may begin: with what was collected, with two lots assayed, or with oxides that have a passport and orders. */
export const STARTS = ["collected", "assayed", "certified"] as const;
export type StartName = (typeof STARTS)[number];

export interface Start {
  readonly books: Books;
  readonly auditor: Auditor;
}

const BEGINS = "2026-03-01T08:00:00.000Z";
const told = new Map<StartName, Promise<Start>>();

/** Told once, then copied. */
export function startAt(name: StartName): Promise<Start> {
  const before = told.get(name);
  if (before) return before;
  const start = tellStart(name);
  told.set(name, start);
  return start;
}

async function tellStart(name: StartName): Promise<Start> {
  const books = Books.empty(BEGINS);
  for (const one of STARTS) {
    await TELLS[one](books);
    if (one === name) break;
  }
  const auditor = new Auditor();
  auditor.take(books.ports.store.log);
  return { books, auditor };
}

const TELLS: Readonly<Record<StartName, (books: Books) => Promise<void>>> = {
  async collected(books) {
    await found(books);
    const trucks = [
      ["MA-1", "rec-a", 600],
      ["MA-2", "rec-a", 300],
      ["MB-1", "rec-b", 400],
    ] as const;
    for (const [lot, owner, kg] of trucks) {
      const [raw, site] = [
        await collected(books, `C-${lot}`, owner, kg),
        owner === "rec-a" ? "yard-a" : "yard-b",
      ];
      const cold = {
        ...{ step: `S-${lot}`, kind: "demagnetise", site, inputs: [{ lot: raw }] },
        outputs: [{ lot, kind: "magnets", mass: `${kg - 2} kg`, scale: scaleAt(site) }],
        losses: [{ place: "burnt adhesive and coating", mass: "2 kg", scale: scaleAt(site) }],
      };
      await sure(books, "prepare step", cold, operator(owner));
    }
  },
  async assayed(books) {
    for (const [id, supplier] of Object.entries(AGREEMENTS)) {
      await sure(books, "settle agree", { agreement: termsOf(id) }, manager(supplier));
      await sure(books, "settle accept", { agreement: id, version: 1 }, manager(REFINER));
    }
    await brought(books, { lot: "MA-1", from: "yard-a", kg: 598, nd: 224_600 });
    await brought(books, { lot: "MB-1", from: "yard-b", kg: 398, nd: 236_000 });
  },
  async certified(books) {
    await settled(books, { agreement: "A-1", lot: "MA-1" });
    await refined(books, "MA-1");
    await brought(books, { lot: "MA-2", from: "yard-a", kg: 298, nd: 236_000 });
    await settled(books, { agreement: "A-1", lot: "MA-2" });
    await mixed(books);
    await certified(books);
  },
};

/** Sent, received, sampled and assayed by both; the supplier's laboratory finds 224,000 mg/kg of neodymium. */
async function brought(books: Books, given: { lot: string; from: string; kg: number; nd: number }) {
  const { lot, from, kg, nd } = given;
  const shipment = `B-${lot}`;
  const weighed = (site: string) => [{ lot, mass: `${kg} kg`, scale: scaleAt(site) }];
  const sending = { shipment, from, to: WORKS, carrier: "car", lots: weighed(from) };
  await sure(books, "ship send", sending, by("weigher@rec-a"));
  books.clock.advance(20);
  await sure(books, "ship receive", { shipment, lots: weighed(WORKS) }, by("weigher@ref"));
  const sample = `Y-${lot}`;
  const portions = ["supplier", "processor", "umpire"].map((side) => ({
    ...{ side, seal: `${sample}-${side}`, mass: "150 g" },
  }));
  await sure(books, "assay sample", { sample, lot, increments_count: 20, portions }, by("sampler@ref"));
  for (const [side, best] of [
    ["supplier", 224_000],
    ["processor", nd],
  ] as const) {
    const others = { Pr: { best: 52_000, sd: 200 }, Dy: { below: 50 }, Fe: { best: 645_000, sd: 2500 } };
    const report = {
      ...{ sample, side, laboratory: LABORATORIES[side], method: "ICP-OES" },
      ...{ mg_per_kg: { Nd: { best, sd: 900 }, ...others }, moisture_pct: { best: 0.4, sd: 0.02 } },
    };
    await sure(books, "assay report", report, by(`chemist@${LABORATORIES[side]}`));
  }
}

const settled = (books: Books, { agreement, lot }: { agreement: string; lot: string }) =>
  sure(books, "settle lot", { agreement, sample: `Y-${lot}`, shipment: `B-${lot}` }, manager(REFINER));

/** Dissolved, iron taken out, separated, fired: two oxides. */
async function refined(books: Books, lot: string) {
  const scale = scaleAt(WORKS);
  const step = (kind: string, input: object) =>
    sure(books, "prepare step", { kind, site: WORKS, ...input }, operator(REFINER));
  await step("dissolve", {
    ...{ step: "S-D", inputs: [{ lot }], additions: [{ name: "acid", mass: "5000 kg", scale }] },
    outputs: [
      { lot: "LIQUOR", kind: "solution", mass: "5550 kg", scale },
      { lot: "RESIDUE", kind: "residue", mass: "36 kg", scale },
    ],
    losses: [{ place: "hydrogen and water vapour", mass: "12 kg", sd: "50 g" }],
  });
  await step("remove_iron", {
    ...{ step: "S-I", inputs: [{ lot: "LIQUOR" }], additions: [{ name: "base", mass: "550 kg", scale }] },
    outputs: [
      { lot: "CLEAN", kind: "solution", mass: "4770 kg", scale },
      { lot: "CAKE", kind: "iron_cake", mass: "1330 kg", scale },
    ],
  });
  // Two parts wait for another day on the columns.
  await step("split", {
    ...{ step: "S-P", inputs: [{ lot: "CLEAN" }] },
    outputs: [
      { lot: "SOLUTION", kind: "solution", mass: "3770 kg", sd: "10 g" },
      { lot: "SPARE-1", kind: "solution", mass: "600 kg", sd: "10 g" },
      { lot: "SPARE-2", kind: "solution", mass: "400 kg", sd: "10 g" },
    ],
  });
  const planned = { campaign: "K-0", lot: "SOLUTION", columns: ["works-c1"], targets: { Nd: 0.9, Pr: 0.9 } };
  await sure(books, "refine plan", planned, by("process engineer@ref"));
  books.clock.advance(400);
  await ran(books);
  for (const [from, oxide, kg, gone] of [
    ["F-ND", "Nd2O3", 113.8, 2414.2],
    ["F-PR", "Pr6O11", 26.5, 842.5],
  ] as const)
    await step("calcine", {
      ...{ step: `S-${from}`, inputs: [{ lot: from }] },
      outputs: [{ lot: `OX-${oxide.slice(0, 2)}`, kind: "oxide", product: oxide, mass: `${kg} kg`, scale }],
      losses: [{ place: "carbon dioxide and water", mass: `${gone} kg`, sd: "1 kg" }],
    });
}

/** Half of a second feed is dissolved while the umpire is awaited, and joins the first in one solution. */
async function mixed(books: Books) {
  const scale = scaleAt(WORKS);
  const step = (kind: string, input: object) =>
    sure(books, "prepare step", { kind, site: WORKS, ...input }, operator(REFINER));
  await step("dissolve", {
    ...{ step: "S-D2", inputs: [{ lot: "MA-2", mass: "149 kg" }] },
    additions: [{ name: "acid", mass: "1250 kg", scale }],
    outputs: [
      { lot: "LIQUOR-2", kind: "solution", mass: "1387 kg", scale },
      { lot: "RESIDUE-2", kind: "residue", mass: "9 kg", scale },
    ],
    losses: [{ place: "hydrogen and water vapour", mass: "3 kg", sd: "50 g" }],
  });
  await step("remove_iron", {
    ...{ step: "S-I2", inputs: [{ lot: "LIQUOR-2" }], additions: [{ name: "base", mass: "138 kg", scale }] },
    outputs: [
      { lot: "CLEAN-2", kind: "solution", mass: "1192 kg", scale },
      { lot: "CAKE-2", kind: "iron_cake", mass: "333 kg", scale },
    ],
  });
  await step("blend", {
    ...{ step: "S-M", inputs: [{ lot: "CLEAN-2", mass: "900 kg" }, { lot: "SPARE-2" }] },
    outputs: [{ lot: "MIX", kind: "solution", mass: "1300 kg", scale }],
  });
}

async function ran(books: Books) {
  const scale = scaleAt(WORKS);
  const content = (mg_per_kg: object) => ({ by: "assay", laboratory: "lab-b", mg_per_kg });
  const fraction = (lot: string, mass: string, found: object) => ({
    ...{ lot, kind: "fraction", mass, scale, content: content(found) },
  });
  const run = {
    ...{ step: "S-K", site: WORKS, inputs: [{ lot: "SOLUTION" }] },
    additions: [{ name: "displacer", mass: "2000 kg", scale }],
    outputs: [
      fraction("F-ND", "2528 kg", { Nd: { best: 38_000, sd: 200 }, Pr: { best: 2, sd: 0.1 } }),
      fraction("F-PR", "869 kg", { Pr: { best: 25_400, sd: 130 }, Nd: { best: 20, sd: 1 } }),
      { lot: "ROUND", kind: "solution", mass: "1373 kg", scale, content: { by: "rest" } },
    ],
    losses: [{ place: "spent eluate", mass: "1000 kg", sd: "1 kg", content: { by: "none" } }],
  };
  const products = { "F-ND": "Nd", "F-PR": "Pr" };
  await sure(books, "refine record-run", { campaign: "K-0", products, run }, by("process engineer@ref"));
}

/** The oxide of neodymium is analysed, certified, has its passport, and an order waits for it. */
async function certified(books: Books) {
  const sample = "Q-ND";
  const drawn = { sample, lot: "OX-Nd", purpose: "product", portions: [{ side: "product" }] };
  await sure(books, "assay sample", drawn, by("sampler@ref"));
  const analytes = ["Y2O3", "La2O3", "CeO2", "Pr6O11", "Sm2O3", "Eu2O3", "Gd2O3", "Tb4O7", "Dy2O3"];
  const results = [...analytes, "Ho2O3", "Er2O3", "Tm2O3", "Yb2O3", "Lu2O3", "Fe2O3"].map((analyte) => ({
    ...{ analyte, mg_per_kg: "<1" },
  }));
  const report = {
    ...{ sample, side: "product", laboratory: PRODUCT_LABORATORY, method: "ICP-MS", results },
    ...{ analysed_on: books.now.slice(0, 10), reo_pct: "99.6", loi_pct: "0.3" },
  };
  await sure(books, "assay report", report, by(`chemist@${PRODUCT_LABORATORY}`));
  await sure(
    books,
    "assay release",
    { sample, side: "product" },
    by(`quality manager@${PRODUCT_LABORATORY}`),
  );
  const certificate = { lot: "OX-Nd", sample, convention: "half_limit", check: ["4N", "3N"] };
  await sure(books, "certify release", certificate, approver(REFINER));
  await sure(books, "certify issue", { lot: "OX-Nd", issuer: REFINER, passport: "P-ND" }, approver(REFINER));
  const order = { order: "O-ND", buyer: "buy-a", seller: "rec-a", oxide: "Nd2O3", specification: "4N" };
  await sure(books, "orders place", { ...order, mass: "100 kg", due: "2099-12-31" }, manager("rec-a"));
  await sure(books, "orders allocate", { order: "O-ND", lot: "OX-Nd", mass: "40 kg" }, by("planner@rec-a"));
}
