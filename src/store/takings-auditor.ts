import type { Entry } from "../ledger/index.ts";
import { type AuditedLot, type By, TAKEN, type Taken, totalOf } from "./audited-lot.ts";
import { AuditedPapers, type AuditedPassport } from "./audited-papers.ts";
import { isDivision } from "./division.ts";
import type { Found } from "./found.ts";
import { LostAuditor } from "./lost-auditor.ts";
import type { AuditedStep } from "./matter-auditor.ts";
import {
  type Along,
  addMetal,
  carryByMetal,
  deliverMetal,
  drawReturned,
  type Metal,
  ownOf,
  returnedIn,
} from "./metal-auditor.ts";
import { carryReturned } from "./returned-auditor.ts";

type Drawn = Readonly<Record<Taken, By>> & { readonly metal: Metal | undefined };

interface Posted {
  readonly agreement: string;
  readonly returned?: { readonly lot: string; readonly mass_mg: number };
  readonly postings?: readonly { readonly kind: string; readonly lot?: string; readonly oxide_kg?: string }[];
}

const MG_PER_KG = 1_000_000;

/** Each taking of a gram once, down the descent: by passports, orders and returns, with the auditor's own way of following (P48). */
export class TakingsAuditor {
  private readonly lots: ReadonlyMap<string, AuditedLot>;
  private readonly papers = new AuditedPapers();
  private readonly lost = new LostAuditor(this.papers);
  private readonly drawn = new Map<string, readonly Drawn[]>();
  /** What each step gave on of returned matter, by agreement. */
  private readonly gave = new Map<string, By>();
  /** Lots that the batch at hand restated: what it withdraws of them stands in the entries that follow. */
  private restated = new Map<string, number>();
  private batch = "";

  constructor(lots: ReadonlyMap<string, AuditedLot>) {
    this.lots = lots;
  }

  /** What the batch before left undone, once the next one begins. */
  beforeEntry({ key }: Entry): readonly Found[] {
    if (key === this.batch) return [];
    this.batch = key;
    return this.finish();
  }

  finish(): readonly Found[] {
    const found: Found[] = [];
    for (const [id, seq] of this.restated) {
      const lot = this.lots.get(id);
      for (const passport of lot?.taken.claimed.keys() ?? [])
        found.push({
          ...{ check: "takings", fault: "passport_of_reversed_lot", seq },
          why: `${id} was measured anew, and ${passport} still describes what it was`,
        });
      if (lot && totalOf(lot.taken.promised) > lot.mass)
        found.push({
          ...{ check: "takings", fault: "promised_twice", seq },
          why: `${id} was measured anew, ${lot.mass} mg is there and ${totalOf(lot.taken.promised)} mg is promised`,
        });
    }
    this.restated = new Map();
    return found;
  }

  take({ kind, body: given, seq }: Entry): readonly Found[] {
    const body = given as never;
    switch (kind) {
      case "lot_restated":
        this.restated.set((body as { lot: string }).lot, seq);
        return [];
      case "passport_issued":
        return this.issue(body);
      case "passport_revoked":
        return this.revoke(body);
      case "order_allocated":
        return this.promise(body);
      case "allocation_released":
      case "order_shipped":
        return this.unpromise(body);
      case "order_cancelled":
        for (const lot of this.lots.values()) lot.taken.promised.delete((body as { order: string }).order);
        return [];
      case "account_posted":
        return this.giveBack(body);
      case "return_taken_back":
        return this.takeBack(body);
      default:
        this.papers.hear(kind, given);
        return [];
    }
  }

