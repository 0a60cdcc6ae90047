import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { Agreement } from "./agreement.ts";
import { foldMetalAccount, type MetalAccount, type Posting } from "./metal-account.ts";
import type { Statement } from "./statement.ts";
import type { DifferenceStatement } from "./supersede.ts";

export interface AgreementMade {
  readonly agreement: Agreement;
  readonly prose: readonly string[];
  /** Why an agreement in force is replaced by this version. */
  readonly why?: string;
}

export interface StatementIssued {
  readonly lot: string;
  readonly sample: string;
  readonly statement: Statement;
  readonly difference?: DifferenceStatement;
  readonly at: string;
  /** For each side that had reported, whether a second person had released its results when the statement was made. */
  readonly assays_released?: Readonly<Partial<Record<"supplier" | "processor" | "umpire", boolean>>>;
}

export interface AccountPosted {
  readonly agreement: string;
  readonly postings: readonly Posting[];
}

export interface SettleBodies {
  agreement_made: AgreementMade;
  statement_issued: StatementIssued;
  account_posted: AccountPosted;
}
export type SettleEntry = {
  [K in keyof SettleBodies]: { readonly kind: K; readonly body: SettleBodies[K] };
}[keyof SettleBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const SETTLE_KINDS: { readonly [K in keyof SettleBodies]: string } = {
  agreement_made: "agreement made or changed",
  statement_issued: "settlement statement issued",
  account_posted: "posted to the metal account",
};

export interface AgreementRecord extends AgreementMade {
  readonly versions: number;
}

/** All statements of one lot, the newest last; the last final one is what was posted. */
export interface LotStatements {
  readonly lot: string;
  readonly agreement: string;
  readonly sample: string;
  readonly status: Statement["status"];
  readonly issued: readonly StatementIssued[];
}

export interface AccountRecord extends MetalAccount {
  readonly agreement: string;
  readonly postings: readonly Posting[];
}

export const lastFinal = (statements: LotStatements | undefined): Statement | undefined =>
  statements?.issued.findLast((i) => i.statement.status === "final")?.statement;

/** What entries of this room fold to, by collection. */
export interface SettleRecords {
  readonly agreement: AgreementRecord;
  /** By lot. */
  readonly statement: LotStatements;
  readonly account: AccountRecord;
}

export async function applySettle(book: Book<SettleRecords>, entry: SettleEntry): Promise<void> {
  if (entry.kind === "agreement_made") {
    const { id } = entry.body.agreement;
    const before = await book.get("agreement", id);
    book.put("agreement", id, {
      ...entry.body,
      versions: (before?.versions ?? 0) + 1,
    });
    return;
  }
  if (entry.kind === "statement_issued") {
    const { lot, sample, statement } = entry.body;
    const before = await book.get("statement", lot);
    const issued = [...(before?.issued ?? []), entry.body];
    const record = { lot, agreement: statement.agreement.id, sample, status: statement.status, issued };
    book.put("statement", lot, record);
    return;
  }
  const { agreement } = entry.body;
  const before = await book.get("account", agreement);
  const postings = [...(before?.postings ?? []), ...entry.body.postings];
  const folded = foldMetalAccount(postings);
  assert(folded.ok, "postings were checked before they were written");
  book.put("account", agreement, { agreement, postings, ...folded.value });
}
