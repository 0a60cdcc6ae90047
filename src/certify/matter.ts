import { type Lot, preservesMatter } from "../ledger/index.ts";
import { aboveContent, aboveMass } from "./above.ts";
import type { Told, ToldOf } from "./disclosed-book.ts";
import type { Finding, FindingCode } from "./finding.ts";
import { bestOf, fillClaims, Holding, type Shares, scaledShares, sharesIn } from "./holding.ts";
import { LostClaims } from "./lost-claims.ts";
import { type MeasuredStart, MeasuredStarts } from "./measured-start.ts";
import { Papers, type PartyOf } from "./papers.ts";
import type { PassportBody, StepBody } from "./read.ts";

/** A finding, and the lots and passports it concerns: what is wrong elsewhere is no fault of this passport. */
export interface FindingOfMatter extends Finding {
  readonly lots: readonly string[];
  readonly passports: readonly string[];
}

/** What became of the matter of a passport after it was issued. */
export interface Undone {
  readonly passport: string;
  readonly seq: number;
  readonly lot: string;
  readonly how: string;
}

export interface Followed {
  readonly findings: readonly FindingOfMatter[];
  readonly undone: readonly Undone[];
  readonly holdings: ReadonlyMap<string, Holding>;
  /** Milligrams that can still be claimed on a feed: what a later measurement did not find no longer counts. */
  readonly ceilings: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** What both firms agree since of feeds whose lots could no longer be measured anew: where less, claims end there. */
  readonly agreed: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Folds what is disclosed in the order of the log, with its own arithmetic: shares, takings, times (C15 to C18). */
export function followMatter(told: readonly Told[], partyOf: PartyOf): Followed {
  const follow = new Follow(partyOf);
  for (const entry of told) follow.take(entry);
  follow.finish();
  return follow;
}

/** A step, and what of each input it took along that a passport describes, where it only divided. */
interface Done {
  readonly seq: number;
  readonly step: StepBody;
  readonly along: readonly ReadonlyMap<string, number>[];
  /** What of it no part held. */
  readonly lost: ReadonlyMap<string, number>;
}

class Follow implements Followed {
  readonly findings: FindingOfMatter[] = [];
  readonly undone: Undone[] = [];
  readonly holdings = new Map<string, Holding>();
  readonly ceilings = new Map<string, Map<string, number>>();
  readonly agreed = new Map<string, Map<string, number>>();
  private readonly steps = new Map<string, Done>();
  /** Lots that a reversal took back. */
  private readonly gone = new Set<string>();
  /** What lots weighed when they were last measured anew. */
  private readonly weighed = new Map<string, { readonly best: number }>();
  private readonly starts = new MeasuredStarts();
  private readonly papers: Papers;
  private readonly lost = new LostClaims();

  constructor(partyOf: PartyOf) {
    this.papers = new Papers(partyOf);
  }

  take(told: Told): void {
    this.checkTime(told);
    switch (told.kind) {
      case "lot_opened":
        return this.open(told);
      case "feed_measured":
        return this.measure(told);
      case "feed_agreed":
        return this.agree(told);
      case "step_recorded":
        return this.step(told);
      case "step_reversed":
        return this.reverse(told);
      case "lot_restated":
        return this.restate(told);
      case "passport_issued":
        return this.issue(told);
      case "passport_revoked":
        return this.revoke(told);
    }
  }

  finish(): void {
    const massOf = (passport: string) => this.papers.get(passport)?.mass_mg ?? 0;
    this.undone.push(...this.lost.beyondWeighing(massOf));
  }

  private found(
    code: FindingCode,
    at: string,
    said: { message: string; lots?: readonly string[]; passports?: readonly string[] },
  ): void {
    this.findings.push({ code, at, lots: [], passports: [], ...said });
  }

  private checkTime({ kind, seq, time, body }: Told): void {
    const at = "at" in body ? body.at : undefined;
    if (at === undefined || Date.parse(at) <= Date.parse(time)) return;
    const lots =
      kind === "step_recorded" ? body.outputs.map((o) => o.lot) : "lot" in body ? [String(body.lot)] : [];
    this.found("time_after_entry", `entry ${seq}.at`, {
      message: `it tells of ${at} and was written at ${time}`,
      lots,
    });
  }

