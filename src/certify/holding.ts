export type Shares = Readonly<Record<string, Readonly<Record<string, number>>>>;
type Amounts = Readonly<Record<string, { readonly best: number }>>;

export const bestOf = (amounts: Amounts, element: string): number =>
  Object.hasOwn(amounts, element) ? (amounts[element]?.best ?? 0) : 0;

export const sharesIn = (shares: Shares): (readonly [feed: string, element: string, mg: number])[] =>
  Object.entries(shares).flatMap(([feed, elements]) =>
    Object.entries(elements).map(([element, mg]) => [feed, element, mg] as const),
  );

interface Drawn {
  readonly mass_mg: { readonly best: number };
  readonly elements_mg: Amounts;
  readonly feeds_mg: Shares;
}

/** mg * numerator / denominator, rounded down, without the rounding of doubles. */
const part = (mg: number, numerator: number, denominator: number): number =>
  denominator < 1
    ? 0
    : Number((BigInt(Math.floor(mg)) * BigInt(Math.floor(numerator))) / BigInt(Math.floor(denominator)));

/** Shares after a new measurement: where less of an element is found they fall in proportion, where more they stay. */
export function scaledShares(shares: Shares, before: Amounts, after: Amounts): Shares {
  const sums = new Map<string, number>();
  for (const [, element, mg] of sharesIn(shares)) sums.set(element, (sums.get(element) ?? 0) + mg);
  return Object.fromEntries(
    Object.entries(shares).map(([feed, elements]) => [
      feed,
      Object.fromEntries(
        Object.entries(elements).map(([element, mg]) => {
          const [was, is] = [bestOf(before, element), bestOf(after, element)];
          const all = sums.get(element) ?? 0;
          // What the feeds have together is at most what there was; then it falls as the content does.
          const fits = all > was ? part(mg, was, all) : mg;
          return [element, is >= was ? fits : part(fits, is, was)];
        }),
      ),
    ]),
  );
}

/** A lot as far as a verifier sees it: deliveries are between others, so that it may hold less than this. */
export class Holding {
  readonly lot: string;
  readonly seq: number;
  readonly at: string | undefined;
  readonly kind: string;
  readonly notes: Readonly<Record<string, string>>;
  /** A step made it: what it holds was measured or follows from what was. */
  readonly made: boolean;
  mass = Number.POSITIVE_INFINITY;
  /** Milligrams by which draws of the first rules may have rounded shares up against contents. */
  slack = 0;
  /** Milligrams of its mass that each live passport describes. */
  readonly claims = new Map<string, number>();
  private readonly elements = new Map<string, number>();
  private shares = new Map<string, Map<string, number>>();

  constructor(made: {
    readonly lot: string;
    readonly seq: number;
    readonly at?: string | undefined;
    readonly kind: string;
    readonly notes: Readonly<Record<string, string>>;
    readonly made?: boolean;
  }) {
    this.lot = made.lot;
    this.seq = made.seq;
    this.at = made.at;
    this.kind = made.kind;
    this.notes = made.notes;
    this.made = made.made ?? false;
  }

  holds(mass_mg: number, elements: Amounts): void {
    this.mass = mass_mg;
    this.elements.clear();
    for (const [element, { best }] of Object.entries(elements)) this.elements.set(element, best);
  }

  attribute(shares: Shares): void {
    this.shares = new Map(
      Object.entries(shares).map(([feed, elements]) => [feed, new Map(Object.entries(elements))]),
    );
  }

  share(feed: string, element: string): number {
    return this.shares.get(feed)?.get(element) ?? 0;
  }

  /** The first share in what is drawn or claimed that is more than is left here of it. */
  firstAbove(
    shares: Shares,
    slack: number,
  ):
    | { readonly feed: string; readonly element: string; readonly mg: number; readonly most: number }
    | undefined {
    for (const [feed, element, mg] of sharesIn(shares)) {
      const most = this.share(feed, element);
      if (mg > most + slack) return { feed, element, mg, most };
    }
    return undefined;
  }

  draw(drawn: Drawn): void {
    this.move(drawn, -1);
  }

  giveBack(drawn: Drawn): void {
    this.move(drawn, 1);
  }

  private move({ mass_mg, elements_mg, feeds_mg }: Drawn, sign: 1 | -1): void {
    this.mass = Math.max(0, this.mass + sign * mass_mg.best);
    for (const [element, { best }] of Object.entries(elements_mg))
      this.elements.set(element, (this.elements.get(element) ?? 0) + sign * best);
    for (const [feed, element, mg] of sharesIn(feeds_mg)) {
      const elements = this.shares.get(feed) ?? new Map<string, number>();
      this.shares.set(feed, elements);
      elements.set(element, Math.max(0, (elements.get(element) ?? 0) + sign * mg));
    }
  }

  attributed(): Shares {
    return Object.fromEntries([...this.shares].map(([feed, of]) => [feed, Object.fromEntries(of)]));
  }

  /** Whether all that was followed of it since leaves it as a measurement had found it. */
  isStill({ mass_mg, elements_mg }: Pick<Drawn, "mass_mg" | "elements_mg">): boolean {
    const names = new Set([...this.elements.keys(), ...Object.keys(elements_mg)]);
    return (
      this.mass === mass_mg.best &&
      [...names].every((name) => (this.elements.get(name) ?? 0) === bestOf(elements_mg, name))
    );
  }

  claimed(): number {
    return [...this.claims.values()].reduce((sum, mg) => sum + mg, 0);
  }

  unclaim(passport: string, mass_mg: number): void {
    const left = (this.claims.get(passport) ?? 0) - mass_mg;
    if (left > 0) this.claims.set(passport, left);
    else this.claims.delete(passport);
  }

  /** What a draw takes along of the claims: free matter goes first. */
  drawClaims(mass_mg: number): Map<string, number> {
    let open = mass_mg - Math.max(0, this.mass - this.claimed());
    const along = new Map<string, number>();
    for (const passport of [...this.claims.keys()].sort()) {
      const mg = this.claims.get(passport) ?? 0;
      const goes = Math.min(mg, Math.max(0, open));
      if (goes <= 0) continue;
      open -= goes;
      along.set(passport, goes);
      this.unclaim(passport, goes);
    }
    return along;
  }
}

/** Parts are filled in their order, each up to its mass. */
export function fillClaims(
  along: ReadonlyMap<string, number>,
  parts: readonly (Holding | undefined)[],
): void {
  const open = new Map(along);
  for (const part of parts) {
    let room = part?.mass ?? 0;
    for (const [passport, mg] of open) {
      const goes = Math.min(mg, room);
      room -= goes;
      open.set(passport, mg - goes);
      if (goes > 0) part?.claims.set(passport, goes);
    }
  }
}
