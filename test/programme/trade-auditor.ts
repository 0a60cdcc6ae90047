import type { Entry } from "../../src/ledger/index.ts";

/**
 * The other half of the auditor: not what there is, but who may say what of it. It reads the log of a story in which no lot is
 * divided after it was promised, certified or returned, and nothing else: no view, no function of the product.
 */
// biome-ignore lint/suspicious/noExplicitAny: the auditor reads what is written, not what a type promises
type Body = Record<string, any>;
type Say = (what: string) => void;

interface Lot {
  owner: string;
  readonly oxide?: string;
  mass: bigint;
  returned: bigint;
  delivered: bigint;
  readonly promised: Map<string, bigint>;
  certificate?: Body;
  passport?: string;
}

interface Order {
  readonly placed: Body;
  open: boolean;
  promised: bigint;
  shipped: bigint;
}

interface Sample {
  readonly lot: string;
  readonly drawn: string;
  readonly reported: Map<string, Body>;
  readonly released: Set<string>;
}

export function auditTrade(entries: readonly Entry[]): { readonly faults: readonly string[] } {
  const auditor = new TradeAuditor();
  for (const entry of entries) auditor.take(entry);
  return auditor;
}

class TradeAuditor {
  readonly faults: string[] = [];
  private readonly lots = new Map<string, Lot>();
  private readonly orders = new Map<string, Order>();
  private readonly buyers = new Map<string, { state: string; readonly limit: bigint }>();
  private readonly samples = new Map<string, Sample>();
  private readonly passports = new Map<string, { readonly lot: string; live: boolean }>();
  private readonly agreements = new Map<string, Body>();
  private readonly statements = new Map<string, string>();
  private readonly shipments = new Map<string, { readonly sent: Body; received: boolean }>();
  /** What may be there once: a file read, a row settled, a lot planned, an oxide of a lot credited. */
  private readonly once = new Set<string>();
  /** What was shipped to an order and has not left its lot yet. */
  private leaving: Body | undefined;

  take({ seq, kind, body: sealed, actor, time }: Entry): void {
    const body = sealed as Body;
    const say: Say = (what) => this.faults.push(`entry ${seq} (${kind}): ${what}`);
    if (
      typeof body["at"] === "string" &&
      Date.parse(body["at"]) > Date.parse(time) &&
      kind !== "campaign_planned"
    )
      say(`tells at ${time} of ${body["at"]}`);
    if (this.leaving && kind !== "lot_delivered") say(`${this.leaving["lot"]} was shipped and did not leave`);
    this.ofMatter(kind, body, say);
    this.ofFindings(kind, body, { say, by: `${actor.role}@${actor.party}` });
    this.ofTerms(kind, body, say);
    this.ofTrade(kind, body, say);
  }

  private onlyOnce(what: string, say: Say): void {
    if (this.once.has(what)) say(`${what} a second time`);
    this.once.add(what);
  }

  private open(body: Body): void {
    const { lot, owner, mass_mg, notes } = body;
    const [mass, none] = [BigInt(mass_mg.best), 0n];
    const oxide = notes?.oxide === undefined ? {} : { oxide: notes.oxide };
    this.lots.set(lot, { owner, ...oxide, mass, returned: none, delivered: none, promised: new Map() });
  }

  private ofMatter(kind: string, body: Body, say: Say): void {
    switch (kind) {
      case "manifest_read":
        return this.onlyOnce(`reads the file ${body["digest"]}`, say);
      case "consignment_booked":
        return this.onlyOnce(`books ${body["consignment"]}`, say);
      case "row_resolved":
        return this.onlyOnce(`settles row ${body["file_row"]} of ${body["digest"]}`, say);
      case "campaign_planned":
        return this.onlyOnce(`plans ${body["lot"]}`, say);
      case "lot_opened":
        return this.open(body);
      case "step_recorded":
        for (const input of body["inputs"]) this.draw(input, say);
        for (const output of body["outputs"]) this.open(output);
        return;
      case "lot_restated": {
        const lot = this.lots.get(body["lot"]);
        if (lot) lot.mass = BigInt(body["after"].mass_mg.best);
        return;
      }
      case "shipment_sent":
        return this.send(body, say);
      case "shipment_received":
        return this.receive(body, say);
    }
  }