  private open({ seq, body }: ToldOf<"lot_opened">): void {
    const holding = new Holding({ lot: body.lot, seq, at: body.at, kind: body.kind, notes: body.notes });
    if (body.mass_mg) holding.holds(body.mass_mg.best, body.elements_mg ?? {});
    this.holdings.set(body.lot, holding);
  }

  private measure({ seq, body }: ToldOf<"feed_measured">): void {
    const { feed, elements_mg } = body;
    const holding = this.holdings.get(feed) ?? new Holding({ lot: feed, seq, kind: "", notes: {} });
    this.holdings.set(feed, holding);
    const shares = Object.fromEntries(Object.entries(elements_mg).map(([e, { best }]) => [e, best]));
    holding.attribute({ [feed]: shares });
    this.ceilings.set(feed, new Map(Object.entries(shares)));
    this.agreed.delete(feed);
    this.starts.settle(feed);
    const mass_mg = this.weighed.get(feed);
    const heavy = mass_mg && aboveMass({ mass_mg, elements_mg }, 1);
    if (heavy)
      this.found("content_above_mass", `entry ${seq}`, {
        message: `settled in ${feed}: ${heavy}`,
        lots: [feed],
      });
  }

  private agree({ body: { feed, elements_mg } }: ToldOf<"feed_agreed">): void {
    this.agreed.set(feed, new Map(Object.entries(elements_mg).map(([e, { best }]) => [e, best])));
  }

  private step({ seq, body: step }: ToldOf<"step_recorded">): void {
    const where = `entry ${seq}`;
    const inputs = step.inputs.map(({ lot }) => this.holdings.get(lot));
    for (const [i, input] of step.inputs.entries()) {
      const holding = inputs[i];
      if (holding) this.drawn({ holding, input, step, where: `${where}.inputs[${i}]` });
      const over = aboveContent(input, step.rules === undefined ? 1 + (holding?.slack ?? 0) : 0);
      if (over)
        this.found("share_above_content", `${where}.inputs[${i}]`, {
          message: `${over} drawn from ${input.lot}`,
          lots: [input.lot, ...step.outputs.map((o) => o.lot)],
        });
    }
    const slack = step.rules === undefined ? inputs.reduce((sum, h) => sum + 1 + (h?.slack ?? 0), 0) : 0;
    for (const [i, output] of step.outputs.entries()) {
      const { lot, kind, notes, mass_mg, elements_mg, feeds_mg } = output;
      const made = new Holding({ lot, seq, at: step.at, kind, notes, made: true });
      made.holds(mass_mg.best, elements_mg);
      made.attribute(feeds_mg);
      made.slack = slack;
      this.holdings.set(lot, made);
      const over = aboveContent(output, slack);
      if (over)
        this.found("share_above_content", `${where}.outputs[${i}]`, {
          message: `${over} that is made as ${lot}`,
          lots: [lot],
        });
      const heavy = aboveMass(output, step.outputs.length + step.losses.length);
      if (heavy)
        this.found("content_above_mass", `${where}.outputs[${i}]`, {
          message: `${lot}: ${heavy}`,
          lots: [lot],
        });
    }
    this.steps.set(step.step, { seq, step, ...this.carryClaims({ seq, step, inputs }) });
  }

  private drawn(given: {
    holding: Holding;
    input: StepBody["inputs"][number];
    step: StepBody;
    where: string;
  }): void {
    const { holding, input, step, where } = given;
    if (holding.at !== undefined && Date.parse(holding.at) > Date.parse(step.at))
      this.found("time_before_input", where, {
        message: `${input.lot} was made at ${holding.at}, and used at ${step.at}`,
        lots: step.outputs.map((o) => o.lot),
      });
    if (step.rules === undefined) holding.slack += 1;
    const over = holding.firstAbove(input.feeds_mg, holding.slack);
    if (over)
      this.found("share_above_content", where, {
        message: `${over.mg} mg of ${over.element} of ${over.feed} is drawn from ${input.lot}, in which ${over.most} mg of it is left`,
        lots: [input.lot, ...step.outputs.map((o) => o.lot)],
      });
  }

