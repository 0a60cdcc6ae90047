/** A number from 0 to 1; seeded by whoever wants the same trains again. */
export type Dice = () => number;

/** The linear congruence of Numerical Recipes (Press et al., 2nd ed., 7.1): good enough to spread cases. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Dice of the nth of many trains. Neighbouring seeds of the generator above begin alike, so that whole thousands of
 * trains would be of one model; the number is mixed first (the last step of MurmurHash3, Appleby, public domain).
 */
export function trainDice(n: number): Dice {
  let mixed = (n + 1) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return seededDice(mixed ^ (mixed >>> 16));
}

/** Even in the logarithm. */
const between = (dice: Dice, low: number, high: number): number => low * (high / low) ** dice();

export interface TrainAsk {
  readonly cells?: number;
  readonly error_l1_max?: number;
}

/**
 * A valid train: selectivities 1.05 to 1e4, Peclet 50 to 2e4, loading 1 to 95 %, equal and unequal normality,
 * with and without film, with and without ions in the void at the start.
 */
export function randomTrain(dice: Dice, ask: TrainAsk) {
  const film = dice() < 0.5;
  const affinities = [1];
  const others = 2 + Math.floor(dice() * 3);
  for (let i = 0; i < others; i++)
    affinities.push(affinities[i]! * between(dice, 1.05, dice() < 0.1 ? 1e4 : 20));
  const names = affinities.map((_, i) => `s${i}`);
  const last = others;
  const normality = between(dice, 30, 270);
  const strength = dice() < 0.5 ? 1 : between(dice, 0.3, 3);
  const capacity = between(dice, 200, 2000);
  const length_m = between(dice, 0.05, 2);
  const porosity = 0.3 + 0.4 * dice();
  const pores = 0.3;
  const superficial = between(dice, 5e-5, 1e-3);
  const storage = film ? porosity + (1 - porosity) * pores : porosity;
  const fill_s = (length_m * (capacity / normality + storage)) / superficial;
  const load_s = (0.01 + 0.94 * dice()) * fill_s;
  const end_s = load_s + (1.5 * fill_s) / Math.min(1, strength);
  const products = names.slice(1, last);
  const dispersion = (superficial / porosity) * (length_m / between(dice, 50, 2e4));
  const film_coefficient = between(dice, 1e-7, 1e-3);
  return {
    model: film ? "film" : "equilibrium",
    bed: {
      length_m,
      capacity_mol_per_m3_bed: capacity,
      ...(film
        ? { void_fraction: porosity, particle_porosity: pores, particle_radius_m: 3e-5 }
        : { total_porosity: porosity }),
    },
    flow: { superficial_velocity_m_per_s: superficial },
    transport: {
      axial_dispersion_m2_per_s: dispersion,
      ...(film ? { film_coefficient_m_per_s: film_coefficient } : {}),
    },
    species: names.map((name, i) => ({
      name,
      role: i === 0 ? "presaturant" : i === last ? "displacer" : "product",
      affinity: affinities[i],
    })),
    initial_mol_per_m3: dice() < 0.2 ? {} : { s0: normality },
    inlet: [
      {
        until_s: load_s,
        mol_per_m3: Object.fromEntries(products.map((name) => [name, normality / products.length])),
      },
      { until_s: end_s, mol_per_m3: { [`s${last}`]: normality * strength } },
    ],
    ask: { outlet_times_s: { from: 0, to: end_s, step: end_s / 500 }, ...ask },
  };
}
