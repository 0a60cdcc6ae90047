import { ASSAY_KINDS } from "../assay/index.ts";
import { CERTIFY_KINDS } from "../certify/index.ts";
import { IDENTIFY_KINDS } from "../identify/index.ts";
import { INTAKE_KINDS } from "../intake/index.ts";
import { LEDGER_KINDS } from "../ledger/index.ts";
import { ORDER_KINDS } from "../orders/index.ts";
import { PREPARE_KINDS } from "../prepare/index.ts";
import { PROGRAMME_KINDS } from "../programme/index.ts";
import { REFINE_KINDS } from "../refine/index.ts";
import { SETTLE_KINDS } from "../settle/index.ts";
import { SHIP_KINDS } from "../ship/index.ts";
import { TRUST_KINDS } from "../trust/index.ts";

/** Every room that writes entries, with the kinds it folds and what people call them. A kind belongs to one room. */
export const KINDS_BY_ROOM = {
  programme: PROGRAMME_KINDS,
  intake: INTAKE_KINDS,
  identify: IDENTIFY_KINDS,
  ledger: LEDGER_KINDS,
  prepare: PREPARE_KINDS,
  ship: SHIP_KINDS,
  assay: ASSAY_KINDS,
  settle: SETTLE_KINDS,
  refine: REFINE_KINDS,
  certify: CERTIFY_KINDS,
  orders: ORDER_KINDS,
  trust: TRUST_KINDS,
} as const;

export type WritingRoom = keyof typeof KINDS_BY_ROOM;

export interface EntryKind {
  readonly kind: string;
  readonly room: WritingRoom;
  /** What happened, in a few words for people. */
  readonly title: string;
}

/** The kinds of entry this version knows, in the order of the rooms. */
export const ENTRY_KINDS: readonly EntryKind[] = (Object.keys(KINDS_BY_ROOM) as WritingRoom[]).flatMap(
  (room) => Object.entries<string>(KINDS_BY_ROOM[room]).map(([kind, title]) => ({ kind, room, title })),
);
