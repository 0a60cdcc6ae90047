// A made-up world of devices for judging the lot model. It shares no equation and no table with `src/identify`: masses are
// Erlang and Weibull instead of log-normal, alloys are recipes by year of make, pieces are cut from a uniform tolerance, and
// its numbers are read from the published ranges (Ueberschaar and Rotter 2015; Habib and others 2014; Oeko-Institut 2012).

export type Grams = Readonly<Record<"Nd" | "Pr" | "Dy" | "total_ree" | "magnets", number>>;
export interface WorldUnits {
  readonly family: string;
  readonly prior_class: string;
  readonly count: number;
}
type Draw = () => number;

/** Mulberry32: a stream of uniforms that is not the product's. */
export function uniforms(seed: number): Draw {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const exponential = (u: Draw): number => -Math.log(1 - u());
/** Mean one; its spread is one over the root of `shape`. */
const erlang = (u: Draw, shape: number): number => {
  let sum = 0;
  for (let i = 0; i < shape; i++) sum += exponential(u);
  return sum / shape;
};
/** Weibull of shape 1.6 over its median: spread 0.64 of its mean, tail thinner than a log-normal's. */
const weibull = (u: Draw): number => (exponential(u) / Math.LN2) ** (1 / 1.6);
const between = (u: Draw, low: number, high: number): number => low + (high - low) * u();
/** A sum of three uniforms: nearly bell-shaped, ends at three half widths. Mean zero, spread one. */
const bell = (u: Draw): number => 2 * (u() + u() + u() - 1.5);

interface Wt {
  readonly nd: number;
  readonly pr: number;
  readonly dy: number;
}
/** The alloy of one family of drive magnets, given the year of make. */
type Recipe = (u: Draw, year: number) => Wt;

/** Three readings of "Nd 22.9 +- 2.8, Pr 2.7 +- 2.2, Dy 1.4 +- 1.5 wt%, several alloys, by year of make". */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  // Pure neodymium or didymium; Dy by the year, rest of a rare earth total that the crystal fixes.
  "recipes by year": (u, year) => {
    const total = 27 + 1.5 * bell(u);
    const rich = u() < (year < 2012 ? 0.6 : 0.25);
    const dy = rich ? between(u, 1.4, 4.6) : between(u, 0.1, 1);
    const pr = u() < 0.5 ? between(u, 0.1, 1.2) : between(u, 3, 6.6);
    return { nd: total - pr - dy, pr, dy };
  },
  // Shares of a total with a long tail: each element a gamma, none tied to the other.
  "gamma shares": (u) => ({
    nd: 22.9 * erlang(u, 66),
    pr: 2.7 * (0.8 * exponential(u) + 0.2 * erlang(u, 2)),
    dy: 1.4 * exponential(u),
  }),
  // Each element a bell by itself, cut at zero.
  "cut bells": (u) => ({
    nd: 22.9 + 2.8 * bell(u),
    pr: Math.max(0, 2.5 + 2.3 * bell(u)),
    dy: Math.max(0, 1.15 + 1.7 * bell(u)),
  }),
};

const drive35: Kind = (u, year, recipe) => [
  { mass: 12.7 * erlang(u, 6), wt: recipe(u, year), share: 1 },
  {
    mass: 2 * weibull(u),
    wt:
      u() < 0.7
        ? { nd: between(u, 18, 26), pr: between(u, 0, 1.2), dy: between(u, 0.5, 5.5) }
        : recipe(u, year),
    share: u() < 0.95 ? 1 : 0,
  },
];
const drive25: Kind = (u, year, recipe) => [{ mass: 3.2 * erlang(u, 6), wt: recipe(u, year), share: 1 }];
const small = (u: Draw): Wt => {
  const total = between(u, 29, 33);
  const pr = between(u, 1.5, 8.5);
  const dy = u() < 0.5 ? between(u, 0, 0.4) : between(u, 0.3, 1.8);
  return { nd: total - pr - dy, pr, dy };
};
const notebook: Kind = (u, year, recipe) => {
  // Fleets differ in how many of their notebooks come with the drive inside.
  const withDrive = Math.min(1, Math.max(0, 0.45 + 0.28 * bell(u)));
  const fan = u() < 0.2 ? { nd: between(u, 18, 27), pr: between(u, 0, 1.2), dy: 0 } : null;
  return [
    { mass: 2.2 * weibull(u), wt: small(u), share: 0.97 },
    { mass: 1 * weibull(u), wt: fan ?? { nd: 0, pr: 0, dy: 0 }, share: 0.85 },
    { mass: 3.2 * erlang(u, 6), wt: recipe(u, year), share: withDrive },
  ];
};
const phone: Kind = (u) => [{ mass: between(u, 0.1, 0.55), wt: small(u), share: 0.99 }];

