/** What a proof is asked: so many cases, from a seed, and where to say how far it is. */
export interface Ask {
  readonly count: number;
  readonly seed: number;
  readonly progress: (done: number) => void;
  /** Told each counter-example as it is met, by a proof that goes on after it. */
  readonly found?: (counterExample: string) => void;
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
  /** Throws at the first counter-example or, once all cases are tried, names every one; each by the seed that meets it again. */
  readonly run: (ask: Ask) => Counted | Promise<Counted>;
}
