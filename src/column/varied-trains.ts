import { type Dice, randomTrain } from "./random-trains.ts";

/** Mole fractions of a trace at least; ten parts per million. */
const trace_least = 1e-5;

/**
 * A random train fed as plants are fed: unevenly, a trace among the products, in a liquid of another strength than
 * the one before it, and now and then rinsed without ions between load and displacer.
 */
export function variedTrain(dice: Dice, ask: Parameters<typeof randomTrain>[1]) {
  const train = randomTrain(dice, ask);
  const [load, displacer] = train.inlet;
  if (load === undefined || displacer === undefined) throw new Error("a train is loaded and displaced");
  const names = Object.keys(load.mol_per_m3);
  const normality = Object.values(load.mol_per_m3).reduce((sum, c) => sum + c, 0);
  const strength = dice() < 0.6 ? 1 : 0.4 + 1.6 * dice();
  const parts = names.map(() => (dice() < 0.2 ? trace_least ** dice() : 0.1 + dice()));
  const all = parts.reduce((sum, part) => sum + part, 0);
  const fed = Object.fromEntries(names.map((name, i) => [name, (normality * strength * parts[i]!) / all]));
  const rinse_s = dice() < 0.1 ? 0.1 * load.until_s : 0;
  const end_s = displacer.until_s + load.until_s * Math.max(0, strength - 1) + rinse_s;
  return {
    ...train,
    inlet: [
      { until_s: load.until_s, mol_per_m3: fed },
      ...(rinse_s > 0 ? [{ until_s: load.until_s + rinse_s, mol_per_m3: {} }] : []),
      { until_s: end_s, mol_per_m3: displacer.mol_per_m3 },
    ],
    ask: { ...ask, outlet_times_s: { from: 0, to: end_s, step: end_s / 500 } },
  };
}
