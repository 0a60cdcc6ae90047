import { done, type Result, refuse } from "../quantity/index.ts";
import { Decimal, decimalText } from "./decimals.ts";
import type { SettleRefusal } from "./refusals.ts";
import {
  type AmountDue,
  isUnaltered,
  type Statement,
  type StatementLine,
  sealStatement,
} from "./statement.ts";

export interface LineChange {
  readonly line: string;
  readonly label: string;
  readonly unit: string;
  /** What was and is shown; null where the line did not or does not stand. */
  readonly before: string | null;
  readonly after: string | null;
  /** After less before, exact, where both are figures. */
  readonly change: string | null;
}

export interface OxideChange {
  readonly element: string;
  readonly oxide: string;
  /** Above zero the processor owes more oxide, below zero less. */
  readonly change_kg: string;
}

export interface DifferenceStatement {
  readonly previous: string;
  readonly next: string;
  readonly reason: string;
  readonly currency: string;
  readonly changes: readonly LineChange[];
  readonly amount_due_before: string;
  readonly amount_due_after: string;
  /** New amount due from the supplier less the old one. */
  readonly amount_change: string;
  readonly due: readonly AmountDue[];
  readonly oxide: readonly OxideChange[];
}

/**
 * Replaces a statement by another of the same lot: provisional by final, or a wrong one by a right one (SPEC S25, S26).
 * The old statement stays as it is; the new one names it and the reason. Gives the new statement and what is due either way.
 * One that changes no line is refused, unless it is issued `again` for what it does to the books beside the money.
 */
export function supersede(
  previous: Statement,
  next: Statement,
  reason: string,
  again = false,
): Result<{ readonly statement: Statement; readonly difference: DifferenceStatement }, SettleRefusal> {
  if (!isUnaltered(previous))
    return refuse("statement_altered", "previous", "its content is not what its digest names");
  if (!isUnaltered(next))
    return refuse("statement_altered", "next", "its content is not what its digest names");
  for (const [field, was, is] of [
    ["agreement.id", previous.agreement.id, next.agreement.id],
    ["lot", previous.lot, next.lot],
    ["currency", previous.currency, next.currency],
  ] as const) {
    if (was !== is)
      return refuse(
        "statement_of_another_lot",
        `next.${field}`,
        `"${is}" where the statement replaced has "${was}"`,
      );
  }
  if (reason.trim() === "") return refuse("reason_missing", "reason", "a correction says why");
  if (previous.status === "final" && next.status === "provisional") return finalStands(next);
  const changes = changesBetween(previous.lines, next.lines);
  if (
    !again &&
    changes.length === 0 &&
    previous.status === next.status &&
    previous.agreement.digest === next.agreement.digest
  ) {
    return refuse("nothing_changed", "next", "the new statement says what the old one said");
  }
  const { digest: _unpointed, ...content } = next;
  const statement = sealStatement({
    ...content,
    revision: previous.revision + 1,
    supersedes: { statement: previous.digest, reason },
  });
  return done({ statement, difference: differenceOf({ previous, statement, reason, changes }) });
}

/** A final statement moved the metal account: only another final one takes its place (SPEC S25). */
export const finalStands = (next: Statement) =>
  refuse(
    "final_stands",
    "next.status",
    `${next.lot} has a final statement, which stands until the umpire has reported ${next.umpire_due.join(", ")}`,
  );

/**
 * The first statement of a lot under the agreement it was moved to: it follows the last one under the other agreement and names
 * that agreement. What was due there is reversed as a whole, so that no difference between two sets of terms is owed (SPEC S39).
 */
export function moveStatement(
  previous: Statement,
  next: Statement,
  reason: string,
): { readonly statement: Statement; readonly reversed: Reversed } {
  const { digest: _unpointed, ...content } = next;
  const statement = sealStatement({
    ...content,
    revision: previous.revision + 1,
    supersedes: { statement: previous.digest, reason },
    moved_from: previous.agreement.id,
  });
  const { agreement, digest, currency, amount_due } = previous;
  return { statement, reversed: { agreement: agreement.id, statement: digest, currency, amount_due } };
}

/** What was due under the agreement a lot was moved from, and is due no more. */
export interface Reversed {
  readonly agreement: string;
  readonly statement: string;
  readonly currency: string;
  readonly amount_due: string;
}

