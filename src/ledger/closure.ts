import { combine, lumpSmallReadings, type Measured, spread, spreadInParts, sum } from "../quantity/index.ts";
import type { ElementContents } from "./lot.ts";

/** One balance of a step: in = out + lost + residual, and how many standard uncertainties the residual is from zero. */
export interface Balance {
  readonly in_mg: number;
  readonly added_mg: number;
  readonly out_mg: number;
  readonly lost_mg: number;
  readonly residual_mg: number;
  readonly sd_mg: number;
  /** Of the doubt, in quadrature: what single readings bring, and what instruments, methods and expectations have in common. */
  readonly sd_random_mg?: number;
  readonly sd_shared_mg?: number;
  /**
   * What moves the residual, by cause; of an element alone, since its parts are recorded with their small causes lumped and no longer
   * say it. The mass of a step says it by its parts.
   */
  readonly moves_mg?: Measured["moves"];
  readonly closes: boolean;
  /** More is missing than chance usually takes, and less than what does not close: to be weighed again (L44). */
  readonly watch?: true;
}

export interface Closure {
  readonly mass: Balance;
  readonly elements: Readonly<Record<string, Balance>>;
  readonly closes: boolean;
  /** Of the mass or any element more is missing than usual. */
  readonly watch?: true;
}

/** A residual beyond this many standard uncertainties is more than chance: three sigma, as in nuclear material accountancy (NRC Regulatory Guide 5.33). */
export const CLOSURE_K = 3;

/**
 * What is missing beyond this many standard uncertainties is watched: chance takes as much in one of forty-four weighings, a theft of
 * four standard uncertainties in forty-nine of fifty. The warning limit of a control chart (ISO 7870-2:2013), on the side of loss.
 */
export const WATCH_K = 2;

/** Whether what is missing (gained: negative) is to be watched. Whole milligrams round once a part. */
export const isWatched = (
  missing_mg: number,
  given: { readonly sd_mg: number; readonly parts: number },
): boolean => missing_mg > WATCH_K * given.sd_mg + given.parts;

/** So many single readings are told apart in what moves the residual of an element. */
const READINGS_TOLD = 8;

/** What cancels leaves a trace of floating point: a millionth of a milligram moves nothing. */
const TRACE_MG = 1e-6;
const toldMoves = ({ moves }: Measured): Measured["moves"] =>
  Object.fromEntries(Object.entries(moves).filter(([, move]) => Math.abs(move) > TRACE_MG));

interface Side {
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
}

/**
 * Closes mass and every element over a step. What readings share cancels, the bias of a scale on which a lot is split; what each
 * errs by itself does not. Whole milligrams round once a part: one milligram a part is allowed for that and no more.
 */
export function closureOf(given: {
  /** Names the step among all others. */
  readonly step: string;
  readonly inputs: readonly Side[];
  readonly additions: readonly Side[];
  readonly outputs: readonly Side[];
  readonly losses: readonly Side[];
}): Closure {
  const parts = given.inputs.length + given.additions.length + given.outputs.length + given.losses.length;
  const balance = (of: (side: Side) => Measured, element?: string): Balance => {
    const total = (sides: readonly Side[]) => sum(sides.map(of));
    const [entered, added, left, lost] = [
      total(given.inputs),
      total(given.additions),
      total(given.outputs),
      total(given.losses),
    ];
    const residual = combine([
      [1, entered],
      [1, added],
      [-1, left],
      [-1, lost],
    ]);
    const sd_mg = spread(residual);
    const { random, shared } = spreadInParts(residual);
    const watch = isWatched(residual.best, { sd_mg, parts });
    return {
      in_mg: entered.best,
      added_mg: added.best,
      out_mg: left.best,
      lost_mg: lost.best,
      residual_mg: residual.best,
      sd_mg,
      sd_random_mg: random,
      sd_shared_mg: shared,
      ...(element === undefined
        ? {}
        : { moves_mg: toldMoves(lumpSmallReadings(residual, READINGS_TOLD, `small:${given.step}/open`)) }),
      closes: Math.abs(residual.best) <= CLOSURE_K * sd_mg + parts,
      ...(watch ? { watch } : {}),
    };
  };
  const nothing: Measured = { best: 0, moves: {} };
  const names = new Set(
    [given.inputs, given.additions, given.outputs, given.losses]
      .flat()
      .flatMap((s) => Object.keys(s.elements_mg)),
  );
  const mass = balance((side) => side.mass_mg);
  const elements: Record<string, Balance> = {};
  for (const name of [...names].sort())
    elements[name] = balance((side) => side.elements_mg[name] ?? nothing, name);
  const all = [mass, ...Object.values(elements)];
  const watch = all.some((b) => b.watch);
  return { mass, elements, closes: all.every((b) => b.closes), ...(watch ? { watch } : {}) };
}
