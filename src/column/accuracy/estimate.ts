import type { Simulation } from "../input/simulation.ts";
import { spreads } from "../kernel/spreading.ts";
import { type Errors, phasesOf, type Rung } from "./distance.ts";

/**
 * Order of convergence that estimates count on. Measured on a hundred random trains between 44 and 600 cells: half show
 * 1.8 and more, nine in ten 0.9.
 */
const order_counted_on = 1;
/** On cells of one thickness. Measured on cases A and B between 100 and 600 cells: 1.4 to 1.9. */
const order_on_even = 1.35;
/** On fewer cells than this the curves do not yet converge at their order; less is counted on. */
const cells_for_order = 150;
const order_on_few = 0.7;
/** Where asked times are too far apart for the fronts, the order is what two rungs show, from this; before that, less. */
const order_unseen = 0.45;
const order_unseen_least = 0.5;
/** Purities and yields are integrals and converge at the order of the scheme, once they do: what two rungs show of it. */
const orders_of_cuts = [1.1, 2] as const;
const cut_margin = 1.25;
/** Share of the error foreseen from the rung before that the estimate of a cut keeps: signed sums may cross zero. */
const kept_fraction = 0.5;

/** Errors of the finer run of the last rung. */
export function estimateErrors(simulation: Simulation, last: Rung, before?: Rung): Errors {
  const counted = simulation.even_cells ? order_on_even : order_counted_on;
  const usual = last.cells < cells_for_order ? order_on_few : counted;
  const part = (order: number): number => 1 / (last.ratio ** order - 1);
  const ofCut = (which: "cut" | "impurity"): number => {
    if (before === undefined) return cut_margin * last.apart[which] * part(usual);
    const order = shownOrder(before, last, which, orders_of_cuts);
    const foreseen = before.apart[which] / (before.ratio ** order - 1) / last.ratio ** order;
    return cut_margin * Math.max(last.apart[which] * part(order), kept_fraction * foreseen);
  };
  const l1 = curveError(simulation, last, before, phasesOf(simulation) > 1, usual);
  return { l1, cut: ofCut("cut"), impurity: ofCut("impurity") };
}

/** Where waves spread, distances fall faster than errors only once they are seen to: the order is what three grids show. */
const orders_of_waves = [0.7, 2] as const;
const wave_margin = 1.25;
/** Part of the error foreseen from the rung before that an estimate keeps: two rough grids may agree by chance. */
const foreseen_kept = 0.4;

/** Error of the curve, by the order that is known or shown. */
function curveError(
  simulation: Simulation,
  last: Rung,
  before: Rung | undefined,
  unseen: boolean,
  usual: number,
): number {
  const by = (order: number): number => last.apart.l1 / (last.ratio ** order - 1);
  if (simulation.even_cells === true) {
    if (!unseen) return by(usual);
    return by(
      before === undefined
        ? order_unseen
        : shownOrder(before, last, "l1", [order_unseen_least, order_on_even]),
    );
  }
  if (before === undefined) return by(unseen ? order_unseen : usual);
  if (spreads(simulation)) {
    const [least, most] = orders_of_waves;
    const order = shownOrder(before, last, "l1", [least, last.cells < cells_for_order ? 1 : most]);
    return wave_margin * by(order);
  }
  const order = unseen ? shownOrder(before, last, "l1", [order_unseen_least, order_counted_on]) : usual;
  if (last.cells >= cells_for_order) return by(order);
  const foreseen = before.apart.l1 / (before.ratio - 1) / last.ratio;
  return Math.max(by(order), foreseen_kept * foreseen);
}

const bisections = 20;

/**
 * The order that two rungs show, within limits: where errors fall as cells to the power -p, the distances of
 * neighbouring rungs are as (ratio before ** p - 1) to (1 - ratio ** -p), and this grows with p.
 */
function shownOrder(
  before: Rung,
  last: Rung,
  which: keyof Errors,
  [least, most]: readonly [number, number],
): number {
  const shown = before.apart[which] / last.apart[which];
  let [low, high] = [least, most];
  for (let k = 0; k < bisections; k++) {
    const middle = (low + high) / 2;
    if ((before.ratio ** middle - 1) / (1 - last.ratio ** -middle) < shown) low = middle;
    else high = middle;
  }
  return low;
}
