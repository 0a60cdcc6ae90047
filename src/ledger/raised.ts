import { doubtOfBoth, spread } from "../quantity/index.ts";
import { CLOSURE_K } from "./closure.ts";
import type { LotRestated } from "./entries.ts";
import { type Lot, MASS } from "./lot.ts";
import { risenBeyond, risenIn } from "./risen.ts";

const namesOf = (...all: readonly Lot["elements_mg"][]): string[] => [
  MASS,
  ...new Set(all.flatMap((elements) => Object.keys(elements))),
];

const NOTHING = { best: 0, moves: {} };

/**
 * What a new measurement adds to what is known of a lot that a step made: below a feed nothing comes from outside, so that what is
 * there beyond what was made, beyond the doubt of both, is marked (L38). A count that is put right leaves no mark.
 */
export function remeasured(
  lot: Lot,
  { before, after }: Pick<LotRestated, "before" | "after">,
): Pick<Lot, "remeasured_mg" | "raised" | "risen"> {
  const amount = (of: LotRestated["before"], name: string) =>
    (name === MASS ? of.mass_mg : of.elements_mg[name]) ?? NOTHING;
  const changed: Record<string, number> = {};
  const raised = new Set(lot.raised);
  for (const name of namesOf(before.elements_mg, after.elements_mg)) {
    const [was, is, made] = [amount(before, name), amount(after, name), amount(lot.opened, name)];
    const by_mg = (lot.remeasured_mg?.[name] ?? 0) + is.best - was.best;
    if (by_mg !== 0) changed[name] = by_mg;
    if (by_mg > CLOSURE_K * doubtOfBoth(is, made) + 1) raised.add(name);
  }
  const descent = risenIn(lot, before, after);
  for (const name of risenBeyond({ ...after, ...descent })) raised.add(name);
  return {
    ...descent,
    ...(Object.keys(changed).length > 0 ? { remeasured_mg: changed } : {}),
    ...(raised.size > 0 ? { raised: [...raised].sort() } : {}),
  };
}

/** Of what a count found more than was settled, beyond the doubt of both: it was measured by one firm alone, and stays marked. */
export function foundBeyondSettled(
  there: Pick<Lot, "mass_mg" | "elements_mg">,
  mass_mg: Lot["mass_mg"],
  elements_mg: Lot["elements_mg"],
): string[] {
  const beyond = (is: Lot["mass_mg"], settled: Lot["mass_mg"]) =>
    is.best - settled.best > CLOSURE_K * Math.hypot(spread(is), spread(settled)) + 1;
  const [mass, counted] = [mass_mg, there.mass_mg];
  return beyond(counted, mass) ? moreThan(there, mass, elements_mg) : [];
}

/** Of what there is more than this: the assay is the same on both sides, what differs is the mass alone. */
export function moreThan(
  there: Pick<Lot, "mass_mg" | "elements_mg">,
  mass_mg: Lot["mass_mg"],
  elements_mg: Lot["elements_mg"],
): string[] {
  if (there.mass_mg.best <= mass_mg.best) return [];
  const more = Object.keys(there.elements_mg).filter(
    (element) => (there.elements_mg[element]?.best ?? 0) > (elements_mg[element]?.best ?? 0),
  );
  return [MASS, ...more].sort();
}

/** What more was found of a lot than was made, of its mass or of these elements (L38); nothing where all of it was made. */
export const foundBeyondMade = (lot: Pick<Lot, "raised">, elements: readonly string[]): string | undefined =>
  lot.raised?.find((name) => name === MASS || elements.includes(name));

/** What whoever finds more than was made can do about it (L81): the mark goes with the wrong figure, and what was made since is made anew. */
export const PUT_RIGHT =
  "Where a count or an assay was wrong, count or assay that lot anew; where a weight of a shipment was, its firm corrects it (ship correct-weight) and both settle on it (settle move-lot, weights corrected): either before a step draws on the lot, or after such steps are taken back (prepare reverse)";

/** What a step made of lots of which more was found than was made, and what rose beyond what their descent supports. */
export function raisedIn(
  inputs: readonly Pick<Lot, "raised">[],
  output: Parameters<typeof risenBeyond>[0],
): Pick<Lot, "raised"> {
  const raised = [...new Set([...inputs.flatMap((lot) => lot.raised ?? []), ...risenBeyond(output)])].sort();
  return raised.length > 0 ? { raised } : {};
}
