import assert from "node:assert/strict";
import { readSimulation, type SimulationResult, simulate } from "../src/column/index.ts";
import { randomTrain, type TrainAsk, trainDice } from "../src/column/random-trains.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

const REFUSED_MAX_FRACTION = 5 / 300;
const COARSE_CELLS = 40;
const ERROR_ASKED = 0.05;
/** Trains named in the report, so that they can be looked into. */
const SLOWEST = 3;

/** Train n is the same whatever the count: the seed is the number of the first. */
export const columnTrains: Proof = {
  name: "column-trains",
  proves:
    "K2 K3 K11: random trains, on a coarse grid and with 5 % error asked, are balanced and bounded, or refused with a reason",
  count: 500,
  share: 100,
  run,
};

class Tally {
  refused: string[] = [];
  open = 0;
  outside = 0;

  /** Seconds of the processor, so that other work on the machine does not count. */
  take(n: number, ask: TrainAsk): number {
    const again = `train ${n} (--seed ${n} --count 1), ${JSON.stringify(ask)}`;
    const read = readSimulation(randomTrain(trainDice(n), ask));
    assert.ok(read.ok, read.ok ? "" : `${again}: ${read.refusal.at}`);
    const begun = process.cpuUsage();
    const result = simulate(read.value);
    const { user, system } = process.cpuUsage(begun);
    if (result.ok) this.check(result.value, again);
    else {
      const { code, message } = result.refusal;
      assert.ok(message.length > 10, `${again}: refused ${code} without a reason`);
      this.refused.push(`${n} ${code}`);
    }
    return (user + system) / 1e6;
  }

  private check({ balance, bounds }: SimulationResult, again: string): void {
    for (const [name, { relative_error }] of Object.entries(balance)) {
      const off = Math.abs(relative_error);
      assert.ok(off <= 1e-8, `${again}: the balance of ${name} is off by ${off}`);
      this.open = Math.max(this.open, off);
    }
    const excursion = Math.max(-bounds.min_over_normality, bounds.max_over_normality - 1);
    assert.ok(excursion <= 1e-4, `${again}: ${excursion} of the normality out of bounds`);
    this.outside = Math.max(this.outside, excursion);
  }
}

function run({ count, seed, progress }: Ask): Counted {
  const [coarse, asked] = [new Tally(), new Tally()];
  const took: { n: number; s: number }[] = [];
  for (let n = seed; n < seed + count; n++) {
    coarse.take(n, { cells: COARSE_CELLS });
    took.push({ n, s: asked.take(n, { error_l1_max: ERROR_ASKED }) });
    progress(n - seed + 1);
  }
  for (const { refused } of [coarse, asked])
    assert.ok(
      refused.length <= Math.ceil(REFUSED_MAX_FRACTION * count),
      `${refused.length} of ${count} trains from ${seed} refused: ${refused.join(", ")}`,
    );
  took.sort((a, b) => a.s - b.s);
  const at = (part: number) => `${(took[Math.floor(part * (took.length - 1))]?.s ?? 0).toFixed(3)} s`;
  const slowest = took.slice(-SLOWEST).reverse();
  return {
    "refused on the coarse grid": coarse.refused.join(", ") || 0,
    "refused with error asked": asked.refused.join(", ") || 0,
    "processor time with error asked": `median ${at(0.5)}, 99 % under ${at(0.99)}`,
    slowest: slowest.map(({ n, s }) => `${n}: ${s.toFixed(1)} s`).join(", "),
    "worst balance": Math.max(coarse.open, asked.open).toExponential(1),
    "worst excursion over the normality": Math.max(coarse.outside, asked.outside).toExponential(1),
  };
}
