import { done, type Result, refuse } from "../quantity/index.ts";
import type { LotStatements } from "./entries.ts";
import type { Posting } from "./metal-account.ts";
import type { SettleRefusal } from "./refusals.ts";
import type { Statement } from "./statement.ts";
import { type DifferenceStatement, finalStands, oxideChanges, supersede } from "./supersede.ts";

/** The final statement whose oxide stands on the metal account now: the last one since the lot came under its agreement. */
export function lastFinal(statements: LotStatements | undefined): Statement | undefined {
  const issued = statements?.issued ?? [];
  const since = issued.findLastIndex(({ statement }) => statement.moved_from !== undefined);
  return issued.slice(Math.max(0, since)).findLast(({ statement }) => statement.status === "final")
    ?.statement;
}

/** The next statement of a lot under the same terms: its first, or one that replaces the last and says why (SPEC S25). */
export function nextStatement(
  statements: LotStatements | undefined,
  next: Statement,
  why: string | undefined,
  again = false,
): Result<{ readonly statement: Statement; readonly difference?: DifferenceStatement }, SettleRefusal> {
  const previous = statements?.issued.at(-1)?.statement;
  if (!previous) return done({ statement: next });
  if (why === undefined) {
    const message = `${next.lot} has a statement already; a new one says why it replaces it`;
    return refuse("reason_missing", "why", message);
  }
  // Books of before let a provisional statement follow a final one: its posting stands, and waits for a final one too.
  if (next.status === "provisional" && lastFinal(statements)) return finalStands(next);
  return supersede(previous, next, why, again);
}

const NOTHING_DUE = { elements: [] };

/** Takes back what a final statement put on the metal account of an agreement that its lot is moved away from (SPEC S39). */
export const reversalOf = (
  posted: Statement | undefined,
  given: { readonly at: string; readonly reason: string },
): Posting[] =>
  oxideChanges(posted, NOTHING_DUE).map(({ element, oxide, change_kg }) => ({
    ...{ at: given.at, element, oxide, kind: "adjust" as const, oxide_kg: change_kg },
    ...{ lot: posted?.lot ?? "", statement: posted?.digest ?? "", reason: given.reason },
  }));
