import type { Contents, Lot } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** What steps that stand drew from a lot: those that made something of it, and those that made nothing. */
export async function drawnFrom(
  scope: Scope,
  lot: Lot,
): Promise<readonly (Contents & { readonly step: string; readonly at: string; readonly site: string })[]> {
  const steps = new Set(lot.lost_in);
  for (const child of lot.children) {
    const made = await scope.get("lot", child);
    if (made) steps.add(made.made_by);
  }
  const records = await Promise.all([...steps].map((step) => scope.get("step", step)));
  return records.flatMap((made) => {
    if (!made || made.reversed) return [];
    const { step, at, site, inputs } = made;
    return inputs.filter((input) => input.lot === lot.id).map((input) => ({ ...input, step, at, site }));
  });
}
