import { type Book, free, type TakingRecords, take } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { Agreement } from "./agreement.ts";
import { Decimal } from "./decimals.ts";
import { foldMetalAccount, type MetalAccount, type Posting } from "./metal-account.ts";
import type { SettledBefore } from "./settled-before.ts";
import type { CorrectedSince, NoClaimOn, ReceivedAboveSent, WeighedSince } from "./settled-on.ts";
import type { Statement } from "./statement.ts";
import type { DifferenceStatement, Reversed } from "./supersede.ts";
import {
  type Returned,
  type TakeBackProposed,
  type TakenBack,
  withoutReturn,
  withReturn,
} from "./take-back.ts";
import type { Unrestated } from "./unrestated.ts";
import {
  type Acceptance,
  type AgreementRecord,
  type AgreementVersion,
  type Proposed,
  recordOf,
  type SaidBy,
} from "./versions.ts";

/** Terms put on the books by one call, before the other party was asked: kept for books that hold them. */
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
  /** The shipment whose receipt was weighed, and the day of that receipt: it decides which version of the terms holds. */
  readonly shipment?: string;
  readonly received_on?: string;
  /** What the lot was restated to, where it was: its mass and elements in milligrams. */
  readonly booked?: { readonly mass_mg: number; readonly elements_mg: Readonly<Record<string, number>> };
  /** What the books could not restate. */
  readonly unrestated?: readonly Unrestated[];
  /** Of a lot moved from another agreement: what was due there, and is due no more. */
  readonly reversed?: Reversed;
  /** The weight was corrected since the lot was settled, and both firms have not made that money. */
  readonly weighed_since?: WeighedSince;
  /** The weight it is settled on is above the one that was sent. */
  readonly received_above_sent?: ReceivedAboveSent;
  /** What of its metal is settled in lots that it was made from, as it was when it was first settled. */
  readonly settled_before?: readonly SettledBefore[];
  /** Settled elements that carry no claim. */
  readonly no_claim?: readonly NoClaimOn[];
  /** The reports of both sides that it was made of, by their digest; statements of before this was kept do not have it. */
  readonly results?: { readonly supplier?: string; readonly processor?: string };
  /** What a side corrected alone since the exchange, and both firms have not made money. */
  readonly corrected_since?: readonly CorrectedSince[];
}

export interface AccountPosted {
  readonly agreement: string;
  readonly postings: readonly Posting[];
  /** Of a return: the lot's own mass that went back, and the certificate of analysis it went back with. */
  readonly returned?: {
    readonly lot: string;
    readonly mass_mg: number;
    /** Why less than its mass is posted: the books hold too little of its metal. */
    readonly credited_less?: string;
    readonly certificate?: string;
    readonly title_passed?: true;
  };
}

/**
 * One party's word that a settled lot belongs under another agreement, under the terms now in force, or on another sample, weight or
 * moisture than it was settled on; the other's, for the same, moves it.
 */
export interface LotMoveProposed {
  readonly lot: string;
  readonly from: string;
  readonly agreement: string;
  readonly why: string;
  readonly by: SaidBy;
  readonly at: string;
  /** What it is to be settled on, where that is not what it was settled on. */
  readonly sample?: string;
  readonly shipment?: string;
  readonly net_wet_kg?: string;
  readonly moisture_pct?: string;
  readonly results?: "corrected";
  /** What that comes to: the version of the terms, and the digest of the statement. Proposals of before they were kept do not have them. */
  readonly agreement_version?: number;
  readonly comes_to?: string;
}

export interface LotMoved extends LotMoveProposed {
  readonly accepted: { readonly by: SaidBy; readonly at: string };
}

