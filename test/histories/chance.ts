import { Dice } from "../../src/sample/dice.ts";

/** The luck of one ask: the same seed has the same luck. */
export class Chance extends Dice {
  /** True so often. */
  odds(of: number): boolean {
    return this.uniform() < of;
  }

  /** One of them, where there is any. */
  some<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : this.pick(list);
  }

  /** Some whole part of it, at least one and less than all; one where there is no less. */
  part(mg: number): number {
    return Math.max(1, Math.min(mg - 1, Math.round(mg * (0.05 + 0.9 * this.uniform()))));
  }
}
