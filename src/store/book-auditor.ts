import type { Entry } from "../ledger/index.ts";
import { AuditedPapers, type AuditedPassport } from "./audited-papers.ts";
import { CertificateAuditor } from "./certificate-auditor.ts";
import { closureFaults, type Part, type StepBody } from "./closure-audit.ts";
import type { EntryCheck, Found } from "./found.ts";
import { MatterAuditor } from "./matter-auditor.ts";
import { ProvenanceAuditor } from "./provenance-auditor.ts";
import { SecondAuditor } from "./second-auditor.ts";
import { SignatureAuditor } from "./signature-auditor.ts";
import { TimeAuditor } from "./time-auditor.ts";

interface Stock {
  mass_mg: number;
  readonly elements_mg: Map<string, number>;
}

type Feeds = Readonly<Record<string, Readonly<Record<string, number>>>>;

type Passport = AuditedPassport & { readonly feeds_mg: Feeds };

/** A step as far as taking it back needs it. */
interface Undo {
  readonly inputs: readonly { readonly lot: string; readonly stock: Stock }[];
  readonly outputs: readonly string[];
}

/** A draw's share of an element rounds to a whole milligram. */
const ROUNDING_MG = 1;

/** Follows stocks, closures, claims, shares, takings, times and certificates through the log with arithmetic of its own. */
export class BookAuditor {
  readonly checked = { stocks: 0, closures: 0, claims: 0 };
  readonly matter = new MatterAuditor();
  readonly times = new TimeAuditor();
  readonly certificates = new CertificateAuditor();
  readonly provenance = new ProvenanceAuditor();
  readonly signatures = new SignatureAuditor();
  readonly seconds = new SecondAuditor();
  private readonly stocks = new Map<string, Stock>();
  private readonly steps = new Map<string, Undo>();
  private readonly measured = new Map<string, number>();
  private readonly agreed = new Map<string, number>();
  private readonly claimed = new Map<string, number>();
  private readonly passports = new Map<string, Passport>();
  private readonly papers = new AuditedPapers();
  private found: Found[] = [];

  /** What is wrong with one entry, given all before it. */
  take(entry: Entry): readonly Found[] {
    this.found = [];
    const body = entry.body as never;
    this.papers.hear(entry.kind, body);
    switch (entry.kind) {
      case "lot_opened":
        this.open(body);
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
      case "feed_measured":
        this.measure(body);
        break;
      case "feed_agreed":
        this.agree(body);
        break;
      case "passport_issued":
        this.claim(body);
        break;
      case "passport_revoked":
        this.unclaim(body);
        break;
    }
    return [
      ...this.found,
      ...this.matter.take(entry),
      ...this.times.take(entry),
      ...this.certificates.take(entry),
      ...this.provenance.take(entry),
      ...this.signatures.take(entry),
      ...this.seconds.take(entry),
    ];
  }

  /** What can only be said when all has been read. */
  finish(): readonly Found[] {
    return [
      ...this.matter.finish(),
      ...this.provenance.finish(),
      ...this.signatures.finish(),
      ...this.overAgreed(),
    ];
  }

  private fault(check: EntryCheck, name: string, why: string): void {
    this.found.push({ check, fault: name, why });
  }

  private open(part: Part & { readonly lot: string }): void {
    this.checked.stocks++;
    if (this.stocks.has(part.lot))
      this.fault("stocks", "lot_opened_twice", `${part.lot} was on the books already`);
    this.stocks.set(part.lot, stockOf(part));
  }

  private stock(lot: string, doing: string): Stock {
    this.checked.stocks++;
    const held = this.stocks.get(lot);
    if (held) return held;
    this.fault("stocks", "lot_unknown", `${lot} was ${doing} before it existed`);
    return { mass_mg: 0, elements_mg: new Map() };
  }

  private step(body: StepBody): void {
    this.checked.closures++;
    for (const input of body.inputs) this.draw(input);
    for (const output of body.outputs) this.open(output);
    this.steps.set(body.step, {
      inputs: body.inputs.map((input) => ({ lot: input.lot, stock: stockOf(input) })),
      outputs: body.outputs.map((output) => output.lot),
    });
    for (const { fault, why } of closureFaults(body)) this.fault("closures", fault, why);
  }

  /** What an input says it drew must be its share of the lot; it is taken out of the lot as it stands. */
  private draw(input: Part & { readonly lot: string }): void {
    const held = this.stock(input.lot, "drawn on");
    const taken = stockOf(input);
    if (held.mass_mg < taken.mass_mg) {
      const why = `${input.lot} held ${held.mass_mg} mg, ${taken.mass_mg} mg was taken`;
      this.fault("stocks", "stock_negative", why);
    } else {
      const share = held.mass_mg === 0 ? 0 : taken.mass_mg / held.mass_mg;
      for (const [element, mg] of held.elements_mg) {
        const said = taken.elements_mg.get(element) ?? 0;
        if (Math.abs(said - mg * share) <= ROUNDING_MG) continue;
        const why = `${input.lot} held ${mg} mg of ${element}, ${said} mg is not the share of the mass taken`;
        this.fault("stocks", "draw_misstated", why);
      }
    }
    add(held, taken, -1);
  }

  private reverse({ step }: { readonly step: string }): void {
    const undo = this.steps.get(step);
    if (!undo) {
      this.fault("stocks", "step_unknown", `${step} was reversed, and was not there or reversed already`);
      return;
    }
    this.steps.delete(step);
    for (const lot of undo.outputs) this.stocks.set(lot, { mass_mg: 0, elements_mg: new Map() });
    for (const { lot, stock } of undo.inputs) add(this.stock(lot, "given back"), stock, 1);
  }

