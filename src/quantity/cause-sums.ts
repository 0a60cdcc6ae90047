import type { CauseId, Measured } from "./measured.ts";
import { isOfOneReading, type ReadingDoubt } from "./reading.ts";

/**
 * What moves a sum, added up cause by cause. A cause is looked up once for each time it is met; its sum stands in a list of numbers,
 * so that a sum over thousands of values costs little more than reading them.
 */
export class CauseSums {
  private readonly at = new Map<CauseId, number>();
  private readonly sums: number[] = [];

  add(moves: Measured["moves"]): void {
    for (const cause in moves) this.addOne(cause, moves[cause] ?? 0);
  }

  /**
   * Adds what a value is, less what it was. Most causes of a value that changed move it as they did and stand in their order: they are
   * passed by. Where one of the two has a cause that the other has not, the other waits for the next.
   */
  addChange(is: Measured["moves"], was: Measured["moves"]): void {
    const [now, before] = [Object.keys(is), Object.keys(was)];
    const [nowBy, beforeBy] = [Object.values(is), Object.values(was)];
    let [i, j] = [0, 0];
    while (i < now.length || j < before.length) {
      const [cause, other] = [now[i], before[j]];
      if (cause !== undefined && cause === other) {
        const change = (nowBy[i++] ?? 0) - (beforeBy[j++] ?? 0);
        if (change !== 0) this.addOne(cause, change);
      } else if (other !== undefined && (cause === undefined || cause === before[j + 1]))
        this.addOne(other, -(beforeBy[j++] ?? 0));
      else if (cause !== undefined) this.addOne(cause, nowBy[i++] ?? 0);
    }
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