  private draw(input: Body, say: Say): void {
    const lot = this.lots.get(input["lot"]);
    if (!lot) return say(`draws on ${input["lot"]}, which nobody made`);
    if (lot.passport !== undefined) say(`draws on ${input["lot"]}, which ${lot.passport} describes`);
    if (lot.promised.size > 0) say(`draws on ${input["lot"]}, which is promised`);
    lot.mass -= BigInt(input["mass_mg"].best);
  }

  private send(body: Body, say: Say): void {
    if (this.shipments.has(body["shipment"])) say("is sent a second time");
    const lots: string[] = body["lots"].map((l: Body) => l["lot"]);
    if (new Set(lots).size < lots.length) say("names a lot twice");
    for (const lot of lots) this.onlyOnce(`sends ${lot}`, say);
    this.shipments.set(body["shipment"], { sent: body, received: false });
  }

  private receive(body: Body, say: Say): void {
    const shipment = this.shipments.get(body["shipment"]);
    if (!shipment || shipment.received) return say("receives what is not on its way");
    shipment.received = true;
    const names = (of: Body) =>
      of["lots"]
        .map((l: Body) => l["lot"])
        .sort()
        .join();
    if (names(shipment.sent) !== names(body)) say("receives other lots than were sent");
    if (Date.parse(body["at"]) < Date.parse(shipment.sent["at"])) say("arrives before it was sent");
  }

  private ofFindings(kind: string, body: Body, { say, by }: { say: Say; by: string }): void {
    const sample = this.samples.get(body["sample"]);
    switch (kind) {
      case "sample_taken":
      case "product_sample_taken":
        if (sample) say("is drawn a second time");
        this.samples.set(body["sample"], {
          ...{ lot: body["lot"], drawn: body["at"], reported: new Map(), released: new Set() },
        });
        return;
      case "assay_reported":
      case "product_reported":
        if (!sample) return say("reports on no sample");
        if (sample.reported.has(body["side"]) && !body["corrects"]) say("is reported a second time");
        if (Date.parse(body["at"]) < Date.parse(sample.drawn)) say("is reported before it was drawn");
        sample.reported.set(body["side"], { ...body, by });
        sample.released.delete(body["side"]);
        return;
      case "assay_released": {
        const report = sample?.reported.get(body["side"]);
        if (!report) return say("releases what nobody reported");
        if (report["by"] === by) say(`${by} reported it and released it`);
        if (sample?.released.has(body["side"])) say("is released a second time");
        if (Date.parse(body["at"]) < Date.parse(report["at"])) say("is released before it was reported");
        sample?.released.add(body["side"]);
        return;
      }
      case "certificate_released":
        return this.certify(body, say);
    }
  }

  private certify(body: Body, say: Say): void {
    const lot = this.lots.get(body["lot"]);
    const { sample: named, net_mass_mg, oxide } = body["certificate"];
    const sample = this.samples.get(named);
    if (!lot) return say("certifies a lot that nobody made");
    if (sample?.lot !== body["lot"]) say(`rests on ${named}, which is not of ${body["lot"]}`);
    if (!sample?.released.has("product")) say(`rests on ${named}, which nobody released`);
    if (lot.certificate && !body["why"]) say("is certified a second time without a reason");
    if (BigInt(net_mass_mg) !== lot.mass) say(`certifies ${net_mass_mg} mg of ${lot.mass} mg`);
    if (oxide !== lot.oxide) say(`certifies ${oxide} of what is ${lot.oxide}`);
    lot.certificate = body["certificate"];
  }

