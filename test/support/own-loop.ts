import { readFileSync } from "node:fs";
import { say } from "./steps.ts";

const example = (name: string): string =>
  readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");
const parsed = (name: string): object => JSON.parse(example(name));

type Call = readonly [act: string, actor: string, body: object];

const scaled = { scale: "centre-scale" };
const refined = { scale: "refinery-scale" };
const found = (best: number, sd: number) => ({ best, sd });

/** The way of `examples/walk-the-loop.sh` in five parts, each on what the one before it left on the books. */
const PARTS: Readonly<Record<string, () => readonly Call[]>> = {
  founded: () => [
    ...["my-recycler recycler", "my-refiner refiner", "lab-one laboratory", "lab-two laboratory"]
      .concat("my-carrier carrier", "my-buyer buyer")
      .map((text): Call => {
        const [party = "", kind] = text.split(" ");
        return ["programme/register-party", "auditor@my-recycler", { party, name: `Own ${party}`, kind }];
      }),
    [
      "programme/register-site",
      "planner@my-recycler",
      {
        ...{ site: "centre", party: "my-recycler", name: "Own centre", zip: "46168" },
        capabilities: ["intake", "dismantle", "demagnetise", "store"],
      },
    ],
    [
      "programme/register-site",
      "planner@my-refiner",
      {
        ...{ site: "refinery", party: "my-refiner", name: "Own refinery", zip: "46060" },
        capabilities: ["store", "dissolve", "remove_iron", "chromatograph", "precipitate", "calcine"],
      },
    ],
    ...["centre", "refinery"].map(
      (site): Call => [
        "programme/register-unit",
        `planner@my-${site === "centre" ? "recycler" : "refiner"}`,
        { unit: `${site}-scale`, site, kind: "scale", name: `Scale of ${site}`, scale_sd: "5 g" },
      ],
    ),
    [
      "programme/register-unit",
      "planner@my-refiner",
      {
        ...{ unit: "column-1", site: "refinery", kind: "column", name: "Column 1" },
        ...{ diameter_mm: 457.2, bed_length_mm: 1000 },
      },
    ],
  ],
  received: () => [
    [
      "intake/receive",
      "intake lead@my-recycler",
      {
        ...{ consignment: "C-1", owner: "my-recycler", from_zip: "60601" },
        pallets: [{ pallet: "P-1", gross: "2110 kg", tare: "210 kg", stream: "data_bearing", ...scaled }],
      },
    ],
    [
      "intake/read-manifest",
      "intake lead@my-recycler",
      { consignment: "C-1", name: "loop-manifest.csv", text: example("loop-manifest.csv") },
    ],
    ["intake/open-lots", "intake lead@my-recycler", { consignment: "C-1" }],
  ],
  prepared: () => [
    [
      "prepare/step",
      "operator@my-recycler",
      {
        ...{ step: "S-1", kind: "dismantle", site: "centre", inputs: [{ lot: "C-1-D" }] },
        outputs: [
          { lot: "MAG", kind: "magnets", mass: "36.2 kg", ...scaled },
          { lot: "SCRAP", kind: "steel_aluminium_boards", mass: "1863.3 kg", ...scaled },
        ],
        losses: [{ place: "dust", mass: "0.5 kg", ...scaled }],
      },
    ],
    [
      "prepare/step",
      "operator@my-recycler",
      {
        ...{ step: "S-2", kind: "demagnetise", site: "centre", inputs: [{ lot: "MAG" }] },
        outputs: [{ lot: "DEM", kind: "magnets", mass: "35.8 kg", content: { by: "rest" }, ...scaled }],
        losses: [{ place: "burnt adhesive and coating", mass: "0.4 kg", ...scaled }],
      },
    ],
  ],
  refinable: () => [
    [
      "intake/resolve-row",
      "intake lead@my-recycler",
      { consignment: "C-1", row: 6, why: "an empty tray, looked at on the floor" },
    ],
    ["intake/sanitize", "operator@my-recycler", parsed("loop-sanitization.json")],
    ["intake/issue-certificate", "approver@my-recycler", { consignment: "C-1" }],
    [
      "ship/send",
      "weigher@my-recycler",
      {
        ...{ shipment: "B-1", from: "centre", to: "refinery", carrier: "my-carrier" },
        lots: [{ lot: "DEM", mass: "35.8 kg", pieces: 1, seals: ["A-1"], ...scaled }],
      },
    ],
    [
      "ship/receive",
      "weigher@my-refiner",
      { shipment: "B-1", lots: [{ lot: "DEM", mass: "35.796 kg", seals: ["A-1"], ...refined }] },
    ],
    ...settled(),
    [
      "prepare/step",
      "operator@my-refiner",
      {
        ...{ step: "S-3", kind: "dissolve", site: "refinery", inputs: [{ lot: "DEM" }] },
        additions: [{ name: "hydrochloric acid and water", mass: "322 kg", ...refined }],
        outputs: [
          { lot: "LIQUOR", kind: "solution", mass: "354.896 kg", ...refined },
          { lot: "RESIDUE", kind: "residue", mass: "2.2 kg", ...refined },
        ],
        losses: [{ place: "hydrogen and water vapour", mass: "0.7 kg", sd: "50 g" }],
      },
    ],
    [
      "prepare/step",
      "operator@my-refiner",
      {
        ...{ step: "S-4", kind: "remove_iron", site: "refinery", inputs: [{ lot: "LIQUOR" }] },
        additions: [{ name: "base and water", mass: "39.4 kg", ...refined }],
        outputs: [
          { lot: "FEED", kind: "solution", mass: "308.296 kg", ...refined },
          { lot: "IRON", kind: "iron_cake", mass: "86 kg", ...refined },
        ],
      },
    ],
  ],
  certified: () => [
    [
      "refine/plan",
      "process engineer@my-refiner",
      { campaign: "K-1", lot: "FEED", columns: ["column-1"], targets: { Nd: 0.9999, Pr: 0.99, Dy: 0.99 } },
    ],
    ["refine/record-run", "process engineer@my-refiner", ranAs("K-1")],
    [
      "prepare/step",
      "operator@my-refiner",
      {
        ...{ step: "S-6", kind: "precipitate", site: "refinery", inputs: [{ lot: "F-ND" }] },
        additions: [{ name: "oxalic acid", mass: "13.9 kg", ...refined }],
        outputs: [{ lot: "OXALATE", kind: "oxalate", mass: "18.9 kg", ...refined }],
        losses: [{ place: "filtrate", mass: "295 kg", sd: "500 g" }],
      },
    ],
    [
      "prepare/step",
      "operator@my-refiner",
      {
        ...{ step: "S-7", kind: "calcine", site: "refinery", inputs: [{ lot: "OXALATE" }] },
        outputs: [{ lot: "OXIDE", kind: "oxide", mass: "8.69 kg", notes: { oxide: "Nd2O3" }, ...refined }],
        losses: [{ place: "carbon dioxide and water", mass: "10.21 kg", ...refined }],
      },
    ],
    [
      "assay/sample",
      "sampler@my-refiner",
      { sample: "Q-1", lot: "OXIDE", purpose: "product", portions: [{ side: "product" }] },
    ],
    ["assay/report", "chemist@lab-two", parsed("loop-product-report.json")],
    ["assay/release", "quality manager@lab-two", { sample: "Q-1", side: "product" }],
    ["certify/release", "approver@my-refiner", parsed("loop-certificate.json")],
    ["certify/issue", "approver@my-refiner", { lot: "OXIDE", issuer: "my-refiner", passport: "P-1" }],
  ],
};