  private issue(body: AuditedPassport): Found[] {
    const { passport, lot: id, mass_mg, part_of } = body;
    const wrong = this.papers.issue(body);
    const found: Found[] = wrong ? [{ check: "takings", fault: "promised_twice", why: wrong }] : [];
    const lot = this.lots.get(id);
    if (!lot) return found;
    const claimed = lot.taken.claimed;
    if (mass_mg > lot.mass)
      found.push({
        ...{ check: "takings", fault: "passport_of_reversed_lot" },
        why: `${passport} describes ${mg(mass_mg)} of ${id}, which holds ${mg(lot.mass)}`,
      });
    const mother = this.papers.motherOf(passport);
    if (part_of && mother !== undefined) {
      const left = claimed.get(mother) ?? 0;
      if (part_of.mass_mg > left)
        found.push({
          ...{ check: "takings", fault: "promised_twice" },
          why: `${passport} is part of ${mother}, which describes ${mg(left)} of ${id} and not ${mg(part_of.mass_mg)}`,
        });
      lessen(claimed, mother, part_of.mass_mg);
    }
    const others = [...claimed.keys()].join(", ");
    const free = lot.mass - totalOf(claimed);
    if (others !== "" && mass_mg > free)
      found.push({
        ...{ check: "takings", fault: "promised_twice" },
        why: `${passport} describes ${mg(mass_mg)} of ${id}, of which ${others} leaves ${mg(Math.max(0, free))}`,
      });
    claimed.set(passport, mass_mg);
    return found;
  }

  private revoke({ passport: id }: { readonly passport: string }): Found[] {
    const mother = this.papers.motherOf(id);
    this.papers.revoke(id);
    for (const { taken } of this.lots.values()) {
      const freed = taken.claimed.get(id);
      if (freed === undefined) continue;
      taken.claimed.delete(id);
      if (mother !== undefined) taken.claimed.set(mother, (taken.claimed.get(mother) ?? 0) + freed);
    }
    return [];
  }

  private promise(body: { readonly order: string; readonly lot: string; readonly mass_mg: number }): Found[] {
    const lot = this.lots.get(body.lot);
    if (!lot) return [];
    const promised = lot.taken.promised;
    promised.set(body.order, (promised.get(body.order) ?? 0) + body.mass_mg);
    return totalOf(promised) > lot.mass
      ? [
          {
            ...{ check: "takings", fault: "promised_twice" },
            why: `${mg(totalOf(promised))} of ${body.lot} is promised to ${[...promised.keys()].join(", ")}, it holds ${mg(lot.mass)}`,
          },
        ]
      : [];
  }

  private unpromise(body: {
    readonly order: string;
    readonly lot: string;
    readonly mass_mg?: number;
  }): Found[] {
    const promised = this.lots.get(body.lot)?.taken.promised;
    if (promised) lessen(promised, body.order, body.mass_mg ?? Number.POSITIVE_INFINITY);
    return [];
  }

  private giveBack({ agreement, returned, postings = [] }: Posted): Found[] {
    const back = returned
      ? [returned]
      : postings.flatMap(({ kind, lot, oxide_kg }) =>
          kind === "debit_returned" && lot !== undefined
            ? [{ lot, mass_mg: Math.round(Number(oxide_kg) * MG_PER_KG) }]
            : [],
        );
    return back.flatMap(({ lot: id, mass_mg }) => {
      const lot = this.lots.get(id);
      if (!lot) return [];
      const before = totalOf(lot.taken.returned);
      lot.taken.returned.set(agreement, (lot.taken.returned.get(agreement) ?? 0) + mass_mg);
      if (before + mass_mg <= lot.mass) return [];
      return [
        {
          ...{ check: "takings" as const, fault: "returned_twice" },
          why: `${mg(mass_mg)} of ${id} is returned, of which ${mg(before)} had been returned; it holds ${mg(lot.mass)}`,
        },
      ];
    });
  }

  /** A return that both parties take back frees no more than was returned. */
  private takeBack(body: {
    readonly agreement: string;
    readonly freed: readonly { readonly lot: string; readonly mass_mg: number }[];
  }): Found[] {
    return body.freed.flatMap(({ lot: id, mass_mg }) => {
      const returned = this.lots.get(id)?.taken.returned;
      const before = returned?.get(body.agreement) ?? 0;
      if (returned) lessen(returned, body.agreement, mass_mg);
      if (mass_mg <= before) return [];
      return [
        {
          ...{ check: "takings" as const, fault: "taken_back_beyond_return" },
          why: `${mg(mass_mg)} of ${id} is taken back from ${body.agreement}, of which ${mg(before)} was returned`,
        },
      ];
    });
  }

