import { inKg, type Refusal, refuse } from "../quantity/index.ts";
import { CLOSURE_K, type Closure } from "./closure.ts";

/** Below a feed, where contents were measured, an element rises by at most this part of what went in, however wide the doubt: our estimate, evidence C. */
export const MOST_RISEN = 0.05;
/** A trace may be found in twice what it was thought to be: of the mass, so much is a trace. Our estimate, evidence C. */
export const TRACE = 0.001;

/**
 * Refuses a step in which an element rises beyond its doubt, whatever reason is stated: a plant loses metal and never makes any
 * (L19). What went in unseen is an addition with its content; what went in wrongly known is measured anew before the step.
 */
export function elementRises(
  { mass, elements }: Closure,
  given: { readonly parts: number; readonly belowFeeds: boolean },
): { readonly ok: false; readonly refusal: Refusal<"element_does_not_close"> } | undefined {
  for (const [element, { in_mg, added_mg, residual_mg, sd_mg }] of Object.entries(elements)) {
    const entered = in_mg + added_mg;
    const most = given.belowFeeds
      ? Math.max(MOST_RISEN * entered, TRACE * (mass.in_mg + mass.added_mg))
      : Number.POSITIVE_INFINITY;
    if (-residual_mg <= Math.min(CLOSURE_K * sd_mg, most) + given.parts) continue;
    const message = `${element}: ${inKg(entered)} in, ${inKg(entered - residual_mg)} out or lost: ${inKg(-residual_mg)} from nowhere, its doubt is ${inKg(sd_mg)}. A gain is not booked open: state what was put in (content of the addition), or correct what is said to come out`;
    return refuse("element_does_not_close", `elements.${element}`, message, { residual_mg, sd_mg });
  }
  return undefined;
}
