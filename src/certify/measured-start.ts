import { bestOf, type Holding, type Shares, scaledShares } from "./holding.ts";
import type { RestatedBody } from "./read.ts";

type Contents = RestatedBody["after"];

/** What new measurements of a lot started from: contents, shares, and of a feed what could still be claimed on it. */
export interface MeasuredStart {
  readonly elements_mg: Contents["elements_mg"];
  readonly shares: Shares;
  readonly ceiling: ReadonlyMap<string, number> | undefined;
}

const same = (a: Contents["elements_mg"], b: Contents["elements_mg"]): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => bestOf(a, name) === bestOf(b, name));

/** The rules by which a wrong figure that is put right gives back what it took. */
const PUT_RIGHT = 5;

/**
 * Where new measurements of each lot started (C15). They go on from there as long as the lot is what the last of them left, by what
 * the entry says stood before it and by what the verifier followed itself: a draw between them, shown or not, starts anew.
 */
export class MeasuredStarts {
  private readonly last = new Map<string, { readonly start: MeasuredStart; readonly left: Contents }>();

  /** Where the measurement that an entry tells of starts. `ceiling` is what can be claimed on the lot, where it is a feed. */
  of(
    { lot, rules, before }: RestatedBody,
    holding: Holding,
    ceiling: ReadonlyMap<string, number> | undefined,
  ): MeasuredStart {
    const last = this.last.get(lot);
    const untouched =
      last !== undefined &&
      rules === PUT_RIGHT &&
      before.mass_mg.best === last.left.mass_mg.best &&
      same(before.elements_mg, last.left.elements_mg) &&
      holding.isStill(last.left);
    if (untouched) return last.start;
    const shares = scaledShares(holding.attributed(), before.elements_mg, before.elements_mg);
    return { elements_mg: before.elements_mg, shares, ceiling: ceiling && new Map(ceiling) };
  }

  take({ lot, rules, after }: RestatedBody, start: MeasuredStart): void {
    if (rules === PUT_RIGHT) this.last.set(lot, { start, left: after });
    else this.last.delete(lot);
  }

  settle(feed: string): void {
    this.last.delete(feed);
  }
}
