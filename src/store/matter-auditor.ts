import type { Entry } from "../ledger/index.ts";
import { AuditedLot, aboveMass, type Contents, type Feeds, sharesOf, sumsOf } from "./audited-lot.ts";
import type { Found } from "./found.ts";
import { TakingsAuditor } from "./takings-auditor.ts";

export interface AuditedStep {
  readonly step: string;
  readonly inputs: readonly (Contents & { readonly lot: string; readonly feeds_mg: Feeds })[];
  readonly additions: readonly unknown[];
  readonly outputs: readonly (Contents & {
    readonly lot: string;
    readonly kind?: string;
    readonly notes?: Readonly<Record<string, string>>;
    readonly feeds_mg: Feeds;
  })[];
  readonly losses: readonly unknown[];
  readonly rules?: number;
}

interface Restated {
  readonly lot: string;
  readonly after: Contents;
  readonly rules?: number;
}

/** Follows what each lot holds, whose metal it is said to be and what is taken of it: shares, contents and takings (P47, P48). */
export class MatterAuditor {
  readonly lots = new Map<string, AuditedLot>();
  checked = 0;
  private readonly takings = new TakingsAuditor(this.lots);
  private readonly steps = new Map<string, AuditedStep>();
  private found: Found[] = [];

  take(entry: Entry): readonly Found[] {
    this.found = [];
    const body = entry.body as never;
    const before = this.takings.beforeEntry(entry);
    switch (entry.kind) {
      case "lot_opened":
        this.open(body);
        break;
      case "feed_measured":
        this.measure(body);
        break;
      case "step_recorded":
        this.step(body);
        break;
      case "step_reversed":
        this.reverse(body);
        break;
      case "lot_restated":
        this.restate(body);
        break;
      case "lot_delivered":
        this.deliver(body);
        break;
      case "passport_issued":
        this.claim(body);
        break;
    }
    return [...before, ...this.found, ...this.takings.take(entry)];
  }

  /** What can only be said when all has been read. */
  finish(): readonly Found[] {
    return this.takings.finish();
  }

  private fault(fault: string, why: string): void {
    this.found.push({ check: "shares", fault, why });
  }

  private checkLot(lot: AuditedLot): void {
    this.checked++;
    const over = lot.aboveContent();
    if (over) this.fault("share_above_content", over);
  }

  private open(body: Contents & { readonly lot: string; readonly kind?: string }): void {
    const lot = new AuditedLot(body.lot, body);
    lot.holds(body);
    this.lots.set(body.lot, lot);
  }

  private measure(body: {
    readonly feed: string;
    readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
  }): void {
    const lot = this.lots.get(body.feed);
    if (!lot) return;
    const shares = Object.fromEntries(Object.entries(body.elements_mg).map(([e, { best }]) => [e, best]));
    lot.settle(body.feed, shares);
    this.checkLot(lot);
    const heavy = aboveMass({ mass_mg: { best: lot.mass }, elements_mg: body.elements_mg }, 1);
    if (heavy) this.fault("content_above_mass", `settled in ${body.feed}: ${heavy}`);
  }

  private step(body: AuditedStep): void {
    const inputs = body.inputs.map(({ lot }) => this.lots.get(lot));
    const loose = body.rules === undefined;
    for (const [i, input] of body.inputs.entries()) {
      const lot = inputs[i];
      if (!lot) continue;
      if (loose) lot.slack += 1;
      this.drawn(lot, input);
    }
    const slack = loose ? inputs.reduce((sum, lot) => sum + 1 + (lot?.slack ?? 0), 0) : 0;
    this.entered(body, slack);
    const settled = body.inputs.some(({ feeds_mg }) => sharesOf(feeds_mg).some(([, , mg]) => mg > 0));
    const made = body.outputs.map((output) => {
      const lot = new AuditedLot(output.lot, output);
      lot.holds(output);
      lot.attribute(output.feeds_mg);
      lot.slack = slack;
      this.checkLot(lot);
      const heavy = settled ? aboveMass(output, body.outputs.length + body.losses.length) : undefined;
      if (heavy) this.fault("content_above_mass", `${output.lot}: ${heavy}`);
      return lot;
    });
    this.found.push(...this.takings.carry(body, { inputs, made }));
    for (const [i, input] of body.inputs.entries()) {
      const lot = inputs[i];
      lot?.move(input, -1);
      if (lot) this.checkLot(lot);
    }
    for (const lot of made) this.lots.set(lot.lot, lot);
    this.steps.set(body.step, body);
  }