  /** What was claimed leaves with a delivery after free matter; what was returned leaves first, being what its owner sells. */
  deliver(lot: AuditedLot, mass_mg: number): void {
    lot.drawTaken("claimed", mass_mg);
    deliverMetal(lot, mass_mg);
    let open = mass_mg;
    for (const agreement of [...lot.taken.returned.keys()].sort()) {
      const goes = Math.min(open, lot.taken.returned.get(agreement) ?? 0);
      lessen(lot.taken.returned, agreement, goes);
      open -= goes;
    }
  }

  /** Lets takings go with the matter; what a step changed can be neither what a passport describes nor what is promised. */
  carry(
    step: AuditedStep,
    { inputs, made }: { inputs: readonly (AuditedLot | undefined)[]; made: readonly AuditedLot[] },
  ): Found[] {
    const along = step.inputs.map(({ mass_mg }, i): Drawn => {
      const lot = inputs[i];
      const draw = (taken: Taken): By => lot?.drawTaken(taken, mass_mg.best) ?? new Map();
      const back: Along = lot ? drawReturned(lot, mass_mg.best) : { returned: new Map(), metal: undefined };
      return { claimed: draw("claimed"), promised: draw("promised"), ...back };
    });
    this.drawn.set(step.step, along);
    const divided = isDivision(step, inputs);
    this.returnedOn(step, { along, inputs, made, divided });
    this.gave.set(step.step, returnedIn(made));
    if (divided) {
      return (["claimed", "promised"] as const).flatMap((taken) => {
        const all = along[0]?.[taken] ?? new Map();
        return this.lost.take(step, { taken, along: all, lost: fill(all, taken, made) });
      });
    }
    return along.flatMap(({ claimed, promised }, i) => [
      ...[...claimed.keys()].map((passport) => ({
        ...{ check: "takings" as const, fault: "passport_of_reversed_lot" },
        why: `${step.step} used up ${mg(claimed.get(passport) ?? 0)} of ${step.inputs[i]?.lot} that ${passport} describes`,
      })),
      ...[...promised.keys()].map((order) => ({
        ...{ check: "takings" as const, fault: "promised_matter_changed" },
        why: `${step.step} used up ${mg(promised.get(order) ?? 0)} of ${step.inputs[i]?.lot} that is promised to ${order}`,
      })),
    ]);
  }

  /** What was returned goes on with a division by mass, of a mixture evenly, and through anything else by the rules of the step. */
  private returnedOn(
    step: AuditedStep,
    given: {
      along: readonly Drawn[];
      inputs: readonly (AuditedLot | undefined)[];
      made: readonly AuditedLot[];
      divided: boolean;
    },
  ): void {
    const { along, inputs, made, divided } = given;
    const [metal, lot] = [along[0]?.metal, inputs[0]];
    if (divided && step.rules === 4 && metal && lot) {
      const product = ownOf(lot) !== undefined;
      carryByMetal(step, { along, inputs, made, besideAlone: product });
      if (!product) return;
    }
    if (divided) fill(along[0]?.returned ?? new Map(), "returned", made);
    else if (step.rules === 4) carryByMetal(step, { along, inputs, made });
    else if (step.rules === 3)
      carryReturned(
        step,
        along.map(({ returned }) => returned),
        made,
      );
    else this.returnedThrough(step, { along, made });
  }