  /** Takes what was drawn, and lets the claims go with the matter where it only was divided; elsewhere they come to an end. */
  private carryClaims(given: {
    seq: number;
    step: StepBody;
    inputs: readonly (Holding | undefined)[];
  }): Pick<Done, "along" | "lost"> {
    const { seq, step, inputs } = given;
    let lost: Done["lost"] = new Map();
    const same = preservesMatter(step, inputs as (Pick<Lot, "kind" | "notes"> | undefined)[]);
    const drawn: ReadonlyMap<string, number>[] = [];
    for (const [i, input] of step.inputs.entries()) {
      const holding = inputs[i];
      const along = holding?.drawClaims(input.mass_mg.best) ?? new Map<string, number>();
      drawn.push(along);
      if (!holding) continue;
      holding.draw(input);
      if (same) {
        const parts = step.outputs.map((o) => this.holdings.get(o.lot));
        lost = fillClaims(along, parts);
        this.lost.take(lost, { seq, lot: input.lot }, 1);
      } else
        for (const passport of along.keys())
          this.undone.push({ passport, seq, lot: input.lot, how: `was used up by step ${step.step}` });
    }
    return { along: same ? drawn : [], lost };
  }

  private reverse({ seq, body }: ToldOf<"step_reversed">): void {
    const reversed = this.steps.get(body.step);
    if (!reversed) return;
    this.steps.delete(body.step);
    const [input] = reversed.step.inputs;
    if (input) this.lost.take(reversed.lost, { seq, lot: input.lot }, -1);
    const carried = new Set(reversed.along.flatMap((along) => [...along.keys()]));
    for (const { lot } of reversed.step.outputs) {
      const made = this.holdings.get(lot);
      for (const passport of made?.claims.keys() ?? [])
        if (!carried.has(passport))
          this.undone.push({
            passport,
            seq,
            lot,
            how: `was made by step ${body.step}, which was taken back`,
          });
      this.holdings.delete(lot);
      this.gone.add(lot);
    }
    for (const [i, input] of reversed.step.inputs.entries()) {
      const holding = this.holdings.get(input.lot);
      holding?.giveBack(input);
      // What a division carried is back where it was, as far as it stands.
      for (const [by, mg] of reversed.along[i] ?? []) {
        const passport = this.papers.nearestLiving(by)?.passport;
        if (passport !== undefined) holding?.claims.set(passport, (holding.claims.get(passport) ?? 0) + mg);
      }
    }
  }

  private restate({ seq, body }: ToldOf<"lot_restated">): void {
    const { lot, after } = body;
    const where = `entry ${seq}`;
    this.weighed.set(lot, after.mass_mg);
    const holding = this.holdings.get(lot);
    if (!holding) return;
    // Before a feed contents are estimates; from there on they were measured.
    const heavy = holding.made || this.ceilings.has(lot) ? aboveMass(after, 1) : undefined;
    if (heavy) this.found("content_above_mass", where, { message: `${lot} restated: ${heavy}`, lots: [lot] });
    if (holding.at !== undefined && body.at !== undefined && Date.parse(body.at) < Date.parse(holding.at))
      this.found("time_before_input", where, {
        message: `${lot} was made at ${holding.at}, and measured anew at ${body.at}`,
        lots: [lot],
      });
    const start = this.starts.of(body, holding, this.ceilings.get(lot));
    this.starts.take(body, start);
    const scaled = scaledShares(start.shares, start.elements_mg, after.elements_mg);
    const told = after.feeds_mg;
    if (told) {
      const over = sharesIn(told).find(
        ([feed, element, mg]) => mg > bestIn(scaled, feed, element) + holding.slack,
      );
      if (over)
        this.found("share_above_content", where, {
          message: `${over[2]} mg of ${over[1]} of ${over[0]} is left in ${lot} after it was measured anew, ${bestIn(scaled, over[0], over[1])} mg scales with its content`,
          lots: [lot],
        });
    }
    this.lowerCeiling(body, start);
    holding.holds(after.mass_mg.best, after.elements_mg);
    holding.attribute(told ?? scaled);
    for (const passport of holding.claims.keys())
      this.undone.push({ passport, seq, lot, how: "was measured anew" });
  }

  /** Of a feed, what was lost by later measurements can no longer be claimed by anybody. */
  private lowerCeiling({ lot, after }: ToldOf<"lot_restated">["body"], start: MeasuredStart): void {
    const ceiling = this.ceilings.get(lot);
    for (const [element, most] of start.ceiling ?? []) {
      const less = Math.min(bestOf(start.elements_mg, element), most) - bestOf(after.elements_mg, element);
      ceiling?.set(element, most - Math.max(0, less));
    }
  }

