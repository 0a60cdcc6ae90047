import { digestOf } from "../quantity/index.ts";
import type { UmpireRule } from "./umpire.ts";

/** What a line is there for. Only `charge` and `rounding` lines make up the money due; `information` charges nothing. */
export type LineRole =
  | "measured"
  | "term"
  | "computed"
  | "decision"
  | "charge"
  | "rounding"
  | "information"
  | "due";

export interface StatementLine {
  readonly id: string;
  readonly label: string;
  readonly role: LineRole;
  /** The figure as it is carried, all its digits; for a decision, the decision. */
  readonly value: string;
  readonly unit: string;
  /** The figure rounded as the agreement shows it. */
  readonly shown: string;
  readonly arithmetic: string;
  /** Lines this one was computed from; each stands above it. */
  readonly inputs: readonly string[];
}

export type AssayStatus =
  | "split"
  | "both_below"
  | "final_by_terms"
  | "umpire_due"
  | "umpire_applied"
  | "other_conclusive";

export interface ElementOutcome {
  readonly element: string;
  readonly status: AssayStatus;
  readonly umpire_rule?: UmpireRule;
  readonly umpire_paid_by?: "supplier" | "processor" | "shared";
  readonly final_pct: string;
  /** Left out for an element that is assayed for a penalty alone. */
  readonly oxide?: string;
  readonly returnable_oxide_kg?: string;
}

/** Money one party owes another, or owes the umpire. Never negative: the direction says who pays. */
export interface AmountDue {
  readonly from: "supplier" | "processor";
  readonly to: "supplier" | "processor" | "umpire";
  readonly amount: string;
  readonly for: string;
}

export interface Statement {
  readonly kind: "settlement_statement";
  readonly agreement: { readonly id: string; readonly title: string; readonly digest: string };
  /** Which version of the terms; statements of before versions were kept name it by the digest alone. */
  readonly agreement_version?: number;
  readonly parties: { readonly supplier: string; readonly processor: string };
  readonly lot: string;
  readonly currency: string;
  readonly status: "final" | "provisional";
  readonly revision: number;
  readonly supersedes: { readonly statement: string; readonly reason: string } | null;
  /** The agreement the lot was moved from with this statement; what was due under that one is due no more. */
  readonly moved_from?: string;
  readonly umpire_due: readonly string[];
  readonly elements: readonly ElementOutcome[];
  readonly lines: readonly StatementLine[];
  /** What the supplier owes the processor for this lot now; negative when the processor owes the supplier. */
  readonly amount_due: string;
  readonly due: readonly AmountDue[];
  readonly notes: readonly string[];
  /** SHA-256 of the canonical JSON of everything else here: the name of this statement. */
  readonly digest: string;
}

/** Names a statement by its content (SPEC S22). */
export const sealStatement = (content: Omit<Statement, "digest">): Statement => ({
  ...content,
  digest: digestOf(content),
});

/** Whether something is a statement, and still the one its digest names. */
export function isUnaltered(given: Statement): boolean {
  if (typeof given !== "object" || given === null || given.kind !== "settlement_statement") return false;
  const { digest, ...content } = given;
  return digest === digestOf(content);
}
