import type { Lot } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Whose the lot is and at whose site it stands: the two firms that will exchange, where they are two. */
export async function firmsOf(scope: Pick<Scope, "get">, lot: Pick<Lot, "owner" | "place">) {
  const site = await scope.get("site", lot.place);
  return {
    supplier: lot.owner,
    ...(site && site.party !== lot.owner ? { processor: site.party } : {}),
  };
}
