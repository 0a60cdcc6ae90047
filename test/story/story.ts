import { SAMPLE_AGREEMENT } from "../../src/app/settle/sample-agreement.ts";
import { noticesTold } from "./notices.ts";
import { people } from "./people.ts";
import { type Also, also, given, line, type Shown, type Step, shown, wait } from "./step.ts";
import { retention, trust } from "./trust.ts";

export type { Also, Shown, Step };

const RECYCLER = "sample-recycler";
const REFINER = "sample-refiner";
const plainfield = { site: "plainfield" };
const noblesville = { site: "noblesville" };
/** All that a certificate of Nd2O3 must show besides the two readings of the example. */
const TRACES =
  "Y2O3 La2O3 CeO2 Sm2O3 Eu2O3 Gd2O3 Tb4O7 Ho2O3 Er2O3 Tm2O3 Yb2O3 Lu2O3 Dy2O3 Fe2O3 SiO2 CaO".split(" ");
const weighed = (mass: string) => ({ mass, scale: "noblesville-floor" });

function programme(): Step[] {
  const party = (id: string, kind: string) =>
    also("programme register-party", "auditor", {
      party: id,
      name: id.replace(/(^|-)([a-z])/g, (_, _dash, letter) => ` ${letter.toUpperCase()}`).trim(),
      kind,
      sample: true,
    });
  const scale = (site: string, name: string, scale_sd: string) =>
    also("programme register-unit", `planner@${site === "noblesville" ? REFINER : RECYCLER}`, {
      ...{ unit: `${site}-${name}`, site, kind: "scale", name, scale_sd },
    });
  const column = (nth: number) =>
    also("programme register-unit", `planner@${REFINER}`, {
      ...{ unit: `noblesville-c${nth}`, ...noblesville, kind: "column", name: `Column ${nth}` },
      ...{ diameter_mm: 457.2, bed_length_mm: 1000 },
    });
  return [
    shown("programme roles"),
    shown("programme register-party"),
    party(REFINER, "refiner"),
    party("sample-lab-a", "laboratory"),
    party("sample-lab-b", "laboratory"),
    party("sample-carrier", "carrier"),
    party("sample-buyer-a", "buyer"),
    shown("programme change-party"),
    shown("programme parties"),
    shown("programme register-site"),
    also("programme register-site", `planner@${REFINER}`, {
      ...{ ...noblesville, party: REFINER, name: "Noblesville refinery", zip: "46060" },
      country: "US",
      capabilities: ["store", "dissolve", "remove_iron", "chromatograph", "precipitate", "calcine"],
    }),
    shown("programme change-site"),
    shown("programme sites"),
    shown("programme register-unit"),
    column(2),
    column(3),
    scale("plainfield", "floor", "100 g"),
    scale("plainfield", "bench", "5 g"),
    scale("noblesville", "floor", "100 g"),
    shown("programme change-unit"),
    shown("programme units"),
    shown("programme register-method"),
    shown("programme change-method"),
    shown("programme methods"),
    shown("programme define-product"),
    shown("programme products"),
  ];
}

/** A truck of devices by the examples; before it, one of magnets that were taken out elsewhere. */
function intake(): Step[] {
  const loose = { consignment: "C-0" };
  return [
    also("intake receive", "intake lead", {
      ...{ ...loose, owner: RECYCLER, from_zip: "46168", collected_in: { country: "US", region: "IN" } },
      feedstock: { class: "pre_consumer_reject", evidence: "declaration of the drive maker, DM-4" },
      pallets: [{ pallet: "P-0", gross: "1470 kg", tare: "210 kg", scale: "plainfield-floor" }],
    }),
    also("intake read-manifest", "intake lead", {
      ...{ ...loose, name: "magnets.csv" },
      text: "description,qty\nloose NdFeB magnets from voice coils,90000\n",
    }),
    also("intake correct-line", "intake lead", { ...loose, row: 1, data_bearing: "no", why: "bare magnets" }),
    also("intake open-lots", "intake lead", loose),
    shown("intake offer"),
    shown("intake receive"),
    shown("intake state-provenance"),
    shown("intake weigh-pallets"),
    shown("intake read-manifest"),
    shown("intake findings"),
    shown("intake correct-line"),
    shown("intake resolve-row"),
    shown("intake lines"),
    shown("intake open-lots"),
    shown("intake desk"),
    wait(24),
    shown("intake sanitize"),
    shown("intake sanitizations"),
    shown("intake certificate"),
    also("intake sanitize", "operator", {
      consignment: "C-1",
      records: [
        ["1", 599],
        ["2", 40],
        ["4", 6],
      ].map(([row, devices]) => ({
        ...{ row: Number(row), revision: "2", devices, method: "destroy", technique: "shred to 6 mm" },
        media: { type: "as on the line", manufacturer: "as on the line", model: "as on the line" },
        ...{ tool: "drive shredder", verification: { method: "count", result: "passed" } },
        ...{ sanitized_by: "operator", validated_by: "approver", place: "plainfield" },
        destination: "metal recycling",
      })),
    }),
    shown("intake issue-certificate"),
    shown("intake list"),
    shown("intake show"),
    shown("identify lines"),
    shown("identify lot"),
    shown("identify learn"),
    shown("identify xrf"),
    shown("identify correct"),
    shown("identify wordings"),
  ];
}

