import { doubtAt, readingsOfUnit } from "../../programme/index.ts";
import { inKg, type Measured, type Refusal, refuse, spread, wholeDoubt } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";
import type { WeighedInput } from "../programme/weigh.ts";

/** The part of a weight that a stated doubt counts as at most, where its scale has no greater one of its own. */
const STATED_PART = 0.005;

/**
 * How much of a stated doubt counts where two firms' weights are compared: as much as the scale that is named errs by, or half a percent where
 * that is more (H3). A doubt as wide as the weight would let it differ by anything.
 */
export async function doubtAtMost(
  scope: Scope,
  { scale, sd }: Pick<WeighedInput, "scale" | "sd">,
  mass_mg: Measured,
): Promise<{ readonly doubt_at_most_mg?: number }> {
  if (sd === undefined) return {};
  const unit = scale === undefined ? undefined : await scope.get("unit", scale);
  const readings = unit && readingsOfUnit(unit);
  const own = readings && doubtAt(readings, mass_mg.best);
  const most = Math.round(Math.max(own ? wholeDoubt(own) : 0, STATED_PART * mass_mg.best));
  return spread(mass_mg) > most ? { doubt_at_most_mg: most } : {};
}

/** What is weighed is known to a tenth of itself, or it was not weighed, as in steps (prepare R3). Our estimate, evidence C. */
const WIDEST = 0.1;

/** The sender's weight is what the receiver's is held against: a doubt stated so wide that anything could arrive is none (H3). */
export function doubtTooWide(
  lots: readonly { readonly mass_mg: Measured; readonly doubt_at_most_mg?: number }[],
  atOf: (i: number) => string,
): { readonly ok: false; readonly refusal: Refusal<"doubt_too_wide"> } | undefined {
  for (const [i, { mass_mg, doubt_at_most_mg }] of lots.entries()) {
    const [sd_mg, most_mg] = [Math.round(spread(mass_mg)), Math.round(WIDEST * mass_mg.best)];
    // What its scale errs by itself is no statement of the sender's.
    if (doubt_at_most_mg === undefined || sd_mg <= most_mg) continue;
    return refuse(
      "doubt_too_wide",
      atOf(i),
      `${inKg(sd_mg)} is the doubt of ${inKg(mass_mg.best)} on a bill of lading: at most ${inKg(most_mg)} is accepted. Weigh it anew`,
      { sd_mg, most_mg },
    );
  }
  return undefined;
}
