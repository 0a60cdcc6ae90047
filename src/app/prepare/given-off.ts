import { gasOf, type Lot, type StepRecord } from "../../ledger/index.ts";
import { STEP_KINDS } from "../../prepare/index.ts";
import { WET_KINDS } from "../../refine/index.ts";
import type { Scope } from "../core/use-case.ts";

/** What steps of a shipped kind give off without metal: of that no figure of a programme's own is believed. */
export const gasesOf = (name: string): ReadonlySet<string> =>
  new Set(
    [...STEP_KINDS, ...WET_KINDS]
      .filter(({ kind }) => kind === name)
      .flatMap(({ losses }) => Object.entries(losses))
      .flatMap(([place, { by }]) => (by === "none" ? [place] : [])),
  );

/**
 * What the matter that a step draws gave off before as gas, in the steps that made it: it dries or burns once, in however many steps.
 * Asked only of lots whose data waits.
 */
export async function givenOff(
  scope: Pick<Scope, "get">,
  inputs: readonly { readonly lot: string; readonly mass_mg: { readonly best: number } }[],
): Promise<number> {
  const known = new Map<string, number>();
  const within = async (parts: typeof inputs): Promise<number> => {
    let mg = 0;
    for (const { lot, mass_mg } of parts) mg += (await part(lot)) * mass_mg.best;
    return mg;
  };
  /** Milligrams that were given off for each milligram of a lot. */
  const part = async (id: string): Promise<number> => {
    const before = known.get(id);
    if (before !== undefined) return before;
    // Nothing is made of itself, whatever is read.
    known.set(id, 0);
    const lot: Lot | undefined = await scope.get("lot", id);
    const step: StepRecord | undefined = lot && (await scope.get("step", lot.made_by));
    const made = step?.outputs.reduce((sum, output) => sum + output.mass_mg.best, 0) ?? 0;
    const mg = step && made > 0 ? (gasOf(step, gasesOf(step.kind)) + (await within(step.inputs))) / made : 0;
    known.set(id, mg);
    return mg;
  };
  return within(inputs);
}
