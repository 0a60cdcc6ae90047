import { ASSAY_KINDS, type AssayEntry, applyAssay } from "../assay/index.ts";
import { applyCertify, CERTIFY_KINDS, type CertifyEntry } from "../certify/index.ts";
import { applyIdentify, IDENTIFY_KINDS, type IdentifyEntry } from "../identify/index.ts";
import { applyIntake, INTAKE_KINDS, type IntakeEntry } from "../intake/index.ts";
import { applyLedger, type Book, type Entry, LEDGER_KINDS, type LedgerEntry } from "../ledger/index.ts";
import { applyOrders, ORDER_KINDS, type OrderEntry } from "../orders/index.ts";
import { applyPrepare, PREPARE_KINDS, type StepKindDefined } from "../prepare/index.ts";
import { applyProgramme, PROGRAMME_KINDS, type ProgrammeEntry } from "../programme/index.ts";
import { Fault } from "../quantity/index.ts";
import { applyRefine, REFINE_KINDS, type RefineEntry } from "../refine/index.ts";
import { applySettle, SETTLE_KINDS, type SettleEntry } from "../settle/index.ts";
import { applyShip, SHIP_KINDS, type ShipEntry } from "../ship/index.ts";
import type { ApplyEntry } from "./core/ports.ts";
import type { Records } from "./core/records.ts";

interface Folder {
  readonly kinds: Readonly<Record<string, true>>;
  readonly apply: (book: Book<Records>, entry: { kind: string; body: unknown }) => Promise<void>;
}

/** Every room that writes entries, with the kinds it folds. A kind belongs to one room. */
const ROOMS: readonly Folder[] = [
  { kinds: PROGRAMME_KINDS, apply: (book, entry) => applyProgramme(book, entry as ProgrammeEntry) },
  { kinds: INTAKE_KINDS, apply: (book, entry) => applyIntake(book, entry as IntakeEntry) },
  { kinds: IDENTIFY_KINDS, apply: (book, entry) => applyIdentify(book, entry as IdentifyEntry) },
  { kinds: LEDGER_KINDS, apply: (book, entry) => applyLedger(book, entry as LedgerEntry) },
  {
    kinds: PREPARE_KINDS,
    apply: (book, entry) => applyPrepare(book, entry as { kind: "step_kind_defined"; body: StepKindDefined }),
  },
  { kinds: SHIP_KINDS, apply: (book, entry) => applyShip(book, entry as ShipEntry) },
  { kinds: ASSAY_KINDS, apply: (book, entry) => applyAssay(book, entry as AssayEntry) },
  { kinds: SETTLE_KINDS, apply: (book, entry) => applySettle(book, entry as SettleEntry) },
  { kinds: REFINE_KINDS, apply: (book, entry) => applyRefine(book, entry as RefineEntry) },
  { kinds: CERTIFY_KINDS, apply: (book, entry) => applyCertify(book, entry as CertifyEntry) },
  { kinds: ORDER_KINDS, apply: (book, entry) => applyOrders(book, entry as OrderEntry) },
];

const byKind = new Map(ROOMS.flatMap((room) => Object.keys(room.kinds).map((kind) => [kind, room] as const)));

/** The kinds of entry this version knows. */
export const ENTRY_KINDS: readonly string[] = [...byKind.keys()];

/** Folds one entry into the book by the room its kind belongs to. An unknown kind is a fault: the log is newer than the code. */
export const applyEntry: ApplyEntry = async (book, entry: Entry) => {
  const room = byKind.get(entry.kind);
  if (!room) throw new Fault(`entry ${entry.seq} is of a kind this version does not know: ${entry.kind}`);
  await room.apply(book, entry);
};
