import "../kit/show/no-eval.ts";
import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import { readMeasuredCsv } from "../../column/index.ts";
import { EDTA_COPPER } from "../../refine/index.ts";
import { type Settings, simulationInput } from "./settings.ts";

type Tree = { readonly [name: string]: unknown };

/** What the column was when the curve was measured, as `didym column simulate` takes it. */
export type Experiment = Tree & {
  readonly species: readonly { readonly name: string; readonly role?: string; readonly affinity?: number }[];
};

export interface ExperimentField {
  readonly path: readonly (string | number)[];
  readonly label: string;
  readonly value: number;
}

export interface Fittable {
  readonly parameter: string;
  readonly label: string;
}

const [PRODUCT] = MAGNET_ELEMENTS;
const { presaturant: PRESATURANT } = EDTA_COPPER;

/** Sample data: a front simulated with capacity 1500 mol/m³ and dispersion 1e-5 m²/s, rounded to a tenth. */
export const SAMPLE_CSV = `time_s,${PRODUCT}\n10600,0.1\n10800,0.3\n11000,0.6\n11200,1.3\n11400,2.8\n11600,5.7\n11800,11.3\n12000,20.6\n12200,33.6\n12400,48.1\n12600,61.1\n12800,71.0\n13000,77.8\n13200,82.2\n13400,85.0\n13600,86.8\n13800,88.0\n`;

export const SAMPLE: Experiment = {
  model: "equilibrium",
  bed: { length_m: 0.5, total_porosity: 0.7, capacity_mol_per_m3_bed: 1400 },
  flow: { superficial_velocity_m_per_s: 0.0007 },
  transport: { axial_dispersion_m2_per_s: 0.00002 },
  species: [
    { name: PRESATURANT, role: "presaturant", affinity: 1 },
    { name: PRODUCT, role: "product", affinity: 2 },
  ],
  initial_mol_per_m3: { [PRESATURANT]: 90 },
  inlet: [{ until_s: 15000, mol_per_m3: { [PRODUCT]: 90 } }],
};

/** The column under the sliders of the bench, without what the bench asks of it. */
export function fromBench(settings: Settings): Experiment {
  const { id: _id, ask: _ask, ...column } = simulationInput(settings, { cells: 100, points: 2 });
  return column;
}

const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ["_mol_per_m3_bed", "mol/m³ of bed"],
  ["_mol_per_m3", "mol/m³"],
  ["_kg_per_m3", "kg/m³"],
  ["_m2_per_s", "m²/s"],
  ["_m_per_s", "m/s"],
  ["_Pa_s", "Pa s"],
  ["_m", "m"],
  ["_s", "s"],
];

/** "axial_dispersion_m2_per_s" as the words and the unit in it. */
export function named(name: string): { readonly words: string; readonly unit: string } {
  const species = name.startsWith("affinity:") ? name.slice("affinity:".length) : undefined;
  if (species) return { words: `affinity of ${species}`, unit: "" };
  const [ending, unit] = UNITS.find(([end]) => name.endsWith(end)) ?? ["", ""];
  return { words: name.slice(0, name.length - ending.length).replaceAll("_", " "), unit };
}

const labelled = (name: string): string => {
  const { words, unit } = named(name);
  return unit ? `${words}, ${unit}` : words;
};

/** Every number of the experiment, with its place and its words. */
export function fieldsOf(of: Experiment): readonly ExperimentField[] {
  const fields: ExperimentField[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === "number") fields.push({ path, value, label: labelOf(of, path) });
    else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value))
        walk(inner, [...path, Array.isArray(value) ? Number(name) : name]);
  };
  walk(of, []);
  return fields;
}

function labelOf(of: Experiment, path: readonly (string | number)[]): string {
  const [first, second] = path;
  const last = String(path.at(-1));
  if (first === "species") return `affinity of ${of.species[Number(second)]?.name}`;
  if (first === "initial_mol_per_m3") return `${last} before the run, mol/m³`;
  if (first !== "inlet") return labelled(last);
  const step = `inlet ${Number(second) + 1}`;
  return last === "until_s" ? `${step} until, s` : `${last} in ${step}, mol/m³`;
}

/** The experiment with one number changed. */
export function withNumber(of: Experiment, path: readonly (string | number)[], value: number): Experiment {
  const put = (tree: unknown, [at, ...rest]: readonly (string | number)[]): unknown => {
    if (at === undefined) return value;
    if (Array.isArray(tree)) return tree.map((inner, k) => (k === at ? put(inner, rest) : inner));
    return { ...(tree as Tree), [at]: put((tree as Tree)[at], rest) };
  };
  return put(of, path) as Experiment;
}

const FITTED = [
  "capacity_mol_per_m3_bed",
  "axial_dispersion_m2_per_s",
  "film_coefficient_m_per_s",
  "pore_diffusivity_m2_per_s",
];

/** What can be fitted: transport and capacity that have a value to start from, and affinities against the presaturant's. */
export function fittableOf(of: Experiment): readonly Fittable[] {
  const given = fieldsOf(of).map(({ path }) => String(path.at(-1)));
  return [
    ...FITTED.filter((name) => given.includes(name)),
    ...of.species.slice(1).map(({ name }) => `affinity:${name}`),
  ].map((parameter) => ({ parameter, label: named(parameter).words }));
}

/** What is wrong with a measured curve, by its line; nothing where it can be fitted. */
export function faultOfCsv(csv: string, of: Experiment): string | undefined {
  const read = readMeasuredCsv(csv, "");
  if (!read.ok) return `${read.refusal.at.trim().replace(/^row/, "Line")}: ${read.refusal.message}`;
  const names = of.species.map(({ name }) => name);
  const stranger = Object.keys(read.value.mol_per_m3).find((name) => !names.includes(name));
  if (stranger) return `Line 1: ${stranger} is not among the species ${names.join(", ")}`;
  return read.value.time_s.length === 0 ? "Line 2: the curve has no rows" : undefined;
}

/** Five digits; very small and very large ones as 1.2e-5: transport spans many powers of ten, and few fonts have a raised minus. */
export function figure(value: number, digits = 5): string {
  const short = Number(value.toPrecision(digits));
  const usual = short === 0 || (Math.abs(short) >= 1e-3 && Math.abs(short) < 1e6);
  return usual ? String(short) : short.toExponential();
}

/** Two ends with the digits that tell them apart. */
export function figures(low: number, high: number): readonly [string, string] {
  const apart = Math.abs(high - low) / Math.max(Math.abs(low), Math.abs(high));
  const digits = apart > 0 ? Math.min(12, Math.max(5, 2 - Math.floor(Math.log10(apart)))) : 5;
  return [figure(low, digits), figure(high, digits)];
}
