import type { CauseId, Measured } from "./measured.ts";
import { isOfOneReading, type ReadingDoubt } from "./reading.ts";

/**
 * What moves a sum, added up cause by cause. A cause is looked up once for each time it is met; its sum stands in a list of numbers,
 * so that a sum over thousands of values costs little more than reading them.
 */
export class CauseSums {
  private readonly at = new Map<CauseId, number>();
  private readonly sums: number[] = [];

  add(moves: Measured["moves"], sign: 1 | -1 = 1): void {
    for (const cause in moves) this.addOne(cause, sign * (moves[cause] ?? 0));
  }

  addAll(other: CauseSums): void {
    for (const [cause, at] of other.at) this.addOne(cause, other.sums[at] ?? 0);
  }

  private addOne(cause: CauseId, move: number): void {
    const at = this.at.get(cause);
    if (at !== undefined) this.sums[at] = (this.sums[at] ?? 0) + move;
    else {
      this.at.set(cause, this.sums.length);
      this.sums.push(move);
    }
  }

  /** The doubt of single readings, and what instruments, methods and expectations have in common: in quadrature the spread. */
  inParts(): ReadingDoubt {
    let [random, shared] = [0, 0];
    for (const [cause, at] of this.at) {
      const square = (this.sums[at] ?? 0) ** 2;
      if (isOfOneReading(cause)) random += square;
      else shared += square;
    }
    return { random: Math.sqrt(random), shared: Math.sqrt(shared) };
  }
}
