import { ELEMENT_ROWS, GRID_KEV } from "../../src/identify/xrf/atomic-data.ts";

/*
 * Sample spectra from a generator of its own: it shares the tables of atoms with the product, and no code. It counts
 * photons layer by layer instead of in closed form, its tube, filter and detector are a little off those assumed, its
 * background has a Compton hump. Its factors on the L shells are nearly those of the product (1.95, 1 and 1.05 beside 2,
 * 1.01 and 1.05): it does not test them, and intervals measured on it hold no doubt about them.
 */

interface Made {
  readonly kind: string;
  readonly wt_pct: Readonly<Record<string, number>>;
  readonly coat?: { readonly element: "Ni" | "Zn"; readonly um: number };
}

interface Element {
  readonly shells: readonly (readonly [string, number, number, number])[];
  readonly lines: readonly (readonly [string, number, number])[];
  readonly total: readonly number[];
  readonly photo: readonly number[];
}

const elements = new Map<string, Element>(
  ELEMENT_ROWS.split("\n").map((row) => {
    const [name = "", shells = "", lines = "", total = "", photo = ""] = row.split("|");
    const parts = (text: string) =>
      text
        .split(" ")
        .filter(Boolean)
        .map((part) => part.split(":") as [string, string]);
    return [
      name,
      {
        shells: parts(shells).map(
          ([s, v]) => [s, ...v.split(",").map(Number)] as [string, number, number, number],
        ),
        lines: parts(lines).map(([s, v]) => {
          const [, energy, rate] = v.split(",");
          return [s, Number(energy), Number(rate)] as const;
        }),
        total: total.split(" ").map(Number),
        photo: photo.split(" ").map(Number),
      },
    ];
  }),
);

/** Between the two grid points around an energy, moved to one side of any edge that lies between them. */
const known = new Map<string, Map<number, number>>();

function mass_cm2_per_g(name: string, kind: "total" | "photo", energy: number): number {
  const at = known.get(`${name} ${kind}`) ?? new Map<number, number>();
  known.set(`${name} ${kind}`, at);
  const before = at.get(energy);
  if (before !== undefined) return before;
  const value = interpolated(name, kind, energy);
  at.set(energy, value);
  return value;
}

function interpolated(name: string, kind: "total" | "photo", energy: number): number {
  const element = elements.get(name);
  if (!element) throw new Error(name);
  const values = element[kind];
  const k = Math.max(
    1,
    GRID_KEV.findIndex((point) => point > energy),
  );
  const [e0, e1, v0, v1] = [GRID_KEV[k - 1]!, GRID_KEV[k]!, values[k - 1]!, values[k]!];
  const between = element.shells.filter(([, edge]) => edge > e0 && edge < e1).map(([, edge]) => edge);
  if (between.length === 0) return v0 * (v1 / v0) ** (Math.log(energy / e0) / Math.log(e1 / e0));
  return energy < Math.min(...between)
    ? v0 * (energy / e0) ** -2.75
    : energy > Math.max(...between)
      ? v1 * (energy / e1) ** -2.75
      : v0 * (energy / e0) ** -2.75 * 1.4;
}

const slant = Math.SQRT2;
const beam = Array.from({ length: 92 }, (_, k) => 4.25 + 0.5 * k).map((energy) => ({
  energy,
  light: 0.5 * (50 / energy - 1) ** 1.02 * Math.exp(-0.14 * mass_cm2_per_g("Al", "total", energy)),
}));
const continuum = beam.reduce((sum, { light }) => sum + light, 0);
beam.push({ energy: 20.17, light: 0.26 * continuum }, { energy: 22.75, light: 0.05 * continuum });

const density: Readonly<Record<string, number>> = { Ni: 8.9, Zn: 7.14 };

