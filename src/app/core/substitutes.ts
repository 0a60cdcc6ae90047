import type { Actor } from "../../ledger/index.ts";
import { mayGive, standingFor } from "../../trust/index.ts";
import type { Scope } from "./use-case.ts";

/**
 * As whom somebody gives a command who signed in: in their own role, or where that may not, in that of somebody they stand in for
 * today; the entry says for whom (Z72). It is the same person either way: what takes two takes another.
 */
export async function speakingAs(
  { get, actor, now }: Pick<Scope, "get" | "actor" | "now">,
  command: string,
): Promise<Actor> {
  const { verified, person, role, party } = actor;
  if (!verified || person === undefined) return actor;
  const kind = (await get("party", party))?.kind;
  if (!mayGive(command, { role, kind })) return actor;
  const stands = (await get("stands_in", person))?.stands ?? [];
  for (const id of standingFor(stands, now)) {
    const other = await get("person", id);
    if (!other || other.ended_at !== undefined || other.party !== party) continue;
    if (!mayGive(command, { role: other.role, kind })) return { ...actor, role: other.role, for: id };
  }
  return actor;
}