function differenceOf(between: {
  previous: Statement;
  statement: Statement;
  reason: string;
  changes: readonly LineChange[];
}): DifferenceStatement {
  const { previous, statement, reason, changes } = between;
  const change = new Decimal(statement.amount_due).minus(previous.amount_due);
  return {
    previous: previous.digest,
    next: statement.digest,
    reason,
    currency: statement.currency,
    changes,
    amount_due_before: previous.amount_due,
    amount_due_after: statement.amount_due,
    amount_change: decimalText(change),
    due: [...dueEitherWay(change), ...umpireDue(previous, statement)],
    oxide: oxideChanges(previous, statement),
  };
}

function dueEitherWay(change: Decimal): AmountDue[] {
  if (change.isZero()) return [];
  const [from, to] = change.isNegative()
    ? (["processor", "supplier"] as const)
    : (["supplier", "processor"] as const);
  return [{ from, to, amount: decimalText(change.abs()), for: "difference between the statements" }];
}

/** What the umpire is owed by the new statement beyond the old one; a fall is a claim on the umpire, shown as such. */
function umpireDue(previous: Statement, statement: Statement): AmountDue[] {
  return (["supplier", "processor"] as const).flatMap((from) => {
    const owed = (of: Statement) =>
      of.due
        .filter((due) => due.from === from && due.to === "umpire")
        .reduce((total, due) => total.plus(due.amount), new Decimal(0));
    const change = owed(statement).minus(owed(previous));
    if (change.isZero()) return [];
    const why = change.isNegative()
      ? "umpire's cost no longer borne (to be refunded by who bears it now)"
      : "umpire's cost";
    return [{ from, to: "umpire" as const, amount: decimalText(change), for: why }];
  });
}

function changesBetween(before: readonly StatementLine[], after: readonly StatementLine[]): LineChange[] {
  const old = new Map(before.map((line) => [line.id, line]));
  const fresh = new Map(after.map((line) => [line.id, line]));
  const ids = [
    ...after.map((line) => line.id),
    ...before.map((line) => line.id).filter((id) => !fresh.has(id)),
  ];
  return ids.flatMap((id) => {
    const [was, is] = [old.get(id), fresh.get(id)];
    const standing = is ?? was;
    if (!standing || (was && is && was.value === is.value && was.unit === is.unit)) return [];
    const figures = was && is && is.unit !== "decision" && was.unit === is.unit;
    return [
      {
        line: id,
        label: standing.label,
        unit: standing.unit,
        before: was?.shown ?? null,
        after: is?.shown ?? null,
        change: figures ? decimalText(new Decimal(is.value).minus(was.value)) : null,
      },
    ];
  });
}

type OxideDue = Pick<Statement, "elements">;

/** Oxide due by element and formula, after less before; an oxide on one statement only counts as zero on the other. */
export function oxideChanges(previous: OxideDue | undefined, next: OxideDue): OxideChange[] {
  const changes = new Map<string, { element: string; oxide: string; kg: Decimal }>();
  const add = (statement: OxideDue, sign: 1 | -1) => {
    for (const { element, oxide, returnable_oxide_kg } of statement.elements) {
      if (oxide === undefined || returnable_oxide_kg === undefined) continue;
      const kg = changes.get(oxide)?.kg ?? new Decimal(0);
      changes.set(oxide, { element, oxide, kg: kg.plus(new Decimal(returnable_oxide_kg).times(sign)) });
    }
  };
  add(next, 1);
  if (previous) add(previous, -1);
  return [...changes.values()]
    .filter(({ kg }) => !kg.isZero())
    .map(({ element, oxide, kg }) => ({ element, oxide, change_kg: decimalText(kg) }));
}

const cameFrom = (statement: Statement): string => statement.moved_from ?? statement.agreement.id;

/** Checks that statements, oldest first, are one unbroken chain of one lot (SPEC S27); gives the one in force. */
export function checkHistory(statements: readonly Statement[]): Result<Statement, SettleRefusal> {
  let current: Statement | undefined;
  for (const [i, statement] of statements.entries()) {
    const at = `statements[${i}]`;
    if (!isUnaltered(statement))
      return refuse("statement_altered", at, "its content is not what its digest names");
    const points_at = statement.supersedes?.statement;
    if (points_at !== current?.digest || statement.revision !== i + 1) {
      return refuse(
        "chain_broken",
        at,
        `revision ${statement.revision} does not follow the statement before it`,
      );
    }
    if (current && (current.lot !== statement.lot || cameFrom(statement) !== current.agreement.id)) {
      return refuse(
        "statement_of_another_lot",
        at,
        "it is of another lot or agreement than the one before it",
      );
    }
    current = statement;
  }
  return current ? done(current) : refuse("chain_broken", "statements", "there is no statement");
}