/** Photons of each line that reach the detector: the beam weakened layer by layer, each layer's light on its way out. */
function photonsOf(made: Made): { energy: number; photons: number }[] {
  const layers: { mass: number; of: Readonly<Record<string, number>> }[] = [];
  if (made.coat) {
    const mass = ((density[made.coat.element] ?? 0) * made.coat.um * 1e-4) / 12;
    for (let k = 0; k < 12; k++) layers.push({ mass, of: { [made.coat.element]: 100 } });
  }
  for (let k = 0, mass = 2e-4; k < 60; k++, mass *= 1.13) layers.push({ mass, of: made.wt_pct });
  const out: { energy: number; photons: number }[] = [];
  const names = [...new Set(layers.flatMap(({ of }) => Object.keys(of)))];
  for (const name of names) {
    const element = elements.get(name)!;
    for (const [shell, energy, rate] of element.lines) {
      if (energy < 3.4) continue;
      const fluorescence = element.shells.find(([s]) => s === shell)?.[3] ?? 0;
      let photons = 0;
      for (const { energy: e, light } of beam) {
        const holes = holesIn(element, name, shell, e);
        if (holes === 0) continue;
        let way = 0;
        let into = 0;
        layers.forEach(({ mass, of }, k) => {
          if (layers[k - 1]?.of !== of) into = intoAndOut(of, e, energy);
          photons +=
            light *
            ((of[name] ?? 0) / 100) *
            holes *
            mass *
            slant *
            Math.exp(-slant * (way + (into * mass) / 2));
          way += into * mass;
        });
      }
      const stopped = 1 - Math.exp(-0.113 * mass_cm2_per_g("Si", "total", energy));
      out.push({ energy, photons: photons * fluorescence * rate * stopped });
    }
  }
  return out;
}

function intoAndOut(of: Readonly<Record<string, number>>, e: number, energy: number): number {
  let sum = 0;
  for (const [name, pct] of Object.entries(of))
    sum += (pct / 100) * (mass_cm2_per_g(name, "total", e) + mass_cm2_per_g(name, "total", energy));
  return sum;
}

/** Holes in a shell: far above its edge the first L shell has about twice what the jump ratio says. */
function holesIn(element: Element, name: string, shell: string, energy: number): number {
  const taken: Record<string, number> = {};
  let rest = mass_cm2_per_g(name, "photo", energy);
  for (const [s, edge, jump] of [...element.shells].sort((a, b) => b[1] - a[1])) {
    if (energy <= edge) continue;
    taken[s] = rest * (1 - 1 / jump);
    rest -= taken[s];
  }
  const L1 = 1.95 * (taken["L1"] ?? 0);
  if (shell === "L1") return L1;
  if (shell === "L3") return 1.05 * (taken["L3"] ?? 0);
  return (shell === "L2" ? 1.0 : 1) * (taken[shell] ?? 0);
}

const dice = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

