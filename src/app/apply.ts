import { type AssayEntry, applyAssay } from "../assay/index.ts";
import { applyCertify, type CertifyEntry, claimsTakenBack } from "../certify/index.ts";
import { ENTRY_KINDS, type WritingRoom } from "../contract/entry-kinds.ts";
import { applyIdentify, type IdentifyEntry } from "../identify/index.ts";
import { applyIntake, type IntakeEntry, keepProposal } from "../intake/index.ts";
import { applyLedger, type Book, type Entry, type LedgerEntry } from "../ledger/index.ts";
import { applyOrders, followMatter, type OrderEntry } from "../orders/index.ts";
import { applyPrepare, type StepKindDefined } from "../prepare/index.ts";
import { applyProgramme, type ProgrammeEntry } from "../programme/index.ts";
import { Fault } from "../quantity/index.ts";
import { applyRefine, plansFollow, type RefineEntry, runTakenBack } from "../refine/index.ts";
import { applySettle, type SettleEntry } from "../settle/index.ts";
import { applyShip, type ShipEntry } from "../ship/index.ts";
import { applyTrust, type TrustEntry } from "../trust/index.ts";
import type { ApplyEntry, WhoReads } from "./core/ports.ts";
import type { Records } from "./core/records.ts";
import { whoReads as readersOf } from "./readers/who-reads.ts";
import { noteHands } from "./trust/hands.ts";

/**
 * The rules by which entries fold into records. A release whose folding leaves other records of the same entries raises it, so
 * that books of an older one are folded anew when they are opened; `test/archive` is red where that was forgotten.
 */
export const FOLD_RULES = 10;

type Fold = (book: Book<Records>, entry: { kind: string; time: string; body: unknown }) => Promise<void>;

/** How each room that writes entries folds them. */
const FOLDS: Readonly<Record<WritingRoom, Fold>> = {
  programme: (book, entry) => applyProgramme(book, entry as ProgrammeEntry),
  intake: (book, entry) => applyIntake(book, entry as IntakeEntry, entry.time),
  identify: (book, entry) => applyIdentify(book, entry as IdentifyEntry),
  ledger: (book, entry) => applyToLots(book, entry as LedgerEntry),
  prepare: (book, entry) => applyPrepare(book, entry as { kind: "step_kind_defined"; body: StepKindDefined }),
  ship: (book, entry) => applyShip(book, entry as ShipEntry),
  assay: (book, entry) => applyAssay(book, entry as AssayEntry),
  settle: (book, entry) => applySettle(book, entry as SettleEntry),
  refine: (book, entry) => applyRefine(book, entry as RefineEntry),
  certify: (book, entry) => applyCertify(book, entry as CertifyEntry),
  orders: (book, entry) => applyOrders(book, entry as OrderEntry),
  trust: (book, entry) => applyToPeople(book, entry as TrustEntry),
};

/** What is proposed of a consignment is one of its papers, where it stands apart. */
async function applyToPeople(book: Book<Records>, entry: TrustEntry): Promise<void> {
  await applyTrust(book, entry);
  if (entry.kind !== "approval_asked") return;
  const { consignment, particulars, said_in } = entry.body;
  if (consignment === undefined || particulars === undefined) return;
  await keepProposal(book, { consignment, particulars, ...(said_in === undefined ? {} : { said_in }) });
}

/** Lots change by the ledger; what other rooms hold of their matter, and of steps, follows. */
async function applyToLots(book: Book<Records>, entry: LedgerEntry): Promise<void> {
  await applyLedger(book, entry);
  if (entry.kind !== "step_recorded" && entry.kind !== "step_reversed") return;
  const step = await book.get("step", entry.body.step);
  if (!step) return;
  await followMatter(book, step, entry.kind === "step_recorded" ? "done" : "taken back");
  if (entry.kind === "step_recorded") {
    await plansFollow(book, step);
    return;
  }
  await claimsTakenBack(book, step);
  await runTakenBack(book, step);
}

const byKind = new Map(ENTRY_KINDS.map(({ kind, room }) => [kind, FOLDS[room]]));

/** Folds one entry into the book by the room its kind belongs to. An unknown kind is a fault: the log is newer than the code. */
export const applyEntry: ApplyEntry = async (book, entry: Entry) => {
  const fold = byKind.get(entry.kind);
  if (!fold) throw new Fault(`entry ${entry.seq} is of a kind this version does not know: ${entry.kind}`);
  await fold(book, withoutRequest(entry));
  await noteHands(book, entry);
};

const whoReads: WhoReads<Records> = (of) => readersOf({ ...of, entry: withoutRequest(of.entry) });

/** How entries become records, and who reads what comes of them. */
export const FOLDING = { apply: applyEntry, whoReads };

/** What an entry seals of the request it was written for is the audit's and no part of a record (store P70). */
function withoutRequest(entry: Entry): Entry {
  if (!Object.hasOwn(entry.body, "for_request")) return entry;
  const { for_request: _, ...body } = entry.body;
  return { ...entry, body };
}
