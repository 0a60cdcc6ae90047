import { SAMPLE_AGREEMENT } from "../../src/app/settle/sample-agreement.ts";
import type { Actor } from "../../src/ledger/index.ts";
import type { Books } from "./books.ts";
import { must } from "./red.ts";
import { by } from "./teller.ts";

/** Two recyclers send to one refiner; two buyers order from all three. */
export const RECYCLERS = ["rec-a", "rec-b"] as const;
export const REFINER = "ref";
export const BUYERS = ["buy-a", "buy-b"] as const;
export const SELLERS = [...RECYCLERS, REFINER] as const;
export const LABORATORIES = { supplier: "lab-a", processor: "lab-b", umpire: "lab-u" } as const;
export const PRODUCT_LABORATORY = "lab-q";
export const CARRIER = "car";
export const WORKS = "works";
export const SITES = { "yard-a": "rec-a", "yard-b": "rec-b", [WORKS]: REFINER } as const;
export const COLUMNS = ["works-c1", "works-c2"] as const;
/** Agreements by number, and who delivers under them. */
export const AGREEMENTS = { "A-1": "rec-a", "A-2": "rec-a", "B-1": "rec-b" } as const;

export const manager = (party: string): Actor => by(`commercial manager@${party}`);
export const operator = (party: string): Actor => by(`operator@${party}`);
export const approver = (party: string): Actor => by(`approver@${party}`);
export const scaleAt = (site: string): string => `${site}-floor`;

/** Whose site it is; whoever's lot stands there is worked on by its people. */
export const firmAt = (site: string): string => (SITES as Record<string, string>)[site] ?? REFINER;

const PAID = ["Nd", "Pr", "Dy"];

/** Terms of one agreement; three elements are paid for. */
export const termsOf = (id: string, change: object = {}): object => ({
  ...SAMPLE_AGREEMENT,
  id,
  parties: { supplier: (AGREEMENTS as Record<string, string>)[id] ?? "rec-a", processor: REFINER },
  elements: SAMPLE_AGREEMENT.elements.filter(({ element }) => PAID.includes(element)),
  ...change,
});

/** A command that a start rests on: it is done. */
export async function sure(books: Books, verb: string, input: object, actor: Actor): Promise<void> {
  const { code, why } = await books.ask(verb, input, actor);
  must(code === "done", "a start is told", () => `${verb} ${JSON.stringify(input)}: ${code}: ${why}`);
}

const KINDS: Readonly<Record<string, string>> = {
  ...{ "rec-a": "recycler", "rec-b": "recycler", ref: "refiner", "lab-a": "laboratory" },
  ...{ "lab-b": "laboratory", "lab-u": "laboratory", "lab-q": "laboratory", car: "carrier" },
  ...{ "buy-a": "buyer", "buy-b": "buyer" },
};

/** Parties, sites, scales and columns, buyers who may order. */
export async function found(books: Books): Promise<void> {
  const auditor = by("auditor@rec-a");
  for (const [party, kind] of Object.entries(KINDS))
    await sure(books, "programme register-party", { party, name: party, kind, sample: true }, auditor);
  for (const [site, party] of Object.entries(SITES)) {
    const capabilities =
      site === WORKS
        ? ["store", "dissolve", "remove_iron", "chromatograph", "precipitate", "calcine"]
        : ["intake", "store", "demagnetise"];
    const place = { site, party, name: site, zip: site === "yard-b" ? "46060" : "46168", country: "US" };
    await sure(books, "programme register-site", { ...place, capabilities }, by(`planner@${party}`));
    const scale = { unit: scaleAt(site), site, kind: "scale", name: "floor", scale_sd: "20 g" };
    await sure(books, "programme register-unit", scale, by(`planner@${party}`));
  }
  for (const unit of COLUMNS) {
    const column = { unit, site: WORKS, kind: "column", name: unit, diameter_mm: 457.2, bed_length_mm: 100 };
    await sure(books, "programme register-unit", column, by(`planner@${REFINER}`));
  }
  for (const buyer of BUYERS) {
    const terms = { buyer, segment: "commercial", trial_limit: "20 kg" };
    await sure(books, "orders register-buyer", terms, manager(REFINER));
    for (const to of buyer === "buy-a" ? ["trial", "qualified"] : ["trial"])
      await sure(books, "orders qualify", { buyer, to, why: "agreed", evidence: "QA-1" }, manager(REFINER));
  }
}

/** A truck of loose magnets at a yard, as one lot of the recycler's. */
export async function collected(
  books: Books,
  consignment: string,
  owner: string,
  kg: number,
): Promise<string> {
  const lead = by(`intake lead@${owner}`);
  const site = owner === "rec-a" ? "yard-a" : "yard-b";
  const pallet = {
    pallet: `P-${consignment}`,
    gross: `${kg + 200} kg`,
    tare: "200 kg",
    scale: scaleAt(site),
  };
  const from = { owner, site, from_zip: "46168", collected_in: { country: "US", region: "IN" } };
  const feedstock = { class: "pre_consumer_reject", evidence: "declaration DM-4" };
  await sure(books, "intake receive", { consignment, ...from, feedstock, pallets: [pallet] }, lead);
  const text = `description,qty\nloose NdFeB magnets from voice coils,${kg * 35}\n`;
  await sure(books, "intake read-manifest", { consignment, name: "magnets.csv", text }, lead);
  const bare = { consignment, row: 1, data_bearing: "no", why: "bare magnets" };
  await sure(books, "intake correct-line", bare, lead);
  await sure(books, "intake open-lots", { consignment }, lead);
  const [lot] = await books.all("lot", { made_by: consignment });
  must(lot !== undefined, "a start is told", () => `${consignment} opened no lot`);
  return lot.id;
}