  private ofTerms(kind: string, body: Body, say: Say): void {
    switch (kind) {
      case "agreement_proposed":
        this.agreements.set(body["agreement"].id, body["agreement"].parties);
        return;
      case "statement_issued": {
        const sample = this.samples.get(body["sample"]);
        for (const side of ["supplier", "processor"])
          if (!sample?.reported.has(side)) say(`settles before the ${side} reported`);
        if (sample?.lot !== body["lot"]) say("settles on another lot's sample");
        if (this.statements.has(body["lot"]) && !body["difference"])
          say(`settles ${body["lot"]} a second time`);
        this.statements.set(body["lot"], body["statement"].digest);
        return;
      }
      case "account_posted":
        for (const { kind: what, lot, oxide } of body["postings"])
          if (what === "credit_returnable") this.onlyOnce(`credits ${oxide} of ${lot}`, say);
        if (body["returned"]) this.giveBack(body, say);
        return;
      case "title_passed": {
        const lot = this.lots.get(body["lot"]);
        if (lot?.owner !== body["from"]) say(`passes from ${body["from"]}, it is ${lot?.owner}'s`);
        for (const [order] of lot?.promised ?? [])
          if (this.orders.get(order)?.placed["seller"] !== body["to"]) say(`was promised to ${order}`);
        if (lot) lot.owner = body["to"];
        return;
      }
    }
  }

  private giveBack({ agreement, postings, returned }: Body, say: Say): void {
    const lot = this.lots.get(returned.lot);
    const { supplier, processor } = this.agreements.get(agreement) ?? {};
    if (!lot) return say(`returns ${returned.lot}, which nobody made`);
    const mass = BigInt(returned.mass_mg);
    lot.returned += mass;
    if (mass <= 0n) say("returns nothing");
    if (lot.returned > lot.mass + lot.delivered)
      say(`returns ${lot.returned} mg of ${lot.mass + lot.delivered} mg`);
    if (lot.owner !== supplier && lot.owner !== processor) say(`returns what is ${lot.owner}'s`);
    const posted = Math.round(Number(postings[0]?.oxide_kg) * 1e6);
    if (posted !== Number(mass) && returned.credited_less === undefined)
      say("posts another mass than it returns, and not why");
    if (posted <= 0 || posted > Number(mass)) say(`posts ${posted} mg for ${mass} mg`);
  }

  private ofTrade(kind: string, body: Body, say: Say): void {
    const order = this.orders.get(body["order"]);
    switch (kind) {
      case "buyer_registered":
        this.buyers.set(body["buyer"], { state: "unqualified", limit: BigInt(body["trial_limit_mg"]) });
        return;
      case "buyer_qualified": {
        const buyer = this.buyers.get(body["buyer"]);
        if (buyer?.state !== body["from"]) say(`climbs from ${body["from"]}, it was ${buyer?.state}`);
        if (buyer) buyer.state = body["to"];
        return;
      }
      case "order_placed":
        if (order) say("is placed a second time");
        this.orders.set(body["order"], { placed: body, open: true, promised: 0n, shipped: 0n });
        return this.mayBuy(body["buyer"], say);
      case "order_cancelled":
        if (!order?.open) return say("cancels what is not open");
        order.open = false;
        for (const lot of this.lots.values()) lot.promised.delete(body["order"]);
        return;
      case "order_allocated":
      case "allocation_released":
        return this.promise(order, body, { sign: kind === "order_allocated" ? 1n : -1n, say });
      case "order_shipped":
        return this.ship(order, body, say);
      case "lot_delivered":
        return this.deliver(body, say);
      case "passport_issued":
        return this.describe(body, say);
      case "passport_revoked": {
        const passport = this.passports.get(body["passport"]);
        const lot = passport && this.lots.get(passport.lot);
        if (passport) passport.live = false;
        if (lot) delete lot.passport;
        return;
      }
    }
  }

