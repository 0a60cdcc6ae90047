import type { Scope } from "./use-case.ts";

/** The campaigns a lot is planned in, or what it was made of: as far as they still are to be run. */
export async function plannedFor(scope: Pick<Scope, "get">, lot: string): Promise<string[]> {
  const planned: string[] = [];
  for (const id of (await scope.get("lot_plans", lot))?.campaigns ?? [])
    if ((await scope.get("campaign", id))?.state === "planned") planned.push(id);
  return planned;
}
