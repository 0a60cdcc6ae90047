import { doubtAt, readingsOfUnit } from "../../programme/index.ts";
import { inKg, type Measured, type Refusal, refuse, spread, wholeDoubt } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";
import type { WeighedInput } from "../programme/weigh.ts";

/** The part of a weight that a doubt may be which its receiver states, where its scale has no greater one of its own. */
const STATED_PART = 0.005;

/**
 * How much of a stated doubt counts beside the sender's weight: as much as the scale that is named errs by, or half a percent where
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

/** The sender's weight is what the receiver's is held against: a doubt stated so wide that anything could arrive is none (H3). */
export async function doubtTooWide(
  scope: Scope,
  given: WeighedInput,
  mass_mg: Measured,
): Promise<{ readonly ok: false; readonly refusal: Refusal<"doubt_too_wide"> } | undefined> {
  const { doubt_at_most_mg: most_mg } = await doubtAtMost(scope, given, mass_mg);
  if (most_mg === undefined) return undefined;
  const sd_mg = Math.round(spread(mass_mg));
  return refuse(
    "doubt_too_wide",
    given.at === "" ? "sd" : `${given.at}.sd`,
    `${inKg(sd_mg)} is the doubt of ${inKg(mass_mg.best)} on a bill of lading: at most ${inKg(most_mg)} is accepted. Weigh it anew`,
    { sd_mg, most_mg },
  );
}
