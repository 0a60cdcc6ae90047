// A lot as the auditor has it, and its arithmetic: on purpose without the code that worked it out first.

export type Feeds = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Contents {
  readonly mass_mg: { readonly best: number };
  readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
  readonly feeds_mg?: Feeds;
}

export const TAKEN = ["claimed", "promised", "returned"] as const;
export type Taken = (typeof TAKEN)[number];
/** Milligrams of a lot's mass, by who took them. */
export type By = Map<string, number>;

export const totalOf = (by: ReadonlyMap<string, number>): number =>
  [...by.values()].reduce((a, b) => a + b, 0);

export const sharesOf = (feeds: Feeds): (readonly [feed: string, element: string, mg: number])[] =>
  Object.entries(feeds).flatMap(([feed, elements]) =>
    Object.entries(elements).map(([element, mg]) => [feed, element, mg] as const),
  );

const keyOf = (feed: string, element: string): string => `${feed}|${element}`;

/** By elements, what all feeds have together. */
export function sumsOf(feeds: Feeds): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [, element, mg] of sharesOf(feeds)) sums.set(element, (sums.get(element) ?? 0) + mg);
  return sums;
}

/** part * to / from, rounded down, in whole numbers of any size. */
export const scaledDown = (part: number, to: number, from: number): number =>
  from <= 0 ? 0 : Number((BigInt(Math.floor(part)) * BigInt(Math.floor(to))) / BigInt(Math.floor(from)));

/** Contents and shares by name, in whole milligrams. */
interface Attributed {
  readonly elements: ReadonlyMap<string, number>;
  readonly shares: ReadonlyMap<string, number>;
}

/** The rules by which a wrong figure that is put right gives back what it took. */
const PUT_RIGHT = 5;

export class AuditedLot {
  readonly lot: string;
  readonly kind: string;
  readonly product: string;
  mass = 0;
  readonly elements = new Map<string, number>();
  readonly shares = new Map<string, number>();
  /** What draws by the first rules may have rounded shares up against contents. */
  slack = 0;
  readonly taken: Readonly<Record<Taken, By>> = {
    claimed: new Map(),
    promised: new Map(),
    returned: new Map(),
  };

  /** By the fourth rules, of what was mixed: which of its metals had been returned, by agreement. */
  metal: Map<string, Map<string, number>> | undefined;

  /** What new measurements of its matter started from, and what the last of them left. */
  private measured: { readonly start: Attributed; readonly left: string } | undefined;

  constructor(
    lot: string,
    made: { readonly kind?: string; readonly notes?: Readonly<Record<string, string>> },
  ) {
    this.lot = lot;
    this.kind = made.kind ?? "";
    this.product = made.notes?.["product"] ?? made.notes?.["oxide"] ?? "";
  }

  holds({ mass_mg, elements_mg }: Contents): void {
    this.mass = mass_mg.best;
    this.elements.clear();
    for (const [element, { best }] of Object.entries(elements_mg)) this.elements.set(element, best);
  }

  attribute(feeds: Feeds): void {
    this.shares.clear();
    for (const [feed, element, mg] of sharesOf(feeds)) this.shares.set(keyOf(feed, element), mg);
  }

  share(feed: string, element: string): number {
    return this.shares.get(keyOf(feed, element)) ?? 0;
  }

  feeds(): Feeds {
    const feeds: Record<string, Record<string, number>> = {};
    for (const [key, mg] of this.shares) {
      const at = key.lastIndexOf("|");
      const feed = key.slice(0, at);
      const into = feeds[feed] ?? {};
      feeds[feed] = into;
      into[key.slice(at + 1)] = mg;
    }
    return feeds;
  }

  move({ mass_mg, elements_mg, feeds_mg = {} }: Contents, sign: 1 | -1): void {
    this.mass += sign * mass_mg.best;
    for (const [element, { best }] of Object.entries(elements_mg))
      this.elements.set(element, (this.elements.get(element) ?? 0) + sign * best);
    for (const [feed, element, mg] of sharesOf(feeds_mg)) {
      const key = keyOf(feed, element);
      this.shares.set(key, (this.shares.get(key) ?? 0) + sign * mg);
    }
  }

