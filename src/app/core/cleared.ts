import type { Refused } from "../../quantity/index.ts";
import { CLEARANCE_KINDS, type ClearanceRefusal, clearanceId, whyNotCleared } from "../../trust/index.ts";
import type { Scope } from "./use-case.ts";

/**
 * Why who acts may not touch devices that still hold their owners' data, at these sites (Z70). Asked of people who signed in: who
 * only states who they are has no clearance that could be looked up.
 */
export async function notCleared(
  scope: Pick<Scope, "get" | "actor" | "now">,
  sites: Iterable<string>,
): Promise<Refused<ClearanceRefusal> | undefined> {
  const { verified, person } = scope.actor;
  if (!verified || person === undefined) return undefined;
  for (const site of new Set(sites)) {
    const held = await Promise.all(
      CLEARANCE_KINDS.map((kind) => scope.get("clearance", clearanceId({ person, site, kind }))),
    );
    const lacking = whyNotCleared(held, { person, site, at: scope.now });
    if (lacking) return lacking;
  }
  return undefined;
}
