import type { Entry } from "../../../src/ledger/index.ts";
import * as claims from "./claims.ts";
import * as columns from "./columns.ts";
import * as doubt from "./doubt.ts";
import * as matter from "./matter.ts";
import * as money from "./money.ts";
import * as once from "./once.ts";
import * as orders from "./orders.ts";
import type { Body } from "./read.ts";
import { nothingSeen, type Seen } from "./seen.ts";
import * as statements from "./statements.ts";
import { checkTaken } from "./takings.ts";

type Take = (seen: Seen, body: Body) => void;

/** What the auditor makes of each kind of entry; the others move nothing that it adds up. */
const TAKES: Readonly<Record<string, Take>> = {
  lot_opened: matter.open,
  step_recorded: (seen, body) => {
    matter.record(seen, body);
    once.numberStep(seen, body);
  },
  step_reversed: (seen, body) => {
    matter.reverse(seen, body);
    columns.takeBack(seen, body["step"]);
  },
  lot_restated: matter.restate,
  stock_taken: doubt.count,
  feed_measured: matter.measureFeed,
  lots_moved: matter.move,
  title_passed: matter.passTitle,
  lot_delivered: orders.deliver,
  passport_issued: claims.issue,
  passport_revoked: claims.revoke,
  certificate_superseded: (seen, body) => claims.supersede(seen, body["lot"]),
  certificate_released: (seen, body) => {
    if (body["why"] !== undefined) claims.supersede(seen, body["lot"]);
  },
  order_placed: orders.place,
  order_allocated: orders.allocate,
  allocation_released: orders.release,
  order_shipped: orders.ship,
  order_cancelled: orders.cancel,
  agreement_proposed: statements.propose,
  assay_reported: statements.report,
  correction_consented: statements.consent,
  lot_moved: statements.moveLot,
  shipment_sent: once.send,
  shipment_received: (seen, body) => {
    statements.receive(seen, body);
    once.numberReceipt(seen, body);
  },
  shipment_weight_corrected: statements.correctWeight,
  statement_issued: money.issue,
  account_posted: money.post,
  campaign_planned: columns.plan,
  campaign_moved: columns.move,
  campaign_cancelled: columns.cancel,
  campaign_run: columns.run,
};

/** What more entries than this say was said by several commands: a start, of which only the end is looked at. */
const MANY = 30;

/** Follows a log entry by entry, and says after each command what must never be. */
export class Auditor {
  readonly seen: Seen;

  constructor(seen: Seen = nothingSeen()) {
    this.seen = seen;
  }

  /** The entries of one command, and what must hold after it. */
  take(entries: readonly Entry[]): void {
    for (const { kind, body } of entries) {
      if (kind === "statement_issued") statements.agreedOn(this.seen, body as Body);
      TAKES[kind]?.(this.seen, body as Body);
    }
    if (entries.length === 0) return;
    const written = entries.map(({ body }) => body as Body);
    for (const { kind, body } of entries) {
      if (kind !== "statement_issued") continue;
      if (written.length < MANY) statements.checkStatement(this.seen, body as Body, written);
      statements.settledOn(this.seen, body as Body);
    }
    matter.checkMatter(this.seen);
    for (const lot of this.seen.lots.values()) checkTaken(lot);
    claims.checkClaims(this.seen);
    orders.checkOrders(this.seen);
    money.checkMoney(this.seen);
    columns.checkColumns(this.seen);
  }

  copy(): Auditor {
    return new Auditor(structuredClone(this.seen));
  }
}