function prepare(): Step[] {
  return [
    shown("prepare kinds"),
    shown("prepare step"),
    also("prepare step", "operator", {
      ...{ step: "S-2", kind: "demagnetise", ...plainfield, inputs: [{ lot: "C-1-MAGNETS" }] },
      outputs: [{ lot: "C-1-COLD", kind: "magnets", mass: "7.3 kg", scale: "plainfield-bench" }],
    }),
    shown("prepare reverse"),
    shown("prepare define-kind"),
    also("prepare step", "operator", {
      ...{ step: "S-3", kind: "demagnetise", ...plainfield, inputs: [{ lot: "C-0-M" }] },
      outputs: [{ lot: "L-MAGNETS", kind: "magnets", mass: "1250.0 kg", scale: "plainfield-floor" }],
      losses: [{ place: "burnt adhesive and coating", mass: "10 kg", scale: "plainfield-floor" }],
    }),
    shown("prepare steps"),
    shown("ledger lots"),
    shown("ledger lot"),
    shown("ledger step"),
    shown("ledger stocktake"),
    shown("ledger stocktakes"),
  ];
}

function ship(): Step[] {
  return [
    shown("ship send"),
    shown("ship list"),
    shown("ship receive"),
    shown("ship correct-weight"),
    shown("ship show"),
    // Once both firms have weighed the same lots there are pairs of scales to show.
    shown("ledger instrument"),
    shown("ledger runs"),
    shown("assay sample"),
    shown("assay waiting"),
    shown("assay list"),
    shown("assay report"),
    shown("assay release"),
    also("assay report", "chemist", {
      ...{ sample: "Y-1", side: "processor", laboratory: "sample-lab-b", method: "ICP-OES" },
      mg_per_kg: {
        Nd: { best: 225_400, sd: 900 },
        Pr: { best: 30_100, sd: 150 },
        Dy: { best: 13_040, sd: 80 },
        Tb: { below: 50 },
      },
      moisture_pct: { best: 0.4, sd: 0.02 },
    }),
    shown("assay consent"),
    shown("assay show"),
    ...ownLotAssayed(),
    shown("assay register-reference"),
    shown("assay measure-reference"),
    shown("assay references"),
    shown("assay control-chart"),
  ];
}

/** A lot that nobody settles is sampled by its own firm: one laboratory says what the manifest only foretold. */
function ownLotAssayed(): Step[] {
  const sample = "Y-2";
  const portion = (side: string, nth: number) => ({ side, seal: `Y-2-${nth}`, mass: "100 g" });
  return [
    also("assay sample", "sampler", {
      ...{ sample, lot: "C-1-MAGNETS", method: "increments while it was poured", increments_count: 20 },
      portions: [portion("supplier", 1), portion("processor", 2), portion("umpire", 3)],
      sampling_sd: { Nd: { relative: "0.01" }, Pr: { relative: "0.02" } },
      moisture_sd_pct: "0.05",
    }),
    also("assay report", "chemist", {
      ...{ sample, side: "supplier", laboratory: "sample-lab-a", method: "ICP-OES after acid digestion" },
      mg_per_kg: { Nd: { best: 228_000, sd: 950 }, Pr: { best: 27_000, sd: 200 } },
      moisture_pct: { best: 0.2, sd: 0.02 },
    }),
    also("assay release", "quality manager", { sample, side: "supplier" }),
    shown("assay book-results"),
  ];
}

