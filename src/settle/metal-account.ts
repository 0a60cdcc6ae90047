import { done, type Result, refuse } from "../quantity/index.ts";
import { Decimal, decimalText } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import type { SettleRefusal } from "./refusals.ts";
import { isUnaltered, type Statement } from "./statement.ts";
import { oxideChanges } from "./supersede.ts";

export const POSTING_KINDS = ["credit_returnable", "debit_returned", "return_taken_back", "adjust"] as const;

/** One movement of the metal account. Credits, debits and what is taken back of them are above zero; an adjustment carries its sign. */
export interface Posting {
  /** Day or instant, ISO 8601, as the caller records it. */
  readonly at: string;
  readonly element: string;
  readonly oxide: string;
  readonly kind: (typeof POSTING_KINDS)[number];
  readonly oxide_kg: string;
  readonly lot: string;
  /** Digest of the statement, or the name of the document, it rests on. */
  readonly statement: string;
  readonly reason?: string;
}

export interface OxideBalance {
  readonly element: string;
  readonly oxide: string;
  readonly credited_kg: string;
  readonly returned_kg: string;
  readonly adjusted_kg: string;
  /** Oxide the processor still has to return; below zero it has returned more than was due. */
  readonly balance_kg: string;
  readonly standing: "owed" | "settled" | "overdelivered";
  readonly owed_kg: string;
  readonly overdelivered_kg: string;
}

export interface MetalAccount {
  readonly balances: readonly OxideBalance[];
  /** Each posting with the balance of its oxide after it. */
  readonly entries: readonly (Posting & { readonly balance_kg: string })[];
}

interface Running {
  readonly element: string;
  credited: Decimal;
  returned: Decimal;
  adjusted: Decimal;
}

/** Folds postings, in the order given, into a balance per oxide (SPEC S28, S29), or refuses the first bad one by its place. */
export function foldMetalAccount(postings: readonly unknown[]): Result<MetalAccount, SettleRefusal> {
  const running = new Map<string, Running>();
  const credited = new Set<string>();
  const entries: (Posting & { balance_kg: string })[] = [];
  for (const [i, given] of postings.entries()) {
    const read = readPosting(given, `postings[${i}]`);
    if (!read.ok) return read;
    const posting = read.value;
    if (posting.kind === "credit_returnable") {
      const key = JSON.stringify([posting.statement, posting.lot, posting.oxide]);
      if (credited.has(key)) {
        const message = `this statement has credited ${posting.oxide} of lot ${posting.lot} already`;
        return refuse("statement_already_posted", `postings[${i}]`, message);
      }
      credited.add(key);
    }
    const zero = new Decimal(0);
    const oxide = running.get(posting.oxide) ?? {
      element: posting.element,
      credited: zero,
      returned: zero,
      adjusted: zero,
    };
    running.set(posting.oxide, post(oxide, posting));
    entries.push({ ...posting, balance_kg: decimalText(balanceOf(oxide)) });
  }
  return done({ balances: [...running].map(([formula, oxide]) => balanceLine(formula, oxide)), entries });
}

const balanceOf = (oxide: Running): Decimal => oxide.credited.minus(oxide.returned).plus(oxide.adjusted);

function post(oxide: Running, { kind, oxide_kg }: Posting): Running {
  if (kind === "credit_returnable") oxide.credited = oxide.credited.plus(oxide_kg);
  else if (kind === "debit_returned") oxide.returned = oxide.returned.plus(oxide_kg);
  else if (kind === "return_taken_back") oxide.returned = oxide.returned.minus(oxide_kg);
  else oxide.adjusted = oxide.adjusted.plus(oxide_kg);
  return oxide;
}

function balanceLine(formula: string, oxide: Running): OxideBalance {
  const balance = balanceOf(oxide);
  const standing = balance.isZero() ? "settled" : balance.isNegative() ? "overdelivered" : "owed";
  return {
    element: oxide.element,
    oxide: formula,
    credited_kg: decimalText(oxide.credited),
    returned_kg: decimalText(oxide.returned),
    adjusted_kg: decimalText(oxide.adjusted),
    balance_kg: decimalText(balance),
    standing,
    owed_kg: decimalText(Decimal.max(balance, 0)),
    overdelivered_kg: decimalText(Decimal.max(balance.neg(), 0)),
  };
}

function readPosting(given: unknown, at: string): Result<Posting, SettleRefusal> {
  const read = new FieldReader(given, at);
  const element = read.element("element");
  const kind = read.choice("kind", POSTING_KINDS);
  const posting = {
    at: read.text("at"),
    element,
    oxide: read.oxideOf("oxide", element),
    kind,
    oxide_kg: read.carriedDecimal("oxide_kg", kind === "adjust" ? {} : { above: "0" }),
    lot: read.text("lot"),
    statement: read.text("statement"),
    ...(saysWhy(kind) || read.has("reason") ? { reason: readReason(read) } : {}),
  };
  return read.refusal ? { ok: false, refusal: read.refusal } : done(posting);
}

const saysWhy = (kind: Posting["kind"]): boolean => kind === "adjust" || kind === "return_taken_back";

function readReason(read: FieldReader): string {
  if (!read.has("reason"))
    read.refuse("reason_missing", read.path("reason"), "what corrects the account says why");
  return read.text("reason");
}

/**
 * The postings of a final statement: a credit per oxide, or, when it replaces one that was posted, the differences as adjustments.
 * `previous` is the last statement of this lot that was posted, if any; a provisional one never is (SPEC S29).
 */
export function postingsOf(
  statement: Statement,
  at: string,
  previous?: Statement,
): Result<Posting[], SettleRefusal> {
  for (const [place, one] of [
    ["statement", statement],
    ["previous", previous],
  ] as const) {
    if (!one) continue;
    if (!isUnaltered(one))
      return refuse("statement_altered", place, "its content is not what its digest names");
    if (one.status !== "final")
      return refuse("statement_not_final", place, "only a final statement moves the metal account");
  }
  if (previous && (previous.lot !== statement.lot || previous.agreement.id !== statement.agreement.id)) {
    return refuse("statement_of_another_lot", "previous", "it is of another lot or agreement");
  }
  if (statement.lot === "") return refuse("field_missing", "statement.lot", "a posting names its lot");
  const reason = statement.supersedes?.reason ?? "";
  if (previous && reason === "") {
    return refuse(
      "reason_missing",
      "statement.supersedes",
      "a statement that replaces a posted one says why",
    );
  }
  const shared = { at, lot: statement.lot, statement: statement.digest };
  return done(
    oxideChanges(previous, statement).map(({ element, oxide, change_kg }) =>
      previous
        ? { ...shared, element, oxide, kind: "adjust", oxide_kg: change_kg, reason }
        : { ...shared, element, oxide, kind: "credit_returnable", oxide_kg: change_kg },
    ),
  );
}
