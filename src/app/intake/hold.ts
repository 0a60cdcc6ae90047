import type { Consignment, NewLine } from "../../intake/index.ts";
import { holdsUp } from "../../intake/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";

/**
 * A line that turns out to bear data after the lots were opened may lie on any of them, and in whatever was made of
 * them since: every one still with us waits for the consignment from now on (law 7).
 */
export async function holdFor(
  scope: Scope,
  consignment: Consignment,
  found: { readonly data_bearing: NewLine["data_bearing"]; readonly at: string; readonly why: string },
): Promise<NewEntry[]> {
  if (!holdsUp(found.data_bearing)) return [];
  const lots: string[] = [];
  const seen = new Set<string>();
  const ahead = [...consignment.lots];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const lot = await scope.get("lot", id);
    if (!lot) continue;
    ahead.push(...lot.children);
    const here = lot.state === "on_hand" || lot.state === "in_transit";
    if (here && !lot.data_from.includes(consignment.consignment)) lots.push(id);
  }
  const { at, why } = found;
  return lots.length === 0
    ? []
    : [{ kind: "lots_held", body: { lots: lots.sort(), consignment: consignment.consignment, at, why } }];
}
