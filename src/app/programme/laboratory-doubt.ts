import type { LaboratoryDoubt, Reading } from "../../ledger/index.ts";
import { doubtOfReading, methodKey } from "../../programme/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Both parts of the doubt of results whose method is registered, by element; the books keep them with the results (G11). */
export async function laboratoryDoubts(
  scope: Pick<Scope, "get">,
  by: { readonly laboratory: string; readonly method?: string | undefined },
  mg_per_kg: Readonly<Record<string, Reading>>,
): Promise<Readonly<Record<string, LaboratoryDoubt>> | undefined> {
  const { laboratory: party, method } = by;
  if (method === undefined) return undefined;
  const doubts: Record<string, LaboratoryDoubt> = {};
  for (const [element, reading] of Object.entries(mg_per_kg)) {
    if ("below" in reading) continue;
    const of = { party, method, element };
    const known = await scope.get("method", methodKey(of));
    if (known) doubts[element] = doubtOfReading(known, of, reading);
  }
  return Object.keys(doubts).length > 0 ? doubts : undefined;
}
