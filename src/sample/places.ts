/** Public places of the two firms; parties are made up, and no term or person is real. Source: press, 2023 to 2025 (knowledge, commercial section 2). */
export const PARTIES = [
  { party: "sample-recycler", name: "Sample Recycler", kind: "recycler" },
  { party: "sample-refiner", name: "Sample Refiner", kind: "refiner" },
  { party: "sample-lab-a", name: "Sample Laboratory A", kind: "laboratory" },
  { party: "sample-lab-b", name: "Sample Laboratory B", kind: "laboratory" },
  { party: "sample-carrier", name: "Sample Carrier", kind: "carrier" },
  { party: "sample-buyer-a", name: "Buyer A", kind: "buyer" },
  { party: "sample-buyer-b", name: "Buyer B", kind: "buyer" },
  { party: "sample-customer-a", name: "Sample Customer A", kind: "customer" },
] as const;

const CENTRE = ["intake", "dismantle", "store", "sort"];
const LARGE_CENTRE = [...CENTRE, "shred", "demagnetise"];
const REFINERY = [
  "store",
  "decrepitate",
  "dissolve",
  "remove_iron",
  "chromatograph",
  "precipitate",
  "calcine",
  "dry",
];

export const SITES = [
  { site: "badin", party: "sample-recycler", name: "Badin centre", zip: "28009", capabilities: CENTRE },
  {
    site: "flower-mound",
    party: "sample-recycler",
    name: "Flower Mound centre",
    zip: "75028",
    capabilities: LARGE_CENTRE,
  },
  {
    site: "fresno",
    party: "sample-recycler",
    name: "Fresno centre",
    zip: "93725",
    capabilities: LARGE_CENTRE,
  },
  { site: "goodyear", party: "sample-recycler", name: "Goodyear centre", zip: "85338", capabilities: CENTRE },
  {
    site: "holliston",
    party: "sample-recycler",
    name: "Holliston centre",
    zip: "01746",
    capabilities: LARGE_CENTRE,
  },
  {
    site: "lincoln-park",
    party: "sample-recycler",
    name: "Lincoln Park centre",
    zip: "07035",
    capabilities: LARGE_CENTRE,
  },
  {
    site: "plainfield",
    party: "sample-recycler",
    name: "Plainfield centre",
    zip: "46168",
    capabilities: LARGE_CENTRE,
  },
  {
    site: "sumner",
    party: "sample-recycler",
    name: "Sumner centre",
    zip: "98390",
    capabilities: LARGE_CENTRE,
  },
  {
    site: "noblesville",
    party: "sample-refiner",
    name: "Noblesville refinery",
    zip: "46060",
    capabilities: REFINERY,
  },
  { site: "marion", party: "sample-refiner", name: "Marion refinery", zip: "46952", capabilities: REFINERY },
] as const;

/** Bed lengths are not public; one metre is a planning value. Diameters: 18 inch and 5 feet, as reported. */
export const COLUMNS = [
  { unit: "noblesville-c1", site: "noblesville", name: "Column 1", diameter_mm: 457.2, bed_length_mm: 1000 },
  { unit: "noblesville-c2", site: "noblesville", name: "Column 2", diameter_mm: 457.2, bed_length_mm: 1000 },
  { unit: "noblesville-c3", site: "noblesville", name: "Column 3", diameter_mm: 457.2, bed_length_mm: 1000 },
  { unit: "marion-c1", site: "marion", name: "Marion column 1", diameter_mm: 1524, bed_length_mm: 1000 },
] as const;

/** Where each sample site lies and each sample consignment was collected. */
export const SAMPLE_COUNTRY = "US";

/** Where each sample consignment comes from, and roughly how many drives it brings. */
export const COLLECTIONS = [
  {
    consignment: "C-2601",
    zip: "60601",
    state: "IL",
    name: "Chicago data centre",
    customer: "sample-customer-a",
    drives: 21_000,
    phones: 900,
    other: 300,
  },
  {
    consignment: "C-2602",
    zip: "10001",
    state: "NY",
    name: "New York offices",
    drives: 14_500,
    phones: 2_400,
    other: 500,
  },
  {
    consignment: "C-2603",
    zip: "94103",
    state: "CA",
    name: "San Francisco campus",
    drives: 17_800,
    phones: 5_200,
    other: 700,
  },
  {
    consignment: "C-2604",
    zip: "77002",
    state: "TX",
    name: "Houston offices",
    drives: 12_200,
    phones: 1_100,
    other: 400,
  },
  {
    consignment: "C-2605",
    zip: "98101",
    state: "WA",
    name: "Seattle data centre",
    drives: 24_300,
    phones: 600,
    other: 250,
  },
  {
    consignment: "C-2606",
    zip: "46204",
    state: "IN",
    name: "Indianapolis collection",
    customer: "sample-customer-a",
    drives: 3_100,
    phones: 3_900,
    other: 900,
  },
] as const;
