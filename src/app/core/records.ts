import type { AssayRecords } from "../../assay/index.ts";
import type { CertifyRecords } from "../../certify/index.ts";
import type { IdentifyRecords } from "../../identify/index.ts";
import type { IntakeRecords } from "../../intake/index.ts";
import type { CollectionOf, LedgerRecords } from "../../ledger/index.ts";
import type { OrdersRecords } from "../../orders/index.ts";
import type { PrepareRecords } from "../../prepare/index.ts";
import type { ProgrammeRecords } from "../../programme/index.ts";
import type { RefineRecords } from "../../refine/index.ts";
import type { SettleRecords } from "../../settle/index.ts";
import type { ShipRecords } from "../../ship/index.ts";
import type { TrustRecords } from "../../trust/index.ts";

/**
 * What the books hold: each collection once, with what a record of it is, stated by the room that folds it. Two rooms that
 * claimed one collection with different records would not compile.
 */
export interface Records
  extends ProgrammeRecords,
    IntakeRecords,
    IdentifyRecords,
    LedgerRecords,
    PrepareRecords,
    ShipRecords,
    AssayRecords,
    SettleRecords,
    RefineRecords,
    CertifyRecords,
    OrdersRecords,
    TrustRecords {}

export type Collection = CollectionOf<Records>;
