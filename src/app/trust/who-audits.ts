import { done, refuse } from "../../quantity/index.ts";
import type { Asker } from "../core/ports.ts";

/** Whose people, tokens, keys and refusals someone is shown (Z50): all, for an auditor whose party does nothing else, or those of one party. */
export type Shown = "all" | { readonly party: string };

const ROLES: ReadonlySet<string> = new Set(["administrator", "auditor"]);

/** Refusals: not_signed_in, not_allowed. */
export function whoAudits(what: string, asker: Pick<Asker, "party" | "role" | "kind"> | "owner" | undefined) {
  if (asker === "owner") return done<Shown>("all");
  if (asker === undefined)
    return refuse("not_signed_in", "actor", `${what} is for who signed in, as administrator or auditor`);
  const { role, party, kind } = asker;
  if (!ROLES.has(role))
    return refuse("not_allowed", "actor", `${what} is for administrator, auditor, not for ${role}`);
  return done<Shown>(role === "auditor" && kind === "auditor" ? "all" : { party });
}

export const partyShown = (shown: Shown): { readonly party?: string } => (shown === "all" ? {} : shown);
