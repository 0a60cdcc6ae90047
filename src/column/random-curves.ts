import { type Dice, randomTrain, type TrainAsk } from "./random-trains.ts";

/** What is run through a random bed: kinds of curve that columns are asked for. */
export const CURVE_KINDS = ["train", "elution", "steps", "gradient", "cycles", "regeneration"] as const;
export type CurveKind = (typeof CURVE_KINDS)[number];

type Liquid = Readonly<Record<string, number>>;
interface Step {
  readonly until_s: number;
  readonly mol_per_m3: Liquid;
}

/** Even in the logarithm. */
const between = (dice: Dice, low: number, high: number): number => low * (high / low) ** dice();

const GRADIENT_STEPS = 200;
/** Times asked of a curve. */
const TIMES = 800;

/** A valid column of the kind, its bed, affinities and liquids thrown; products are `p0`, `p1` and on, `w` is weak, `d` is strong. */
export function randomCurve(kind: CurveKind, dice: Dice, ask: TrainAsk) {
  if (kind === "train") return randomTrain(dice, ask);
  const bed = randomBed(dice);
  const products = ["p0", "p1", "p2"].slice(0, 1 + Math.floor(dice() * 3));
  const eluted = kind !== "cycles" && kind !== "regeneration";
  let affinity = 1;
  const affinities = products.map(() => {
    affinity *= eluted ? between(dice, 1.3, 2.5) : between(dice, 1.5, 10);
    return affinity;
  });
  const strong = between(dice, 1.5, eluted ? 3 : 10) * affinity;
  const inlet = inletOf(kind, dice, { bed, products, slowest: affinity });
  const end_s = inlet.at(-1)!.until_s;
  const { normality_mol_per_m3: normality, ...parts } = bed.input;
  return {
    ...parts,
    species: [
      { name: "w", role: "presaturant", affinity: 1 },
      ...products.map((name, i) => ({ name, role: "product", affinity: affinities[i] })),
      { name: "d", role: "displacer", affinity: strong },
    ],
    initial_mol_per_m3: { [kind === "regeneration" ? "d" : "w"]: normality },
    inlet,
    ask: { outlet_times_s: { from: 0, to: end_s, step: end_s / TIMES }, ...ask },
  };
}

type Bed = ReturnType<typeof randomBed>;

function randomBed(dice: Dice) {
  const film = dice() < 0.5;
  const length_m = between(dice, 0.1, 2);
  const porosity = 0.3 + 0.4 * dice();
  const pores = 0.3;
  const normality = between(dice, 30, 270);
  const capacity = normality * between(dice, 3, 20);
  const superficial = between(dice, 5e-5, 1e-3);
  const storage = film ? porosity + (1 - porosity) * pores : porosity;
  const radius_m = 3e-5;
  const units = between(dice, 100, 3000);
  return {
    film,
    /** Time in which the liquid of one affinity fills the bed. */
    fill_s: (length_m * (capacity / normality + storage)) / superficial,
    input: {
      model: film ? "film" : "equilibrium",
      bed: {
        length_m,
        capacity_mol_per_m3_bed: capacity,
        ...(film
          ? { void_fraction: porosity, particle_porosity: pores, particle_radius_m: radius_m }
          : { total_porosity: porosity }),
      },
      flow: { superficial_velocity_m_per_s: superficial },
      transport: {
        axial_dispersion_m2_per_s: (superficial / porosity) * (length_m / between(dice, 100, 5000)),
        ...(film
          ? { film_coefficient_m_per_s: (units * superficial * radius_m) / (3 * length_m * (1 - porosity)) }
          : {}),
      },
      normality_mol_per_m3: normality,
    },
  };
}

interface Thrown {
  readonly bed: Bed;
  readonly products: readonly string[];
  /** Affinity of the product that is kept longest; the weak ion's is one. */
  readonly slowest: number;
}

function inletOf(kind: CurveKind, dice: Dice, { bed, products, slowest }: Thrown): readonly Step[] {
  const { fill_s } = bed;
  const normality = bed.input.normality_mol_per_m3;
  const fed = Object.fromEntries(products.map((name) => [name, normality / products.length]));
  const weak = { w: normality };
  if (kind === "regeneration") return [{ until_s: between(dice, 3, 30) * fill_s, mol_per_m3: weak }];
  if (kind === "cycles") return cyclesOf(dice, { bed, products, slowest });
  const load_s = between(dice, 0.01, 0.15) * fill_s;
  const elute_s = 1.3 * (slowest + 0.2) * fill_s;
  const load = { until_s: load_s, mol_per_m3: fed };
  if (kind === "elution") return [load, { until_s: load_s + elute_s, mol_per_m3: weak }];
  const count = kind === "gradient" ? GRADIENT_STEPS : 4;
  const steep = between(dice, 0.3, 1);
  const rising = Array.from({ length: count }, (_, k) => {
    const weaker = 1 - (steep * k) / (count - 1);
    return {
      until_s: load_s + (elute_s * (k + 1)) / count,
      mol_per_m3: { w: normality * weaker, d: normality * (1 - weaker) },
    };
  });
  return [load, ...rising];
}

function cyclesOf(dice: Dice, { bed, products }: Thrown): readonly Step[] {
  const { fill_s } = bed;
  const normality = bed.input.normality_mol_per_m3;
  const fed = Object.fromEntries(products.map((name) => [name, normality / products.length]));
  const [load, displace, regenerate] = [0.1 + 0.5 * dice(), 1.2, 2 + 3 * dice()];
  const cycles = 2 + Math.floor(dice() * 4);
  const inlet: Step[] = [];
  let now = 0;
  const next = (fills: number, mol_per_m3: Liquid) => {
    now += fills;
    inlet.push({ until_s: now * fill_s, mol_per_m3 });
  };
  for (let k = 0; k < cycles; k++) {
    next(load, fed);
    next(displace, { d: normality });
    next(regenerate, { w: normality });
  }
  return inlet;
}