/** A run as it was recorded: three fractions, what goes round, what is lost. */
export function ranAs(campaign: string): object {
  const fraction = (lot: string, mass: string, mg_per_kg: object) => ({
    ...{
      lot,
      kind: "fraction",
      mass,
      ...refined,
      content: { by: "assay", laboratory: "lab-two", mg_per_kg },
    },
  });
  return {
    campaign,
    products: { "F-ND": "Nd", "F-PR": "Pr", "F-DY": "Dy" },
    run: {
      ...{ step: "S-5", site: "refinery", inputs: [{ lot: "FEED" }] },
      additions: [{ name: "ligand and displacer solution", mass: "180 kg", ...refined }],
      outputs: [
        fraction("F-ND", "300 kg", { Nd: found(25250, 100), Pr: found(0.6, 0.1) }),
        fraction("F-PR", "45 kg", { Pr: found(21900, 100), Nd: found(180, 5) }),
        fraction("F-DY", "20 kg", { Dy: found(21800, 100), Nd: found(150, 5) }),
        { lot: "RECYCLE", kind: "recycle", mass: "63.296 kg", content: { by: "rest" }, ...refined },
      ],
      losses: [{ place: "spent eluate", mass: "60 kg", sd: "500 g", content: { by: "none" } }],
    },
  };
}

/** Puts one's own loop on empty books, as others do who are not walked with: every part up to the one named. */
export async function ownLoop(base: string, until: keyof typeof PARTS & string): Promise<void> {
  for (const [part, calls] of Object.entries(PARTS)) {
    for (const [act, actor, body] of calls()) await say(base, act, await dated(base, body), actor);
    if (part === until) return;
  }
}

/** A product is analysed on the day its sample was drawn, by the clock of these books. */
async function dated(base: string, body: object): Promise<object> {
  if (!("analysed_on" in body) || !("sample" in body)) return body;
  const shown = await fetch(`${base}/api/assay/show?sample=${String(body.sample)}`);
  const { at } = (await shown.json()) as { at: string };
  return { ...body, analysed_on: at.slice(0, 10) };
}

/** The lot that arrived, assayed by both and settled under terms that both accepted. */
function settled(): readonly Call[] {
  return [
    [
      "assay/sample",
      "sampler@my-refiner",
      {
        ...{ sample: "Y-1", lot: "DEM", increments_count: 20 },
        portions: ["supplier", "processor", "umpire"].map((side, k) => ({
          ...{ side, seal: `Y-1-${k + 1}`, mass: "150 g" },
        })),
      },
    ],
    ...(
      [
        ["supplier", "lab-one", 224600],
        ["processor", "lab-two", 225400],
      ] as const
    ).map(
      ([side, laboratory, nd]): Call => [
        "assay/report",
        `chemist@${laboratory}`,
        {
          ...{ sample: "Y-1", side, laboratory, method: "ICP-OES", moisture_pct: found(0.4, 0.02) },
          mg_per_kg: {
            ...{ Nd: found(nd, 900), Pr: found(30000, 150), Dy: found(13000, 80), Tb: { below: 50 } },
            ...{ Fe: found(645000, 2500), Co: found(14000, 120), B: found(9500, 90) },
          },
        },
      ],
    ),
    ["settle/agree", "commercial manager@my-recycler", parsed("loop-agreement.json")],
    ["settle/accept", "commercial manager@my-refiner", { agreement: "A-1", version: 1 }],
    ["settle/lot", "commercial manager@my-refiner", { agreement: "A-1", sample: "Y-1", shipment: "B-1" }],
  ];
}