  private restate(body: { readonly lot: string; readonly before: Part; readonly after: Part }): void {
    const held = this.stock(body.lot, "restated");
    const before = stockOf(body.before);
    const names = new Set([...held.elements_mg.keys(), ...before.elements_mg.keys()]);
    const differs = [...names].some(
      (name) => (held.elements_mg.get(name) ?? 0) !== (before.elements_mg.get(name) ?? 0),
    );
    if (held.mass_mg !== before.mass_mg || differs) {
      const why = `${body.lot} did not hold what the restatement says it held before`;
      this.fault("stocks", "restated_from_other", why);
    }
    this.stocks.set(body.lot, stockOf(body.after));
  }

  private deliver(body: { readonly lot: string; readonly mass_mg: number }): void {
    const held = this.stock(body.lot, "delivered");
    if (held.mass_mg < body.mass_mg) {
      const why = `${body.lot} held ${held.mass_mg} mg, ${body.mass_mg} mg was taken`;
      this.fault("stocks", "stock_negative", why);
    }
    const shares = [...held.elements_mg].map(
      ([element, mg]) => [element, shareOf(mg, body.mass_mg, held.mass_mg)] as const,
    );
    add(held, { mass_mg: body.mass_mg, elements_mg: new Map(shares) }, -1);
  }

  private measure(body: {
    readonly feed: string;
    readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
  }): void {
    for (const [element, { best }] of Object.entries(body.elements_mg)) {
      this.measured.set(keyOf(body.feed, element), best);
      this.agreed.delete(keyOf(body.feed, element));
      this.checkClaim(body.feed, element);
    }
  }

  /** What both firms agree of a feed since lowers what may be claimed on it, and raises nothing. */
  private agree(body: {
    readonly feed: string;
    readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
  }): void {
    for (const [element, { best }] of Object.entries(body.elements_mg))
      this.agreed.set(keyOf(body.feed, element), best);
  }

  /** Passports that claim more of a feed than both firms agree since that it held, and were not revoked (P43). */
  private overAgreed(): Found[] {
    return [...this.agreed].flatMap(([key, most]) => {
      const claimed = this.claimed.get(key) ?? 0;
      const [feed, element] = key.split("|");
      const why = `${claimed} mg of ${element} is claimed on ${feed}, of which both firms agree since that it held ${most} mg`;
      return claimed > most ? [{ check: "claims" as const, fault: "share_above_content", why }] : [];
    });
  }

  private claim(body: Passport): void {
    if (this.passports.has(body.passport))
      this.fault("claims", "passport_issued_twice", `${body.passport} was issued before`);
    this.passports.set(body.passport, body);
    for (const [, element, mg] of claimsOf(body.feeds_mg))
      if (!(Number.isSafeInteger(mg) && mg >= 0))
        this.fault("claims", "claim_not_whole", `${mg} mg of ${element} is not a whole amount`);
    this.papers.issue(body);
    // The claims of a part are inside those of the whole while that lives.
    if (this.papers.motherOf(body.passport) === undefined) this.count(body, 1);
  }

  private count({ feeds_mg }: Passport, sign: 1 | -1): void {
    for (const [feed, element, mg] of claimsOf(feeds_mg)) {
      const key = keyOf(feed, element);
      this.claimed.set(key, (this.claimed.get(key) ?? 0) + sign * mg);
      if (sign === 1) this.checkClaim(feed, element);
    }
  }

  private unclaim({ passport: id }: { readonly passport: string }): void {
    const passport = this.passports.get(id);
    if (!passport) return;
    const parts = this.papers.partsOf(id);
    if (this.papers.motherOf(id) === undefined) this.count(passport, -1);
    this.passports.delete(id);
    this.papers.revoke(id);
    // Parts of what is revoked stand by themselves from now on, unless they are inside yet another one.
    for (const part of parts)
      if (this.papers.motherOf(part.passport) === undefined) this.count(part as Passport, 1);
  }

  /** Law 4: over all passports not revoked, the claims on a feed against what was measured in it. */
  private checkClaim(feed: string, element: string): void {
    this.checked.claims++;
    const claimed = this.claimed.get(keyOf(feed, element)) ?? 0;
    const key = keyOf(feed, element);
    const ceiling = Math.min(this.measured.get(key) ?? 0, this.agreed.get(key) ?? Number.POSITIVE_INFINITY);
    if (claimed <= ceiling) return;
    const why = `${claimed} mg of ${element} is claimed on ${feed}, ${ceiling} mg was measured in it`;
    this.fault("claims", "over_claimed", why);
  }
}

const keyOf = (feed: string, element: string): string => `${feed}|${element}`;

const claimsOf = (feeds: Feeds): (readonly [string, string, number])[] =>
  Object.entries(feeds).flatMap(([feed, elements]) =>
    Object.entries(elements).map(([element, mg]) => [feed, element, mg] as const),
  );

const stockOf = (part: Part): Stock => ({
  mass_mg: part.mass_mg.best,
  elements_mg: new Map(Object.entries(part.elements_mg).map(([element, amount]) => [element, amount.best])),
});

function add(stock: Stock, other: Stock, sign: 1 | -1): void {
  stock.mass_mg += sign * other.mass_mg;
  for (const [element, mg] of other.elements_mg)
    stock.elements_mg.set(element, (stock.elements_mg.get(element) ?? 0) + sign * mg);
}

/** whole * part / total to the nearest milligram, a half to the even one. */
function shareOf(whole: number, part: number, total: number): number {
  if (total === 0) return 0;
  const [product, divisor] = [BigInt(whole) * BigInt(part), BigInt(total)];
  const down = product / divisor;
  const twice = 2n * (product - down * divisor);
  const up = twice > divisor || (twice === divisor && down % 2n === 1n);
  return Number(up ? down + 1n : down);
}