interface Part {
  readonly mass: number;
  readonly wt: Wt;
  readonly share: number;
}
type Kind = (u: Draw, year: number, recipe: Recipe) => readonly Part[];
const KINDS: Readonly<Record<string, Kind>> = {
  "hdd_3.5in": drive35,
  "hdd_2.5in": drive25,
  notebook,
  phone,
};

/** Which devices come together: 3 to 14 families, from a handful of pieces to hundreds. */
export function lotOf(u: Draw): WorldUnits[] {
  const families = 3 + Math.floor(u() * 12);
  return Array.from({ length: families }, (_, i) => {
    const kind = u();
    return {
      family: `family ${i} of ${Math.floor(u() * 1e9)}`,
      prior_class: kind < 0.5 ? "hdd_3.5in" : kind < 0.75 ? "hdd_2.5in" : kind < 0.9 ? "notebook" : "phone",
      count: 3 + Math.floor(300 * u() ** 2),
    };
  });
}

/** Magnets of one piece of a family, as a tear-down finds them. */
export interface Piece {
  readonly mass_g: number;
  readonly wt: Wt;
}

/** One family as this world made it: its true parts, and pieces taken from it one by one. */
export function familyOf(u: Draw, prior_class: string, recipe: Recipe, year = between(u, 2004, 2018)) {
  const parts = (KINDS[prior_class] ?? drive35)(u, year, recipe);
  return {
    parts,
    piece: (): Piece[] =>
      parts.filter((p) => u() < p.share).map((p) => ({ mass_g: p.mass * between(u, 0.86, 1.14), wt: p.wt })),
  };
}

/** What a lot holds in truth. The lot's years are near each other, so its families lean the same way. */
export function truthOf(u: Draw, units: readonly WorldUnits[], recipe: Recipe): Grams {
  const sum = { Nd: 0, Pr: 0, Dy: 0, total_ree: 0, magnets: 0 };
  const lotYear = between(u, 2005, 2017);
  for (const unit of units) {
    const family = familyOf(u, unit.prior_class, recipe, lotYear + between(u, -3, 3));
    for (let piece = 0; piece < unit.count; piece++)
      for (const { mass_g, wt } of family.piece()) {
        sum.magnets += mass_g;
        sum.Nd += (mass_g * wt.nd) / 100;
        sum.Pr += (mass_g * wt.pr) / 100;
        sum.Dy += (mass_g * wt.dy) / 100;
        sum.total_ree += (mass_g * (wt.nd + wt.pr + wt.dy)) / 100;
      }
  }
  return sum;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** What one who knew this world's law, and no more, could say of a lot: the 90 % interval of many such lots. */
export function oracleWidths(
  seed: number,
  units: readonly WorldUnits[],
  recipe: Recipe,
  times: number,
): Grams {
  const u = uniforms(seed);
  const all = Array.from({ length: times }, () => truthOf(u, units, recipe));
  const width = (name: keyof Grams): number => {
    const sorted = all.map((g) => g[name]).sort((a, b) => a - b);
    return quantile(sorted, 0.95) - quantile(sorted, 0.05);
  };
  return {
    Nd: width("Nd"),
    Pr: width("Pr"),
    Dy: width("Dy"),
    total_ree: width("total_ree"),
    magnets: width("magnets"),
  };
}
