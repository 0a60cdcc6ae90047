import { type Lot, MASS } from "./lot.ts";
import { MOST_RISEN, TRACE } from "./rises.ts";
import type { StepRecorded } from "./step.ts";

/** Of its mass and its elements, what a lot holds over what its feeds and additions brought of it; absent where that is one. */
export type Risen = Readonly<Record<string, number>>;

type Amounts = Pick<Lot, "mass_mg" | "elements_mg">;

/** What nobody brought: so much of it counts as risen from nothing. A number, since the books hold no infinity. */
const FROM_NOTHING = 1e6;

const amountOf = (of: Amounts, name: string): number =>
  Math.max(0, (name === MASS ? of.mass_mg.best : of.elements_mg[name]?.best) ?? 0);

const totalOf = (all: readonly Amounts[], name: string): number =>
  all.reduce((sum, of) => sum + amountOf(of, name), 0);

const namesIn = (all: readonly Amounts[]): string[] => [
  MASS,
  ...[...new Set(all.flatMap((of) => Object.keys(of.elements_mg)))].sort(),
];

const told = (risen: Record<string, number>): Pick<Lot, "risen"> =>
  Object.keys(risen).length > 0 ? { risen } : {};

/**
 * What a step's outputs hold over what was brought, over their whole descent below the feeds (L38). A draw takes it along, since it is
 * a ratio. What was lost beyond a twentieth is lost: it is not found again as a rise that makes up for it.
 */
export function risenBy(
  step: Omit<StepRecorded, "inputs"> & { readonly inputs: readonly Amounts[] },
  before: readonly Lot[],
): Pick<Lot, "risen"> {
  if (!before.some((lot) => Object.keys(lot.feeds_mg).length > 0)) return {};
  const parts = [...step.outputs, ...step.losses];
  const risen: Record<string, number> = {};
  for (const name of namesIn([...step.inputs, ...step.additions, ...parts])) {
    const drawn = step.inputs.reduce((sum, input, i) => {
      const ratio = Math.max(1 - MOST_RISEN, before[i]?.risen?.[name] ?? 1);
      return sum + amountOf(input, name) / ratio;
    }, 0);
    const brought = drawn + totalOf(step.additions, name);
    const there = totalOf(parts, name);
    const ratio = brought > 0 ? Math.min(FROM_NOTHING, there / brought) : there > 0 ? FROM_NOTHING : 1;
    if (ratio !== 1) risen[name] = ratio;
  }
  return told(risen);
}

/** The same after a new measurement of the lot: what was found less and then found again is as it was. */
export function risenIn(lot: Lot, before: Amounts, after: Amounts): Pick<Lot, "risen"> {
  const risen: Record<string, number> = { ...lot.risen };
  const below_feed = Object.keys(risen).length > 0 || Object.keys(lot.feeds_mg).length > 0;
  for (const name of below_feed ? namesIn([before, after]) : []) {
    const [was, is] = [amountOf(before, name), amountOf(after, name)];
    if (was > 0 && is > 0) risen[name] = Math.min(FROM_NOTHING, ((risen[name] ?? 1) * is) / was);
    if (risen[name] === 1) delete risen[name];
  }
  return told(risen);
}

/** Of which names a lot holds more than its descent supports: beyond a twentieth, or where it is a trace beyond that. */
export function risenBeyond(lot: Amounts & Pick<Lot, "risen">): string[] {
  return Object.entries(lot.risen ?? {}).flatMap(([name, ratio]) => {
    const there = amountOf(lot, name);
    const brought = there / ratio;
    const most = Math.max(MOST_RISEN * brought, name === MASS ? 0 : TRACE * lot.mass_mg.best);
    return there - brought > most + 1 ? [name] : [];
  });
}