  /** By the first rules, of each output as large a part as of that of its elements of which most had been returned. */
  private returnedThrough(
    step: AuditedStep,
    { along, made }: { along: readonly Readonly<Record<Taken, By>>[]; made: readonly AuditedLot[] },
  ): void {
    const agreements = new Set(along.flatMap(({ returned }) => [...returned.keys()]));
    for (const agreement of agreements) {
      for (const lot of made) {
        let most = 0;
        for (const [element, held] of lot.elements) {
          if (held <= 0) continue;
          let [of, all] = [0, 0];
          for (const [i, input] of step.inputs.entries()) {
            const came = Math.max(0, input.elements_mg[element]?.best ?? 0);
            all += came;
            if (input.mass_mg.best > 0)
              of += (came * (along[i]?.returned.get(agreement) ?? 0)) / input.mass_mg.best;
          }
          if (all > 0) most = Math.max(most, of / all);
        }
        const mass = Math.round(lot.mass * Math.min(1, most));
        if (mass > 0) lot.taken.returned.set(agreement, mass);
      }
    }
  }

  private takenBackSince(step: AuditedStep): By {
    const now = returnedIn(step.outputs.map(({ lot }) => this.lots.get(lot)));
    return new Map(
      [...(this.gave.get(step.step) ?? [])].map(([by, mass]) => [by, Math.max(0, mass - (now.get(by) ?? 0))]),
    );
  }

  /** A step is taken back: what it drew is there again; a passport of what it made describes nothing. */
  putBack(step: AuditedStep, rules?: number): Found[] {
    const found: Found[] = [];
    this.lost.putBack(step);
    const along = this.drawn.get(step.step) ?? [];
    const carried = new Set(along.flatMap(({ claimed }) => [...claimed.keys()]));
    const promised: By = new Map();
    for (const { lot } of step.outputs)
      for (const [order, mass] of this.lots.get(lot)?.taken.promised ?? [])
        promised.set(order, (promised.get(order) ?? 0) + mass);
    const gone = rules === undefined ? new Map<string, number>() : this.takenBackSince(step);
    for (const { lot: id } of step.outputs) {
      const lot = this.lots.get(id);
      for (const passport of lot?.taken.claimed.keys() ?? [])
        if (!carried.has(passport))
          found.push({
            ...{ check: "takings", fault: "passport_of_reversed_lot" },
            why: `${step.step} was taken back, and ${passport} describes ${id}, which it had made`,
          });
      for (const taken of TAKEN) lot?.taken[taken].clear();
      if (lot) lot.metal = undefined;
    }
    for (const [i, input] of step.inputs.entries()) {
      const lot = this.lots.get(input.lot);
      if (!lot) continue;
      const back = (taken: Taken, name: string, mass: number) =>
        lot.taken[taken].set(name, (lot.taken[taken].get(name) ?? 0) + mass);
      for (const [agreement, mass] of along[i]?.returned ?? []) {
        const less = Math.min(mass, gone.get(agreement) ?? 0);
        gone.set(agreement, (gone.get(agreement) ?? 0) - less);
        if (mass > less) back("returned", agreement, mass - less);
      }
      addMetal(lot, along[i]?.metal);
      // What was withdrawn since stays withdrawn.
      for (const [name, mass] of along[i]?.claimed ?? []) {
        const passport = this.papers.nearestLiving(name);
        if (passport !== undefined) back("claimed", passport, mass);
      }
      for (const [order, mass] of along[i]?.promised ?? []) {
        const left = Math.min(mass, promised.get(order) ?? 0);
        lessen(promised, order, left);
        if (left > 0) back("promised", order, left);
      }
    }
    return found;
  }
}

function lessen(by: By, name: string, mass_mg: number): void {
  const left = (by.get(name) ?? 0) - mass_mg;
  if (left > 0) by.set(name, left);
  else by.delete(name);
}

/** Parts are filled in their order, each up to its mass; answers what found no room. */
function fill(along: By, taken: Taken, parts: readonly AuditedLot[]): By {
  const open = new Map([...along].sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const part of parts) {
    let room = part.mass;
    for (const [name, left] of open) {
      const goes = Math.min(left, room);
      room -= goes;
      open.set(name, left - goes);
      if (goes > 0) part.taken[taken].set(name, goes);
    }
  }
  return open;
}

const mg = (mass_mg: number): string => `${mass_mg} mg`;
