/** What a proof is asked: so many cases, from a seed, and where to say how far it is. */
export interface Ask {
  readonly count: number;
  readonly seed: number;
  readonly progress: (done: number) => void;
}

/** What was counted, by a short name. */
export type Counted = Readonly<Record<string, number | string>>;

/** A claim tried on many cases. `npm run prove` runs it at its count or any other, `npm test` at its share. */
export interface Proof {
  readonly name: string;
  /** The claim, led by the rules it holds to. */
  readonly proves: string;
  /** Cases that take a minute or two. */
  readonly count: number;
  /** Cases that take seconds. */
  readonly share: number;
  /** Throws at the first counter-example, and says by which seed it is met again. */
  readonly run: (ask: Ask) => Counted | Promise<Counted>;
}
