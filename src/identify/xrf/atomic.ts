import { ELEMENT_ROWS, GRID_KEV } from "./atomic-data.ts";

export type Shell = "K" | "L1" | "L2" | "L3";

export interface ShellData {
  readonly shell: Shell;
  readonly edge_keV: number;
  readonly jump: number;
  readonly fluorescence_yield: number;
}

export interface EmissionLine {
  readonly shell: Shell;
  readonly name: string;
  readonly energy_keV: number;
  readonly rate: number;
}

export interface Atom {
  readonly element: string;
  readonly shells: readonly ShellData[];
  readonly lines: readonly EmissionLine[];
  readonly total_cm2_per_g: readonly number[];
  readonly photo_cm2_per_g: readonly number[];
}

const numbers = (text: string): number[] => text.split(" ").map(Number);

function atomOf(row: string): Atom {
  const [element = "", shells = "", lines = "", total = "", photo = ""] = row.split("|");
  return {
    element,
    shells: shells
      .split(" ")
      .filter(Boolean)
      .map((text) => {
        const [shell = "", values = ""] = text.split(":");
        const [edge_keV = 0, jump = 1, fluorescence_yield = 0] = values.split(",").map(Number);
        return { shell: shell as Shell, edge_keV, jump, fluorescence_yield };
      }),
    lines: lines
      .split(" ")
      .filter(Boolean)
      .map((text) => {
        const [shell = "", values = ""] = text.split(":");
        const [name = "", energy, rate] = values.split(",");
        return { shell: shell as Shell, name, energy_keV: Number(energy), rate: Number(rate) };
      }),
    total_cm2_per_g: numbers(total),
    photo_cm2_per_g: numbers(photo),
  };
}

/** Edges, lines and attenuation by element. Source: see atomic-data.ts. */
export const ATOMS: ReadonlyMap<string, Atom> = new Map(
  ELEMENT_ROWS.split("\n").map((row) => {
    const atom = atomOf(row);
    return [atom.element, atom];
  }),
);

export function atom(element: string): Atom {
  const found = ATOMS.get(element);
  if (!found) throw new Error(`no atomic data of ${element}`);
  return found;
}

/**
 * Attenuation at an energy, straight in log-log between grid points on the same side of every edge; where only one lies
 * there, along the slope of photoabsorption, about E^-2.8.
 *
 * @param of "total" or "photo"
 * @returns cm2 per gram
 */
export function attenuation(of: Atom, kind: "total" | "photo", energy_keV: number): number {
  const values = kind === "total" ? of.total_cm2_per_g : of.photo_cm2_per_g;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (const { edge_keV } of of.shells) {
    if (edge_keV <= energy_keV && edge_keV > low) low = edge_keV;
    if (edge_keV > energy_keV && edge_keV < high) high = edge_keV;
  }
  let first = GRID_KEV.findIndex((point) => point >= low);
  if (first < 0) first = GRID_KEV.length - 1;
  let last = GRID_KEV.findIndex((point) => point >= high) - 1;
  if (last < -1 || last === -2) last = GRID_KEV.length - 1;
  if (last < first) return along(values, Math.min(first, GRID_KEV.length - 1), energy_keV);
  if (last === first) return along(values, first, energy_keV);
  let left = first;
  while (left + 2 <= last && GRID_KEV[left + 1]! <= energy_keV) left++;
  const [e0, e1] = [GRID_KEV[left]!, GRID_KEV[left + 1]!];
  const part = Math.log(energy_keV / e0) / Math.log(e1 / e0);
  return values[left]! * (values[left + 1]! / values[left]!) ** part;
}

const photo_slope = -2.8;

const along = (values: readonly number[], at: number, energy_keV: number): number =>
  values[at]! * (energy_keV / GRID_KEV[at]!) ** photo_slope;
