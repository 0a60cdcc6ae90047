import { type CutContext, counted } from "./context.ts";
import { left_mol_per_m2 } from "./curve.ts";

/** How many points the search looks at first; the best window is then refined between them. */
const search_points = 4000;
const refinements = 40;
/** What of a species may lie before and after any window looked at, over all that leaves. */
const outside_fraction = 1e-6;

/**
 * With M the moles of the species that have left and H = M - purity * (moles of all counted), a window is pure
 * enough when H does not fall over it. For each beginning the best end is the last time at which H is back.
 */
export function widestWindow(
  context: CutContext,
  name: string,
  purity_min: number,
): { readonly from_s: number; readonly to_s: number } | undefined {
  const own = context.species.findIndex((species) => species.name === name);
  const others = context.species.flatMap((species, i) => (counted(species) && i !== own ? [i] : []));
  const mine = (time_s: number): number => left_mol_per_m2(context.curve, own, time_s);
  const surplus = (time_s: number): number => {
    let foreign = 0;
    for (const i of others) foreign += left_mol_per_m2(context.curve, i, time_s);
    return (1 - purity_min) * mine(time_s) - purity_min * foreign;
  };
  const times = searchTimes(context, mine);
  const values = times.map(surplus);
  const highest = values.slice();
  for (let k = highest.length - 2; k >= 0; k--) highest[k] = Math.max(highest[k]!, highest[k + 1]!);
  const lastEnd = (needed: number): number => {
    let low = 0;
    let high = highest.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (highest[middle]! >= needed) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  /** The exact end for a beginning: between the last point that is pure enough and the next. */
  const endFor = (from_s: number): number => {
    const needed = surplus(from_s);
    const at = lastEnd(needed);
    return crossing(surplus, needed, times[at]!, times[at + 1] ?? times[at]!);
  };
  const gain = (from_s: number): number => mine(endFor(from_s)) - mine(from_s);
  let best = -1;
  let most = 0;
  times.forEach((time_s, k) => {
    const got = mine(times[lastEnd(values[k]!)]!) - mine(time_s);
    if (got > most) {
      most = got;
      best = k;
    }
  });
  if (best < 0 || most <= 1e-9 * context.fed_mol_per_m2[own]!) return undefined;
  const from_s = peak(gain, times[Math.max(0, best - 1)]!, times[Math.min(times.length - 1, best + 1)]!);
  const chosen = gain(from_s) >= most ? from_s : times[best]!;
  return { from_s: chosen, to_s: endFor(chosen) };
}

/** Times between the first and the last of the species; before and after them there is nothing to gain. */
function searchTimes(context: CutContext, mine: (time_s: number) => number): number[] {
  const least = mine(context.from_s);
  const span = mine(context.to_s) - least;
  const negative = (time_s: number): number => -mine(time_s);
  const first = crossing(negative, -(least + outside_fraction * span), context.from_s, context.to_s);
  const last = crossing(negative, -(least + (1 - outside_fraction) * span), first, context.to_s);
  const within = context.curve.time_s.filter((time_s) => time_s > first && time_s < last);
  const every = Math.max(1, Math.floor(within.length / search_points));
  return [first, ...within.filter((_, k) => k % every === 0), last];
}

function crossing(value: (time_s: number) => number, needed: number, from_s: number, to_s: number): number {
  if (to_s <= from_s || value(to_s) >= needed) return to_s;
  let low = from_s;
  let high = to_s;
  for (let k = 0; k < refinements; k++) {
    const middle = (low + high) / 2;
    if (value(middle) >= needed) low = middle;
    else high = middle;
  }
  return low;
}

function peak(value: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  for (let k = 0; k < refinements; k++) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (value(left) < value(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}