function settle(): Step[] {
  return [
    shown("settle statement"),
    shown("settle agree"),
    shown("settle accept"),
    also("settle agree", "commercial manager", {
      agreement: {
        ...SAMPLE_AGREEMENT,
        id: "A-2026-02",
        title: "Sample toll agreement for magnets by the truck",
      },
    }),
    also("settle accept", `commercial manager@${REFINER}`, { agreement: "A-2026-02", version: 1 }),
    shown("settle agreements"),
    shown("settle agreement"),
    shown("settle lot"),
    shown("settle statements"),
    shown("settle move-lot"),
  ];
}

function refine(): Step[] {
  const at = noblesville;
  const oxide = { oxide: "Nd2O3" };
  return [
    also("prepare step", `operator@${REFINER}`, {
      ...{ step: "S-4", kind: "dissolve", ...at, inputs: [{ lot: "L-MAGNETS" }] },
      additions: [{ name: "hydrochloric acid and water", ...weighed("11250 kg") }],
      outputs: [
        { lot: "L-LIQUOR", kind: "solution", ...weighed("12400 kg") },
        { lot: "L-RESIDUE", kind: "residue", ...weighed("76.1 kg") },
      ],
      losses: [{ place: "hydrogen and water vapour", mass: "24 kg", sd: "1 kg" }],
    }),
    also("prepare step", `operator@${REFINER}`, {
      ...{ step: "S-5", kind: "remove_iron", ...at, inputs: [{ lot: "L-LIQUOR" }] },
      additions: [{ name: "base and water", ...weighed("1376 kg") }],
      outputs: [
        { lot: "L-SOLUTION", kind: "solution", ...weighed("10772 kg") },
        { lot: "L-IRON", kind: "iron_cake", ...weighed("3004 kg") },
      ],
    }),
    ...["simulate", "select", "calibrate", "accept-packing", "scale-up", "design"].map((verb) =>
      shown(`column ${verb}`),
    ),
    shown("refine systems"),
    shown("refine design"),
    shown("refine plan"),
    shown("refine list"),
    shown("refine record-run"),
    shown("refine show"),
    also("refine plan", `process engineer@${REFINER}`, {
      ...{ campaign: "K-2", lot: "L-RECYCLE", at: "2099-01-12T06:00:00Z" },
      columns: ["noblesville-c1", "noblesville-c2", "noblesville-c3"],
      targets: { Dy: 0.99, Nd: 0.9999, Pr: 0.99 },
    }),
    shown("refine move"),
    shown("refine cancel"),
    also("prepare step", `operator@${REFINER}`, {
      ...{ step: "S-6", kind: "precipitate", ...at, inputs: [{ lot: "L-ND" }] },
      additions: [{ name: "oxalic acid", ...weighed("486 kg") }],
      outputs: [{ lot: "L-OXALATE", kind: "oxalate", ...weighed("660 kg") }],
      losses: [{ place: "filtrate", mass: "10308 kg", sd: "15 kg" }],
    }),
    also("prepare step", `operator@${REFINER}`, {
      ...{ step: "S-7", kind: "calcine", ...at, inputs: [{ lot: "L-OXALATE" }] },
      outputs: [{ lot: "L-FURNACE", kind: "oxide", ...weighed("303.6 kg"), notes: oxide }],
      losses: [{ place: "carbon dioxide and water", ...weighed("356.4 kg") }],
    }),
    also("prepare step", `operator@${REFINER}`, {
      ...{ step: "S-8", kind: "split", ...at, inputs: [{ lot: "L-FURNACE" }] },
      outputs: [
        { lot: "L-OXIDE", kind: "oxide", ...weighed("300 kg"), notes: oxide },
        { lot: "L-OXIDE-2", kind: "oxide", ...weighed("3.6 kg"), notes: oxide },
      ],
    }),
  ];
}

