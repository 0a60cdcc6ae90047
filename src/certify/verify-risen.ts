import { elementsOfClaim } from "./certified-product.ts";
import type { DisclosedBook, Told, ToldOf } from "./disclosed-book.ts";
import type { Finding } from "./finding.ts";
import { bestOf } from "./holding.ts";
import type { CredentialShape, RestatedBody, StepBody } from "./read.ts";
import { MASS } from "./verify-balance.ts";

/** Over a whole descent below its feeds a lot may rise by a twentieth, and a trace by a thousandth of the mass (ledger L38). */
const MOST_RISEN = 0.05;
const TRACE = 0.001;
/** What nobody brought at all counts as so many times what was brought. */
const FROM_NOTHING = 1e6;
/** The rules of a step by which a descent is followed, and of a measurement by which a wrong figure is put right. */
const FOLLOWED = 4;
const PUT_RIGHT = 5;

type Contents = Pick<RestatedBody["after"], "mass_mg" | "elements_mg">;

const amountOf = ({ mass_mg, elements_mg }: Contents, name: string): number =>
  Math.max(0, name === MASS ? mass_mg.best : bestOf(elements_mg, name));

const totalOf = (parts: readonly Contents[], name: string): number =>
  parts.reduce((sum, part) => sum + amountOf(part, name), 0);

const same = (a: Contents, b: Contents): boolean =>
  [MASS, ...Object.keys(a.elements_mg), ...Object.keys(b.elements_mg)].every(
    (name) => amountOf(a, name) === amountOf(b, name),
  );

interface Rise {
  readonly entry: number;
  readonly why: string;
}

/** What is known of a lot: what it holds over what was brought, by name, and where it rose beyond what its descent supports. */
class Descended {
  readonly over = new Map<string, number>();
  rises: ReadonlyMap<string, Rise> = new Map();
  /** Where new measurements of its matter began, what the last left, and the steps that drew on it since. */
  measured: { readonly rises: ReadonlyMap<string, Rise>; readonly left: Contents } | undefined;
  readonly drawn = new Set<string>();

  readonly belowFeeds: boolean;

  constructor(belowFeeds: boolean) {
    this.belowFeeds = belowFeeds;
  }

  /** The names of which it holds more than its descent supports, as this entry leaves it. */
  beyond(lot: string, there: Contents, entry: number): Map<string, Rise> {
    const found = new Map<string, Rise>();
    for (const [name, over] of this.over) {
      const held = amountOf(there, name);
      const brought = held / over;
      const most = Math.max(MOST_RISEN * brought, name === MASS ? 0 : TRACE * there.mass_mg.best);
      if (held - brought > most + 1)
        found.set(name, {
          entry,
          why: `${lot} holds ${held} mg of ${name}, and its feeds and additions brought ${Math.floor(brought)} mg of it there`,
        });
    }
    return found;
  }
}

class Follow {
  private readonly lots = new Map<string, Descended>();

  take(told: Told): void {
    if (told.kind === "step_recorded") this.step(told);
    if (told.kind === "step_reversed")
      for (const { drawn } of this.lots.values()) drawn.delete(told.body.step);
    if (told.kind === "lot_restated") this.restate(told);
    if (told.kind === "feed_measured") this.lots.set(told.body.feed, new Descended(true));
  }

  risesOf(lot: string): ReadonlyMap<string, Rise> {
    return this.lots.get(lot)?.rises ?? new Map();
  }

  private step({ seq, body: step }: ToldOf<"step_recorded">): void {
    const inputs = step.inputs.map(({ lot }) => this.lots.get(lot));
    const over = step.rules === FOLLOWED ? this.overIn(step) : new Map<string, number>();
    for (const lot of inputs) lot?.drawn.add(step.step);
    const belowFeeds = step.inputs.some(({ feeds_mg }) => Object.keys(feeds_mg).length > 0);
    for (const output of step.outputs) {
      const made = new Descended(belowFeeds);
      for (const [name, ratio] of over) made.over.set(name, ratio);
      const inherited = inputs.flatMap((lot) => [...(lot?.rises ?? [])]);
      made.rises = new Map([...made.beyond(output.lot, output, seq), ...inherited]);
      this.lots.set(output.lot, made);
    }
  }

  /** Out and lost over what was brought; what was lost beyond a twentieth makes up for no rise. */
  private overIn(step: StepBody): Map<string, number> {
    const over = new Map<string, number>();
    if (!step.inputs.some(({ feeds_mg }) => Object.keys(feeds_mg).length > 0)) return over;
    const parts = [...step.outputs, ...step.losses];
    const all = [...step.inputs, ...step.additions, ...parts];
    for (const name of new Set([MASS, ...all.flatMap(({ elements_mg }) => Object.keys(elements_mg))])) {
      const drawn = step.inputs.reduce((sum, input) => {
        const ratio = this.lots.get(input.lot)?.over.get(name) ?? 1;
        return sum + amountOf(input, name) / Math.max(1 - MOST_RISEN, ratio);
      }, 0);
      const brought = drawn + totalOf(step.additions, name);
      const there = totalOf(parts, name);
      if (brought > 0) over.set(name, Math.min(FROM_NOTHING, there / brought));
      else if (there > 0) over.set(name, FROM_NOTHING);
    }
    return over;
  }

  private restate({ seq, body }: ToldOf<"lot_restated">): void {
    const { lot: id, before, after, rules } = body;
    const lot = this.lots.get(id);
    // What is found of a feed before anything is made of it is what it is.
    if (!lot?.belowFeeds || lot.over.size === 0) return;
    for (const name of new Set([
      MASS,
      ...Object.keys(before.elements_mg),
      ...Object.keys(after.elements_mg),
    ])) {
      const [was, is] = [amountOf(before, name), amountOf(after, name)];
      if (was > 0 && is > 0)
        lot.over.set(name, Math.min(FROM_NOTHING, ((lot.over.get(name) ?? 1) * is) / was));
    }
    const { measured } = lot;
    const goesOn = rules === PUT_RIGHT && measured && lot.drawn.size === 0 && same(measured.left, before);
    const start = goesOn ? measured.rises : lot.rises;
    lot.rises = new Map([...lot.beyond(id, after, seq), ...start]);
    lot.measured = rules === PUT_RIGHT ? { rises: start, left: after } : undefined;
    lot.drawn.clear();
  }
}

/**
 * Metal or mass that nobody brought, over the whole descent of a passport's lot as it is disclosed: each step and each measurement may
 * be within its doubt, and all of them together beyond what honest scales and laboratories differ by (C46).
 */
export function findingsOfRises(credential: CredentialShape, book: DisclosedBook): Finding[] {
  const { product, passport } = credential.credentialSubject;
  const issued = book.passport(passport)?.seq ?? Number.POSITIVE_INFINITY;
  const follow = new Follow();
  for (const told of [...book.told].sort((a, b) => a.seq - b.seq)) if (told.seq < issued) follow.take(told);
  const rises = follow.risesOf(product.lot);
  return [MASS, ...elementsOfClaim(credential.credentialSubject)].flatMap((name) => {
    const rise = rises.get(name);
    return rise
      ? [{ code: "more_than_was_brought" as const, at: `entry ${rise.entry}`, message: rise.why }]
      : [];
  });
}
