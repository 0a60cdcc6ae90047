import { type Lot, preservesMatter, type StepRecord } from "../../ledger/index.ts";
import type { Scope } from "./use-case.ts";

/** Divisions followed back from a lot; beyond them it is not known to be the same matter. */
const DIVISIONS_MAX = 1000;

type Reads = Pick<Scope, "get">;

/**
 * A lot, and what it was divided or repacked from, the nearest first: of the same matter, whatever drum it stands in. It ends where
 * chemistry or other matter lies between.
 */
export async function* sameMatter(scope: Reads, lot: Lot): AsyncGenerator<Lot> {
  let now: Lot | undefined = lot;
  for (let i = 0; now && i < DIVISIONS_MAX; i++) {
    yield now;
    const step: StepRecord | undefined = await scope.get("step", now.made_by);
    const input: { readonly lot: string } | undefined = step?.inputs[0];
    const mother: Lot | undefined = input && (await scope.get("lot", input.lot));
    if (!step || step.reversed || !preservesMatter(step, [mother])) return;
    now = mother;
  }
}