function poisson(mean: number, draw: () => number): number {
  if (mean > 60) {
    const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  let left = Math.exp(-mean);
  let count = 0;
  for (let u = draw(); u > left; u *= draw()) {
    count++;
    if (count > 400) break;
  }
  left = 0;
  return count;
}

function balance(kind: string, given: Record<string, number>, main: string, coat?: Made["coat"]): Made {
  const rest = 100 - Object.values(given).reduce((sum, value) => sum + value, 0);
  return { kind, wt_pct: { ...given, [main]: rest }, ...(coat ? { coat } : {}) };
}

function sintered(u: () => number): Made {
  const Dy = u() < 0.5 ? 5 * u() : 0;
  const Tb = u() < 0.15 ? 0.8 * u() : 0;
  const Pr = 8 * u();
  const coated = u();
  const coat =
    coated < 0.2
      ? ({ element: "Ni", um: 8 + 12 * u() } as const)
      : coated < 0.4
        ? ({ element: "Zn", um: 5 + 7 * u() } as const)
        : undefined;
  const given = {
    Nd: 30.5 + 1.5 * u() - Pr - Dy - Tb,
    Pr,
    Dy,
    Tb,
    Co: 3 * u(),
    Cu: 0.08 + 0.12 * u(),
    Nb: 0.4 * u(),
    Ga: 0.3 * u(),
    Al: 0.5,
    B: 1,
  };
  return balance("NdFeB_sintered", given, "Fe", coat);
}

function bonded(u: () => number): Made {
  return balance(
    "NdFeB_bonded",
    {
      Nd: 25 + 2 * u(),
      Pr: 0.4 * u(),
      Nb: 1 + 0.5 * u(),
      Zr: 1.5 * u(),
      Co: 5 * u(),
      B: 0.9,
      C: 1.6,
      O: 0.9,
    },
    "Fe",
  );
}

function samarium5(u: () => number): Made {
  const Pr = u() < 0.4 ? 8 * u() : 0;
  return balance("SmCo5", { Sm: 34 + 2 * u() - Pr, Pr }, "Co");
}

function samarium17(u: () => number): Made {
  return balance("Sm2Co17", { Sm: 24.5 + 2 * u(), Fe: 13 + 4 * u(), Cu: 5 + 2 * u(), Zr: 2 + u() }, "Co");
}

function ferrite(u: () => number): Made {
  const La = u() < 0.5 ? 4 * u() : 0;
  return balance("ferrite", { Fe: 61.5 + u(), Sr: 8 - La / 2, La, Co: La > 0 ? 0.5 : 0, Si: 0.3 }, "O");
}

const steel = (u: () => number): Made =>
  balance("steel", { Mn: 0.4 + 0.6 * u(), Cr: 0.3 * u(), Si: 0.3 }, "Fe");
const stainless = (u: () => number): Made =>
  balance("stainless", { Cr: 16.5 + 2 * u(), Ni: 8 + 3 * u(), Mn: 1 + u(), Si: 0.5 }, "Fe");

const pieces: readonly ((u: () => number) => Made)[] = [
  sintered,
  sintered,
  sintered,
  bonded,
  samarium5,
  samarium17,
  ferrite,
  steel,
  stainless,
];

export interface MadeSpectrum extends Made {
  readonly spectrum: {
    readonly id: string;
    readonly kv: number;
    readonly e0_keV: number;
    readonly step_keV: number;
    readonly counts: number[];
  };
}

/** Sample spectra with their truth, the same for the same seed. */
export function madeSpectra(count: number, seed: number): MadeSpectrum[] {
  const draw = dice(seed);
  return Array.from({ length: count }, (_, n) => {
    const made = pieces[n % pieces.length]!(draw);
    const normal = () => draw() + draw() + draw() + draw() - 2;
    const [gain, offset, width] = [5e-4 * normal(), 5e-3 * normal(), 0.14 + 5e-3 * normal()];
    const total = 2e5 * 15 ** draw();
    const lines = photonsOf(made);
    const sum = lines.reduce((all, { photons }) => all + photons, 0);
    const counts = Array.from({ length: 2075 }, (_, i) => {
      const e = 3.5 + (i + 0.5) * 0.02;
      const hump = 1.6e-6 * Math.exp(-(((e - 18.6) / 5) ** 2)) + 8e-7 * Math.exp(-(((e - 27) / 9) ** 2));
      let mean = total * hump;
      for (const { energy, photons } of lines) {
        const sigma = Math.sqrt((width / 2.3548) ** 2 + 0.00042 * (energy - 5.9));
        const off = (e - (1 + gain) * energy - offset) / sigma;
        if (Math.abs(off) < 6)
          mean +=
            ((total * photons) / sum / sigma / Math.sqrt(2 * Math.PI)) * 0.02 * Math.exp((-off * off) / 2);
      }
      return poisson(mean, draw);
    });
    return { ...made, spectrum: { id: `MADE-${n}`, kv: 50, e0_keV: 3.5, step_keV: 0.02, counts } };
  });
}
