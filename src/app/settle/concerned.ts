import { refuse } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";

/** What concerns any one of these parties is done by one of them, or by the machine's owner, who states nobody. Checked last. */
export function notConcerned(scope: Pick<Scope, "actor">, parties: readonly string[]) {
  const { party } = scope.actor;
  if (party === "unstated" || parties.includes(party)) return undefined;
  return refuse("party_differs", "actor", `this concerns ${parties.join(" and ")}, not ${party}`);
}