export interface SettleBodies {
  agreement_made: AgreementMade;
  agreement_proposed: Proposed;
  agreement_accepted: Acceptance;
  lot_move_proposed: LotMoveProposed;
  lot_moved: LotMoved;
  statement_issued: StatementIssued;
  account_posted: AccountPosted;
  return_take_back_proposed: TakeBackProposed;
  return_taken_back: TakenBack;
}
export type SettleEntry = {
  [K in keyof SettleBodies]: { readonly kind: K; readonly body: SettleBodies[K] };
}[keyof SettleBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const SETTLE_KINDS: { readonly [K in keyof SettleBodies]: string } = {
  agreement_made: "agreement made or changed",
  agreement_proposed: "terms proposed",
  agreement_accepted: "terms accepted",
  lot_move_proposed: "settling a lot otherwise proposed",
  lot_moved: "lot settled otherwise by both",
  statement_issued: "settlement statement issued",
  account_posted: "posted to the metal account",
  return_take_back_proposed: "taking back of a return proposed",
  return_taken_back: "return taken back",
};

/** All statements of one lot, the newest last; the last final one is what was posted. */
export interface LotStatements {
  readonly lot: string;
  readonly agreement: string;
  readonly sample: string;
  readonly status: Statement["status"];
  readonly issued: readonly StatementIssued[];
  /** A move that waits for the other party. */
  readonly move?: LotMoveProposed;
  /** Moisture that both firms agreed on, instead of what the laboratories reported. */
  readonly moisture_pct?: string;
}

export interface AccountRecord extends MetalAccount {
  readonly agreement: string;
  readonly postings: readonly Posting[];
  /** By lot: what was agreed of it and the books could not restate. */
  readonly unrestated?: Readonly<Record<string, readonly Unrestated[]>>;
  /** By lot: what is returned of it. */
  readonly returns?: Readonly<Record<string, Returned>>;
  /** By lot: a return that one party takes back, until the other says the same. */
  readonly taking_back?: Readonly<Record<string, TakeBackProposed>>;
}

/** What entries of this room fold to, by collection. */
export interface SettleRecords {
  readonly agreement: AgreementRecord;
  /** By lot. */
  readonly statement: LotStatements;
  readonly account: AccountRecord;
}

type SettleBook = Book<SettleRecords & TakingRecords>;

export async function applySettle(book: SettleBook, entry: SettleEntry): Promise<void> {
  switch (entry.kind) {
    case "agreement_made":
    case "agreement_proposed":
      return addVersion(book, entry.body);
    case "agreement_accepted":
      return accept(book, entry.body);
    case "lot_move_proposed": {
      const statements = await theStatements(book, entry.body.lot);
      return book.put("statement", entry.body.lot, { ...statements, move: entry.body });
    }
    case "lot_moved": {
      const { move: _, moisture_pct: agreed, ...statements } = await theStatements(book, entry.body.lot);
      const { sample, moisture_pct = sample === undefined ? agreed : undefined } = entry.body;
      book.put("statement", entry.body.lot, {
        ...statements,
        ...(moisture_pct === undefined ? {} : { moisture_pct }),
      });
      return leaveOpen(book, entry.body.from, { lot: entry.body.lot, unrestated: [] });
    }
    case "statement_issued":
      return issue(book, entry.body);
    case "account_posted":
      return post(book, entry.body);
    case "return_take_back_proposed": {
      const account = await theAccount(book, entry.body.agreement);
      const taking_back = { ...account.taking_back, [entry.body.lot]: entry.body };
      return book.put("account", entry.body.agreement, { ...account, taking_back });
    }
    case "return_taken_back":
      return takeBack(book, entry.body);
  }
}

async function theStatements(book: SettleBook, lot: string): Promise<LotStatements> {
  const statements = await book.get("statement", lot);
  assert(statements, `${lot} was settled`);
  return statements;
}

async function theAccount(book: SettleBook, agreement: string): Promise<AccountRecord> {
  const account = await book.get("account", agreement);
  assert(account, `something was returned under ${agreement}`);
  return account;
}

async function takeBack(book: SettleBook, body: TakenBack): Promise<void> {
  const { agreement, lot, freed, posting } = body;
  const account = await theAccount(book, agreement);
  const { [lot]: before, ...returns } = account.returns ?? {};
  const { [lot]: _, ...taking_back } = account.taking_back ?? {};
  const left = before && withoutReturn(before, body);
  const postings = [...account.postings, posting];
  const folded = foldMetalAccount(postings);
  assert(folded.ok, "postings were checked before they were written");
  const others = left ? { ...returns, [lot]: left } : returns;
  book.put("account", agreement, { ...account, postings, ...folded.value, returns: others, taking_back });
  for (const part of freed) await free(book, { taking: "returned", by: agreement, ...part });
}

async function addVersion(
  book: SettleBook,
  body: AgreementMade & Pick<AgreementVersion, "proposed">,
): Promise<void> {
  const { agreement, prose, why, proposed } = body;
  const before = (await book.get("agreement", agreement.id))?.terms ?? [];
  const version: AgreementVersion = {
    ...{ version: before.length + 1, agreement, prose },
    ...(why === undefined ? {} : { why }),
    ...(proposed === undefined ? {} : { proposed }),
  };
  book.put("agreement", agreement.id, recordOf([...before, version]));
}

async function accept(book: SettleBook, { agreement, version, ...accepted }: Acceptance): Promise<void> {
  const record = await book.get("agreement", agreement);
  assert(record, `agreement ${agreement} is on the books`);
  const terms = record.terms.map((one) => (one.version === version ? { ...one, accepted } : one));
  book.put("agreement", agreement, recordOf(terms));
}

async function issue(book: SettleBook, body: StatementIssued): Promise<void> {
  const { lot, sample, statement, unrestated = [] } = body;
  const before = await book.get("statement", lot);
  const issued = [...(before?.issued ?? []), body];
  const record = { lot, agreement: statement.agreement.id, sample, status: statement.status, issued };
  const { move, moisture_pct } = before ?? {};
  book.put("statement", lot, {
    ...record,
    ...(move ? { move } : {}),
    ...(moisture_pct === undefined ? {} : { moisture_pct }),
  });
  await leaveOpen(book, statement.agreement.id, { lot, unrestated });
}

const NO_MOVEMENT = { postings: [], balances: [], entries: [] } as const;

/** What stays unrestated of a lot stands on the account of its agreement until a later statement says otherwise. */
async function leaveOpen(
  book: SettleBook,
  agreement: string,
  { lot, unrestated }: { readonly lot: string; readonly unrestated: readonly Unrestated[] },
): Promise<void> {
  const before = await book.get("account", agreement);
  if (unrestated.length === 0 && before?.unrestated?.[lot] === undefined) return;
  const { [lot]: _, ...others } = before?.unrestated ?? {};
  const left = unrestated.length === 0 ? others : { ...others, [lot]: unrestated };
  book.put("account", agreement, { ...NO_MOVEMENT, ...before, agreement, unrestated: left });
}

async function post(book: SettleBook, body: AccountPosted): Promise<void> {
  const { agreement } = body;
  const before = await book.get("account", agreement);
  const postings = [...(before?.postings ?? []), ...body.postings];
  const folded = foldMetalAccount(postings);
  assert(folded.ok, "postings were checked before they were written");
  const returns = returnsWith(before?.returns, body);
  book.put("account", agreement, { ...before, agreement, postings, ...folded.value, ...returns });
  for (const { lot, mass_mg } of backOf(body))
    await take(book, { taking: "returned", lot, by: agreement, mass_mg });
}

const MG_PER_KG = 1_000_000;

/** What went back, in milligrams of the lot; of before the lot's mass was kept a single oxide weighs what was posted of it. */
const backOf = ({ returned, postings }: AccountPosted) =>
  returned
    ? [returned]
    : postings
        .filter(({ kind }) => kind === "debit_returned")
        .map(({ lot, oxide_kg }) => ({
          lot,
          mass_mg: new Decimal(oxide_kg).times(MG_PER_KG).round().toNumber(),
        }));

function returnsWith(before: AccountRecord["returns"], body: AccountPosted): Pick<AccountRecord, "returns"> {
  const returns: Record<string, Returned> = { ...before };
  for (const back of backOf(body)) {
    const posting = body.postings.find(({ kind, lot }) => kind === "debit_returned" && lot === back.lot);
    if (!posting) continue;
    const { lot, element, oxide, oxide_kg, at } = posting;
    const title = body.returned?.title_passed ? { title_passed: true as const } : {};
    const one = { lot, element, oxide, oxide_kg, at, mass_mg: back.mass_mg, ...title };
    returns[lot] = withReturn(returns[lot], one);
  }
  return Object.keys(returns).length > 0 ? { returns } : {};
}