  private drawn(lot: AuditedLot, input: AuditedStep["inputs"][number]): void {
    for (const [feed, element, mg] of sharesOf(input.feeds_mg)) {
      const most = lot.share(feed, element);
      if (mg > most + lot.slack)
        this.fault(
          "share_above_content",
          `${mg} mg of ${element} of feed ${feed} is drawn from ${lot.lot}, which has ${most} mg of it`,
        );
    }
  }

  /** No step makes more of a feed than came in. */
  private entered(body: AuditedStep, slack: number): void {
    const came = new Map<string, number>();
    for (const { feeds_mg } of body.inputs)
      for (const [feed, element, mg] of sharesOf(feeds_mg))
        came.set(`${feed}|${element}`, (came.get(`${feed}|${element}`) ?? 0) + mg);
    const left = new Map<string, number>();
    for (const { feeds_mg } of body.outputs)
      for (const [feed, element, mg] of sharesOf(feeds_mg))
        left.set(`${feed}|${element}`, (left.get(`${feed}|${element}`) ?? 0) + mg);
    for (const [key, mg] of left)
      if (mg > (came.get(key) ?? 0) + slack)
        this.fault(
          "share_above_content",
          `${body.step} makes ${mg} mg of ${key}, ${came.get(key) ?? 0} mg came in`,
        );
  }

  private reverse({ step, rules }: { readonly step: string; readonly rules?: number }): void {
    const body = this.steps.get(step);
    if (!body) return;
    this.steps.delete(step);
    this.found.push(...this.takings.putBack(body, rules));
    for (const { lot } of body.outputs) {
      const made = this.lots.get(lot);
      made?.holds({ mass_mg: { best: 0 }, elements_mg: {} });
      made?.attribute({});
    }
    for (const input of body.inputs) this.lots.get(input.lot)?.move(input, 1);
  }

  private restate({ lot: id, after, rules }: Restated): void {
    const lot = this.lots.get(id);
    if (!lot) return;
    const feeds_mg = after.feeds_mg ?? this.asFolded(lot, after);
    const most = lot.measure({ ...after, feeds_mg }, rules);
    this.checkLot(lot);
    const over = sharesOf(after.feeds_mg ?? {}).find(
      ([feed, element, mg]) => mg > (most.get(`${feed}|${element}`) ?? 0) + lot.slack,
    );
    if (over)
      this.fault(
        "share_above_content",
        `${over[2]} mg of ${over[1]} of ${over[0]} is left in ${id} after it was measured anew, ${most.get(`${over[0]}|${over[1]}`) ?? 0} mg scales with its content`,
      );
    const heavy = lot.shares.size > 0 ? aboveMass(after, 1) : undefined;
    if (heavy) this.fault("content_above_mass", `${id} measured anew: ${heavy}`);
  }

  /** By the first rules a feed's own shares were cut to its content, and those of other feeds stayed as they were. */
  private asFolded(lot: AuditedLot, { elements_mg }: Contents): Feeds {
    const feeds = lot.feeds();
    const own = feeds[lot.lot];
    if (!own) return feeds;
    const cut = Object.entries(own).map(([e, mg]) => [e, Math.min(mg, elements_mg[e]?.best ?? 0)] as const);
    return { [lot.lot]: Object.fromEntries(cut) };
  }

  private deliver(body: { readonly lot: string; readonly mass_mg: number }): void {
    const lot = this.lots.get(body.lot);
    if (!lot) return;
    this.takings.deliver(lot, body.mass_mg);
    lot.deliver(body.mass_mg);
    this.checkLot(lot);
  }

  /** Law 4 lot by lot: a passport claims no more of a feed than its lot has of it. */
  private claim(body: { readonly passport: string; readonly lot: string; readonly feeds_mg: Feeds }): void {
    const lot = this.lots.get(body.lot);
    if (!lot) return;
    this.checked++;
    const over = sharesOf(body.feeds_mg).find(
      ([feed, element, mg]) => mg > lot.share(feed, element) + lot.slack,
    );
    if (over)
      this.fault(
        "share_above_content",
        `${body.passport} claims ${over[2]} mg of ${over[1]} on ${over[0]}, ${lot.lot} has ${lot.share(over[0], over[1])} mg of it`,
      );
    for (const [element, mg] of sumsOf(body.feeds_mg)) {
      const held = lot.elements.get(element) ?? 0;
      if (mg > held + lot.slack)
        this.fault(
          "share_above_content",
          `${body.passport} claims ${mg} mg of ${element}, ${lot.lot} holds ${held} mg`,
        );
    }
  }
}