function certify(): Step[] {
  const results = [
    { analyte: "Pr6O11", mg_per_kg: "22", u: "2" },
    ...TRACES.map((analyte) => ({ analyte, mg_per_kg: "<1" })),
  ];
  return [
    shown("settle return-oxide"),
    shown("settle take-back-return"),
    shown("settle pass-title"),
    shown("settle account"),
    also("assay sample", `sampler@${REFINER}`, {
      ...{ sample: "Q-1", lot: "L-OXIDE", purpose: "product", increments_count: 12 },
      portions: [
        { side: "product", seal: "Q-1-1", mass: "50 g" },
        { side: "retained", seal: "Q-1-2", mass: "50 g" },
      ],
    }),
    wait(20 * 24),
    also("assay report", "chemist", {
      ...{ sample: "Q-1", side: "product", laboratory: "sample-lab-a", method: "ICP-MS with reaction gas" },
      ...{ analysed_on: "2026-03-20", results, reo_pct: "99.6", loi_pct: "0.3" },
    }),
    also("assay release", "quality manager@sample-lab-a", { sample: "Q-1", side: "product" }),
    shown("certify analyse"),
    shown("certify specifications"),
    shown("certify release"),
    shown("certify certificate"),
    shown("certify issue"),
    shown("certify passports"),
    shown("certify passport"),
    shown("certify credential"),
    shown("certify bundle"),
    shown("certify issuers"),
    shown("certify verify"),
    line("certify", "didym certify credential --passport P-1 > passport.json"),
    line("certify", "didym certify bundle --passport P-1 > bundle.json"),
    line("certify", "didym certify issuers --party sample-refiner > trusted.json"),
    line("certify", "didym certify verify passport.json --trust trusted.json --bundle bundle.json"),
  ];
}

function orders(): Step[] {
  const terms = { buyer: "sample-buyer-a", seller: RECYCLER, oxide: "Nd2O3", specification: "4N" };
  return [
    shown("orders register-buyer"),
    shown("orders qualify"),
    shown("orders buyers"),
    shown("orders place"),
    also("orders place", "commercial manager", { ...terms, order: "O-2", mass: "1 kg", due: "2099-12-31" }),
    shown("orders list"),
    shown("orders on-offer"),
    shown("orders allocate"),
    shown("orders release"),
    also("orders allocate", "planner", { order: "O-1", lot: "L-OXIDE", mass: "2 kg" }),
    shown("orders ship"),
    shown("orders show"),
    shown("orders cancel"),
    shown("certify revoke"),
    ...["certify rotate-key", "certify retire-key"].map((verb) => shown(verb)),
  ];
}

/** The books as a whole, looked at when all has happened; and long work. */
function books(): Step[] {
  return [
    ...["trace", "balance", "material-balance", "balance-entries", "entries", "head"].map((v) =>
      shown(`ledger ${v}`),
    ),
    ...["entry-kinds", "as-of", "corrections", "rebuild"].map((verb) => shown(`ledger ${verb}`)),
    line("ledger", "didym ledger audit"),
    line("ledger", "didym ledger backup books.gz"),
    ...[1, 2].map(() => line("ledger", "didym ledger restore books.gz --data other")),
    ...["make-identity backup.key", "keep-backup backups"].map((w) => line("ledger", `didym ledger ${w}`)),
    ...["sbom", "licences"].map((verb) => line("trust", `didym trust ${verb}`)),
    ...["now", "plan", "find"].map((verb) => shown(`overview ${verb}`)),
    ...trust(),
    ...noticesTold(),
    ...people(),
    ...["controls", "cryptography", "evidence", "refusals"].map((verb) => shown(`trust ${verb}`)),
    line("trust", "didym trust write-evidence evidence --backups backups"),
    shown("jobs start"),
    given(async ({ jobs }) => {
      const asked = { use_case: "column/select", input: { ligand: "EDTA", feed: { Nd: 1, Pr: 1 } } };
      const actor = { role: "process engineer", party: REFINER, verified: false };
      await jobs?.add({ job: "J-7K2M9QXA", key: "j", request: "r", ...asked, about: {}, actor });
    }),
    shown("jobs list"),
    shown("jobs show"),
    shown("jobs cancel"),
  ];
}

/**
 * One small story in which the example of every use case can be performed, in the order of the loop. A verb stands in it once
 * as `shown`: there its example is told, as its `--help` prints it. What the examples need beside each other is `also` told.
 */
export const STORY: readonly Step[] = [
  ...programme(),
  ...intake(),
  ...prepare(),
  ...ship(),
  ...settle(),
  ...refine(),
  ...certify(),
  ...orders(),
  ...books(),
  ...retention(),
];
