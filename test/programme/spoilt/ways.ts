// biome-ignore lint/suspicious/noExplicitAny: an ask is spoilt as text would be, whatever its schema promises
export type Input = Record<string, any>;
export type Spoil = (input: Input, nth: number) => Input | undefined;
type Acts = (input: Input, nth: number) => readonly Asked[];

export interface Asked {
  readonly name: string;
  readonly as: string;
  readonly input: object;
}

/**
 * What somebody dishonest or tired makes of a lawful ask: one thing in it is wrong, on books on which it would be let through
 * without that. So each is refused by the code of the very check that is meant: a refusal by another one hides it.
 */
export interface Spoilt {
  readonly name: string;
  readonly what: string;
  readonly code: string;
  /** The ask with one thing wrong; nothing where this one has no such thing. */
  readonly spoil: Spoil;
  /** Who asks, where that is the wrong thing. */
  readonly as?: (as: string) => string;
  /** Another command, asked too early: it needs what this one is about to do. */
  readonly instead?: string;
  /** Lawful acts that make the ask wrong, and those that put the world right again. */
  readonly detour?: Acts;
  readonly back?: Acts;
}

type Row = readonly [
  what: string,
  code: string,
  spoil: Spoil,
  more?: Omit<Spoilt, "name" | "what" | "code" | "spoil">,
];
export const waysToSpoil = (name: string, rows: readonly Row[]): Spoilt[] =>
  rows.map(([what, code, spoil, more]) => ({ name, what, code, spoil, ...more }));

export const SELLER = "commercial manager@sample-recycler";
export const by = (party: string) => ({ as: (as: string) => `${as.split("@")[0]}@${party}` });
export const STRANGER = by("sample-carrier");

export const same: Spoil = (input) => input;
export const set =
  (change: object): Spoil =>
  (input) => ({ ...input, ...change });
export const longAgo = set({ at: "2026-01-05T14:00:00Z" });
export const first = (input: Input, list: string, change: object): Input => ({
  ...input,
  [list]: input[list].map((one: Input, i: number) => (i === 0 ? { ...one, ...change } : one)),
});
export const every = (input: Input, list: string, change: (one: Input) => object): Input => ({
  ...input,
  [list]: input[list].map((one: Input) => ({ ...one, ...change(one) })),
});
export const twice = (input: Input, list: string): Input => ({
  ...input,
  [list]: [...input[list], input[list][0]],
});
export const tenfold = (input: Input): Input => {
  const [amount, unit] = input["outputs"][0].mass.split(" ");
  return first(input, "outputs", { mass: `${(10 * Number(amount)).toFixed(6)} ${unit}` });
};
export const where =
  (holds: (input: Input) => unknown, spoil: Spoil): Spoil =>
  (input, nth) =>
    holds(input) ? spoil(input, nth) : undefined;
export const ofKind =
  (...kinds: string[]) =>
  (input: Input): boolean =>
    kinds.includes(input["kind"]);
export const run =
  (spoil: Spoil): Spoil =>
  (input, nth) => ({ ...input, run: spoil(input["run"], nth) });

export const title = (i: Input, to: string): Asked => ({
  name: "settle pass-title",
  as: SELLER,
  input: { lot: i["lot"], to, why: "a sale that was thought better of" },
});
/** The lot is another's for a while. */
export const soldTo = (to: string) => ({
  detour: (i: Input) => [title(i, to)],
  back: (i: Input) => [title(i, "sample-recycler")],
});

export const besideOrder = (nth: number, specification: string): Asked => ({
  name: "orders place",
  as: SELLER,
  input: {
    ...{ order: `O-D${nth}`, buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3" },
    ...{ specification, mass: "1 kg", due: "2099-01-01" },
  },
});