  /** A buyer that is not registered buys nothing; on trial all its open and shipped orders of the trial keep to what was agreed. */
  private mayBuy(name: string, say: Say): void {
    const buyer = this.buyers.get(name);
    if (!buyer || buyer.state === "unqualified") return say(`${name} may not buy`);
    if (buyer.state !== "trial") return;
    let sum = 0n;
    for (const { placed, open } of this.orders.values())
      if (placed["buyer"] === name && placed["trial"] && open) sum += BigInt(placed["mass_mg"]);
    if (sum > buyer.limit) say(`${name} orders ${sum} mg on trial, ${buyer.limit} mg were agreed`);
  }

  private promise(order: Order | undefined, body: Body, { sign, say }: { sign: bigint; say: Say }): void {
    const lot = this.lots.get(body["lot"]);
    if (!order?.open || !lot) return say("promises to no open order, or no lot");
    const mass = sign * BigInt(body["mass_mg"]);
    const sum = (lot.promised.get(body["order"]) ?? 0n) + mass;
    if (sum < 0n) say(`takes back ${-sum} mg more than was promised`);
    if (sum > 0n) lot.promised.set(body["order"], sum);
    else lot.promised.delete(body["order"]);
    order.promised += mass;
    if (sign > 0n) this.fits(order, lot, say);
  }

  private fits({ placed, promised, shipped }: Order, lot: Lot, say: Say): void {
    const { oxide, seller, specification, mass_mg, buyer } = placed;
    const meets = lot.certificate?.["specifications"].find((s: Body) => s["specification"] === specification);
    if (lot.oxide !== oxide) say(`is ${lot.oxide}, ${oxide} was ordered`);
    if (lot.owner !== seller) say(`is ${lot.owner}'s, sold by ${seller}`);
    if (meets?.meets !== "yes") say(`is not shown to meet ${specification}`);
    if (promised + shipped > BigInt(mass_mg)) say(`holds ${promised + shipped} mg of ${mass_mg} mg ordered`);
    const all = [...lot.promised.values()].reduce((a, b) => a + b, 0n);
    if (all > lot.mass) say(`promises ${all} mg of ${lot.mass} mg`);
    if (this.buyers.get(buyer)?.state === "unqualified") say(`${buyer} may not buy`);
  }

  private ship(order: Order | undefined, body: Body, say: Say): void {
    const passport = this.passports.get(body["passport"]);
    if (passport?.lot !== body["lot"] || !passport?.live)
      say(`leaves with ${body["passport"]}, which is not its own`);
    const lot = this.lots.get(body["lot"]);
    if (lot && order) this.fits(order, lot, say);
    this.promise(order, body, { sign: -1n, say });
    if (order) order.shipped += BigInt(body["mass_mg"]);
    this.leaving = body;
  }

  private deliver(body: Body, say: Say): void {
    const lot = this.lots.get(body["lot"]);
    const mass = BigInt(body["mass_mg"]);
    if (this.leaving?.["lot"] !== body["lot"] || BigInt(this.leaving?.["mass_mg"] ?? 0) !== mass)
      say("delivers what was not shipped");
    this.leaving = undefined;
    if (!lot) return;
    lot.mass -= mass;
    lot.delivered += mass;
    if (lot.mass < 0n) say(`delivers ${-lot.mass} mg that are not there`);
  }

  private describe(body: Body, say: Say): void {
    const lot = this.lots.get(body["lot"]);
    if (this.passports.has(body["passport"])) say("is issued a second time");
    this.passports.set(body["passport"], { lot: body["lot"], live: true });
    if (!lot) return say("describes a lot that nobody made");
    if (lot.passport !== undefined) say(`${body["lot"]} is described by ${lot.passport} already`);
    if (!lot.certificate) say(`${body["lot"]} has no certificate of analysis`);
    if (BigInt(body["mass_mg"]) !== lot.mass) say(`describes ${body["mass_mg"]} mg of ${lot.mass} mg`);
    lot.passport = body["passport"];
  }
}
