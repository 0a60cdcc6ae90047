import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import { EDTA_COPPER } from "../../refine/index.ts";

/** What the sliders of the bench say. */
export interface Settings {
  readonly dy: number;
  readonly pr: number;
  readonly dy_nd: number;
  readonly nd_pr: number;
  readonly loading: number;
  readonly velocity_um_per_s: number;
  readonly length_m: number;
  readonly normality_mol_per_m3: number;
  readonly purity: number;
  /** Of a bed whose packing was accepted: dispersion over the velocity between the beads. Without one, as the beads have it. */
  readonly dispersivity_m?: number;
}

export interface Slider {
  readonly name: Exclude<keyof Settings, "dispersivity_m">;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly start: number;
}

/** Starts: hard-disk magnets (BRGM, J. Rare Earths 41 (2023) 621), EDTA selectivities (IUPAC SC-Database, 1978NLb), a bed of fine resin (planning values). */
export const SLIDERS: readonly Slider[] = [
  { name: "dy", label: "Dysprosium in the feed", unit: "mol %", min: 0.5, max: 20, step: 0.1, start: 3.9 },
  { name: "pr", label: "Praseodymium in the feed", unit: "mol %", min: 1, max: 50, step: 0.1, start: 12.4 },
  { name: "dy_nd", label: "Selectivity Dy/Nd", unit: "", min: 2, max: 60, step: 0.5, start: 49 },
  { name: "nd_pr", label: "Selectivity Nd/Pr", unit: "", min: 1.2, max: 4, step: 0.01, start: 1.62 },
  { name: "loading", label: "Loading", unit: "% of capacity", min: 5, max: 80, step: 1, start: 22 },
  {
    name: "velocity_um_per_s",
    label: "Velocity, empty column",
    unit: "µm/s",
    min: 50,
    max: 1500,
    step: 10,
    start: 200,
  },
  { name: "length_m", label: "Bed length", unit: "m", min: 0.3, max: 2, step: 0.05, start: 1 },
  { name: "normality_mol_per_m3", label: "Ligand", unit: "mol/m³", min: 20, max: 200, step: 5, start: 90 },
  { name: "purity", label: "Purity asked", unit: "%", min: 95, max: 99.99, step: 0.01, start: 99.9 },
];

export const START = Object.fromEntries(SLIDERS.map((s) => [s.name, s.start])) as unknown as Settings;

/** Settings from an address; what is missing or out of range stands at its start. */
export function settingsFrom(search: Readonly<Record<string, unknown>>): Settings {
  const read = SLIDERS.map(({ name, min, max, start }) => {
    const given = Number(search[name]);
    return [name, search[name] !== undefined && given >= min && given <= max ? given : start] as const;
  });
  const dispersivity_m = Number(search["dispersivity_m"]);
  return {
    ...(Object.fromEntries(read) as unknown as Settings),
    ...(dispersivity_m > 0 && dispersivity_m < 1 ? { dispersivity_m } : {}),
  };
}

const [ND, PR, DY] = MAGNET_ELEMENTS;
/** In the order they leave the column. */
export const PRODUCTS = [DY, ND, PR] as const;

const { presaturant: PRESATURANT, displacer: DISPLACER, bed: BED, fluid: FLUID } = EDTA_COPPER;
/** What the bench's column carries, in the order it leaves. */
export const SPECIES: readonly string[] = [PRESATURANT, ...PRODUCTS, DISPLACER];

/** What only carries is drawn paler than what is made: what was there before the most. */
export const strengthOf = (species: string): number =>
  species === PRESATURANT ? 0.25 : species === DISPLACER ? 0.5 : 1;

/** Presaturant and displacer stand so far outside the train that they do not touch its inner fronts. */
const OUTSIDE = 40;

const feedOf = ({ dy, pr }: Settings) => ({ [DY]: dy / 100, [ND]: 1 - (dy + pr) / 100, [PR]: pr / 100 });

/** The same input as `didym column simulate` takes. */
export function simulationInput(
  settings: Settings,
  ask: ({ readonly cells: number } | { readonly error_l1_max: number }) & { readonly points: number },
) {
  const { points, ...accuracy } = ask;
  const { length_m, normality_mol_per_m3: N } = settings;
  const superficial = settings.velocity_um_per_s * 1e-6;
  const feed = feedOf(settings);
  const load_s = ((settings.loading / 100) * length_m * BED.capacity_mol_per_m3_bed) / (superficial * N);
  const end_s = load_s + (1.1 * length_m * (BED.capacity_mol_per_m3_bed / N + 1)) / superficial;
  const nd = settings.dy_nd;
  const prAffinity = nd * settings.nd_pr;
  const { dispersivity_m } = settings;
  return {
    id: "bench",
    model: "film",
    bed: { length_m, ...BED },
    flow: { superficial_velocity_m_per_s: superficial },
    ...(dispersivity_m === undefined
      ? {}
      : { transport: { axial_dispersion_m2_per_s: (dispersivity_m * superficial) / BED.void_fraction } }),
    fluid: FLUID,
    species: [
      { name: PRESATURANT, role: "presaturant", affinity: 1 / OUTSIDE },
      { name: DY, role: "product", affinity: 1 },
      { name: ND, role: "product", affinity: nd },
      { name: PR, role: "product", affinity: prAffinity },
      { name: DISPLACER, role: "displacer", affinity: prAffinity * OUTSIDE },
    ],
    initial_mol_per_m3: { [PRESATURANT]: N },
    inlet: [
      { until_s: load_s, mol_per_m3: { [DY]: feed[DY] * N, [ND]: feed[ND] * N, [PR]: feed[PR] * N } },
      { until_s: end_s, mol_per_m3: { [DISPLACER]: N } },
    ],
    ask: {
      outlet_times_s: { from: 0, to: end_s, step: end_s / points },
      ...accuracy,
      cuts: PRODUCTS.map((species) => ({ species, purity_min: settings.purity / 100 })),
    },
  };
}

/** The same feed and bed as `didym column design` takes them: one zone, recycle, four plants to choose from. */
export function designRequest(settings: Settings) {
  const { dy_nd, nd_pr, length_m, normality_mol_per_m3, purity } = settings;
  return {
    feed: { mole_fractions: feedOf(settings) },
    affinities: { [DY]: 1, [ND]: dy_nd, [PR]: dy_nd * nd_pr },
    ligand: { normality_mol_per_m3 },
    bed: { length_m, ...BED },
    fluid: FLUID,
    specifications: Object.fromEntries(
      PRODUCTS.map((name) => [name, { purity_min: purity / 100, basis: "mole" }]),
    ),
    zones: 1,
    error_l1_max: 0.05,
    pareto: 4,
  };
}
