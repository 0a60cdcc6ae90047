import { type Lot, preservesMatter } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Divisions looked at above one lot; a drum is not repacked more often, and what is above that counts as made there. */
const DIVISIONS_MAX = 1000;

/** The day a lot was made: what was only divided or repacked since is no younger than what it was divided from (C29). */
export async function madeOn(scope: Scope, lot: Lot): Promise<string> {
  let made = lot;
  for (let n = 0; n < DIVISIONS_MAX; n++) {
    const step = await scope.get("step", made.made_by);
    const [input] = step?.inputs ?? [];
    const whole = input && (await scope.get("lot", input.lot));
    if (!step || !whole || !preservesMatter(step, [whole])) break;
    made = whole;
  }
  return made.opened.at.slice(0, 10);
}