  private issue({ seq, body }: ToldOf<"passport_issued">): void {
    const { passport, lot } = body;
    const where = `entry ${seq}`;
    const stranger = this.foreignPart(body, where);
    if (!stranger) this.insideOf(body, where);
    this.papers.issue(body);
    if (this.gone.has(lot)) this.undone.push({ passport, seq, lot, how: "had been taken back before" });
    const holding = this.holdings.get(lot);
    if (!holding) return;
    const over = holding.firstAbove(body.feeds_mg, holding.slack);
    if (over)
      this.found("share_above_content", where, {
        message: `${body.passport} claims ${over.mg} mg of ${over.element} on ${over.feed}, of which ${body.lot} holds ${over.most} mg`,
        passports: [passport],
      });
    // What another party says of matter that it has not described takes nothing from who has.
    if (stranger) return;
    this.takeMass(holding, body, where);
    const free = holding.mass - holding.claimed();
    if (body.mass_mg > holding.mass)
      this.undone.push({ passport, seq, lot, how: `held ${holding.mass} mg then, not ${body.mass_mg}` });
    else if (body.mass_mg > free)
      this.found("promised_twice", where, {
        message: `${body.passport} describes ${body.mass_mg} mg of ${body.lot}, of which ${[...holding.claims.keys()].join(", ") || "nobody"} leaves ${Math.max(0, free)} mg`,
        passports: [passport, ...holding.claims.keys()],
      });
    holding.claims.set(body.passport, body.mass_mg);
    // A passport is of a whole lot: what it does not describe had been delivered before, to somebody else.
    holding.mass = Math.min(holding.mass, body.mass_mg);
  }

  /** A part of what another party's passport describes, or of one that nobody had issued: it stands beside the other, not in it. */
  private foreignPart(body: PassportBody, where: string): boolean {
    const { part_of, passport } = body;
    if (!part_of) return false;
    const other = this.papers.get(part_of.passport);
    if (other && this.papers.areOneIssuers(body, other)) return false;
    const message = other
      ? `${passport} is said to be a part of ${other.passport}, which another party issued`
      : `${passport} is said to be a part of ${part_of.passport}, which nobody had issued`;
    this.found("promised_twice", `${where}.part_of`, { message, passports: [passport] });
    return true;
  }

  /** The claims of all parts together are inside those of the whole. */
  private insideOf(body: PassportBody, where: string): void {
    const mother = body.part_of && this.papers.nearestLiving(body.part_of.passport);
    if (!mother) return;
    const left = this.papers.claimsLeft(mother.passport);
    const over = sharesIn(body.feeds_mg).find(([f, e, mg]) => mg > bestIn(left, f, e));
    if (over)
      this.found("promised_twice", `${where}.part_of`, {
        message: `${body.passport} is part of ${mother.passport} and claims ${over[2]} mg of ${over[1]} on ${over[0]}, more than the ${bestIn(left, over[0], over[1])} mg that are left of its claims`,
        passports: [body.passport, mother.passport],
      });
  }

  /** A passport of a part takes its mass out of the passport of the whole. */
  private takeMass(holding: Holding, body: PassportBody, where: string): void {
    const { part_of } = body;
    const mother = part_of && this.papers.nearestLiving(part_of.passport);
    if (!part_of || !mother) return;
    const left = holding.claims.get(mother.passport) ?? 0;
    if (part_of.mass_mg > left)
      this.found("promised_twice", `${where}.part_of.mass_mg`, {
        message: `${body.passport} takes ${part_of.mass_mg} mg out of ${mother.passport}, which has ${left} mg of ${body.lot}`,
        passports: [body.passport, mother.passport],
      });
    holding.unclaim(mother.passport, part_of.mass_mg);
  }

  /** What was a part is the whole's again, wherever it is now. */
  private revoke({ body }: ToldOf<"passport_revoked">): void {
    const paper = this.papers.get(body.passport);
    const mother = paper && this.papers.motherOf(paper);
    this.papers.revoke(body.passport);
    this.lost.passTo(body.passport, mother?.passport);
    for (const { claims } of this.holdings.values()) {
      const freed = claims.get(body.passport) ?? 0;
      claims.delete(body.passport);
      if (mother && freed > 0) claims.set(mother.passport, (claims.get(mother.passport) ?? 0) + freed);
    }
  }
}

const bestIn = (shares: Shares, feed: string, element: string): number =>
  Object.hasOwn(shares, feed) && Object.hasOwn(shares[feed] ?? {}, element)
    ? (shares[feed]?.[element] ?? 0)
    : 0;