  /** A delivery states its mass alone: elements and shares go in proportion, and no share stays above what stays. */
  deliver(mass_mg: number): void {
    const [before, left] = [this.mass, Math.max(0, this.mass - mass_mg)];
    for (const [element, mg] of this.elements) this.elements.set(element, nearest(mg, left, before));
    for (const [key, mg] of this.shares) {
      const stays = mg - scaledDown(mg, mass_mg, before);
      this.shares.set(key, Math.min(stays, this.elements.get(key.slice(key.lastIndexOf("|") + 1)) ?? 0));
    }
    this.slack += this.shares.size;
    this.mass = left;
  }

  /**
   * A new measurement: holds what was found, and answers the most that each share can be then. Where the lot still is what the last
   * measurement left, both are of one matter, and are measured from one start (ledger L46).
   */
  measure(after: Contents, rules: number | undefined): ReadonlyMap<string, number> {
    const goesOn = rules === PUT_RIGHT && this.measured?.left === this.written();
    const now = { elements: new Map(this.elements), shares: new Map(this.shares) };
    const start = (goesOn && this.measured?.start) || now;
    this.holds(after);
    const shared = new Map<string, number>();
    const elementIn = (key: string) => key.slice(key.lastIndexOf("|") + 1);
    for (const [key, mg] of start.shares) shared.set(elementIn(key), (shared.get(elementIn(key)) ?? 0) + mg);
    const most = new Map<string, number>();
    for (const [key, mg] of start.shares) {
      const element = elementIn(key);
      const [was, is] = [start.elements.get(element) ?? 0, this.elements.get(element) ?? 0];
      const all = shared.get(element) ?? 0;
      const fits = all > was ? scaledDown(mg, was, all) : mg;
      most.set(key, is < was ? scaledDown(fits, is, was) : fits);
    }
    if (after.feeds_mg) this.attribute(after.feeds_mg);
    this.measured = rules === PUT_RIGHT ? { start, left: this.written() } : undefined;
    return most;
  }

  /** All that it holds, in one text: two of them are the same or not. */
  private written(): string {
    const sorted = (of: ReadonlyMap<string, number>) => [...of].filter(([, mg]) => mg !== 0).sort();
    return JSON.stringify([this.mass, sorted(this.elements), sorted(this.shares)]);
  }

  settle(feed: string, shares: Readonly<Record<string, number>>): void {
    this.attribute({ [feed]: shares });
    this.measured = undefined;
  }

  /** The first element of which the feeds together have more than there is. */
  aboveContent(): string | undefined {
    for (const [element, mg] of sumsOf(this.feeds())) {
      const held = this.elements.get(element) ?? 0;
      if (mg > held + this.slack)
        return `${mg} mg of ${element} of ${this.lot} is attributed to feeds, of ${held} mg`;
    }
    return undefined;
  }

  /** What a draw takes along of one taking: free matter goes first, then what is taken, in order of who took it. */
  drawTaken(taken: Taken, mass_mg: number): By {
    const by = this.taken[taken];
    let open = mass_mg - Math.max(0, this.mass - totalOf(by));
    const along: By = new Map();
    for (const name of [...by.keys()].sort()) {
      const mg = by.get(name) ?? 0;
      const goes = Math.min(mg, Math.max(0, open));
      open -= goes;
      if (goes <= 0) continue;
      along.set(name, goes);
      if (mg > goes) by.set(name, mg - goes);
      else by.delete(name);
    }
    return along;
  }
}

/** A share to the nearest milligram. */
function nearest(whole: number, part: number, total: number): number {
  if (total <= 0) return 0;
  const [product, divisor] = [2n * BigInt(whole) * BigInt(part) + BigInt(total), 2n * BigInt(total)];
  return Number(product / divisor);
}

/** However wide the doubt, the elements of what was measured weigh a hundredth more than it at most. */
const MOST_ABOVE_MASS = 0.01;

export function aboveMass({ mass_mg, elements_mg }: Contents, parts_count: number): string | undefined {
  const held = Object.values(elements_mg).reduce((sum, { best }) => sum + Math.max(0, best), 0);
  return held > mass_mg.best * (1 + MOST_ABOVE_MASS) + parts_count
    ? `its elements weigh ${held} mg, it weighs ${mass_mg.best} mg`
    : undefined;
}
