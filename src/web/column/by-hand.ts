export interface Outlet {
  readonly time_s: readonly number[];
  readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
}

export interface HandCut {
  readonly purity: number | undefined;
  readonly yield: number;
  readonly impurities_ppm: Readonly<Record<string, number>>;
}

/** What leaves of one species between two times, as an integral of its curve, mol s/m3: straight lines between the points. */
export function leaves(outlet: Outlet, name: string, from_s: number, to_s: number): number {
  const c = outlet.mol_per_m3[name] ?? [];
  const at = (k: number, time_s: number): number => {
    const [t0, t1] = [outlet.time_s[k] ?? 0, outlet.time_s[k + 1] ?? 0];
    const part = t1 > t0 ? (time_s - t0) / (t1 - t0) : 0;
    return (c[k] ?? 0) * (1 - part) + (c[k + 1] ?? 0) * part;
  };
  let sum = 0;
  for (let k = 0; k + 1 < outlet.time_s.length; k++) {
    const low = Math.max(from_s, outlet.time_s[k] ?? 0);
    const high = Math.min(to_s, outlet.time_s[k + 1] ?? 0);
    if (high > low) sum += ((at(k, low) + at(k, high)) / 2) * (high - low);
  }
  return sum;
}

/** Purity, yield and impurities of a cut made by hand; nothing is simulated anew for it. */
export function handCut(
  outlet: Outlet,
  given: {
    readonly species: string;
    readonly products: readonly string[];
    readonly from_s: number;
    readonly to_s: number;
  },
): HandCut {
  const { species, products, from_s, to_s } = given;
  const held = products.map((name) => [name, leaves(outlet, name, from_s, to_s)] as const);
  const whole = held.reduce((sum, [, amount]) => sum + amount, 0);
  const own = held.find(([name]) => name === species)?.[1] ?? 0;
  const all = leaves(outlet, species, outlet.time_s[0] ?? 0, outlet.time_s.at(-1) ?? 0);
  return {
    purity: whole > 0 ? own / whole : undefined,
    yield: all > 0 ? own / all : 0,
    impurities_ppm: Object.fromEntries(
      held
        .filter(([name]) => name !== species)
        .map(([name, amount]) => [name, whole > 0 ? (1e6 * amount) / whole : 0]),
    ),
  };
}

/** The part of the outlet where products leave, with a little room on either side: the rest is flat. */
export function busyPart(outlet: Outlet, products: readonly string[]): Outlet {
  const height = Math.max(...products.flatMap((name) => outlet.mol_per_m3[name] ?? []));
  const here = outlet.time_s.map((_, k) =>
    products.some((name) => (outlet.mol_per_m3[name]?.[k] ?? 0) > 1e-3 * height),
  );
  const first = here.indexOf(true);
  const last = here.lastIndexOf(true);
  if (first < 0) return outlet;
  const room = Math.ceil(0.12 * (last - first)) + 1;
  const [from, to] = [Math.max(0, first - room), Math.min(here.length, last + room)];
  return {
    time_s: outlet.time_s.slice(from, to),
    mol_per_m3: Object.fromEntries(
      Object.entries(outlet.mol_per_m3).map(([name, c]) => [name, c.slice(from, to)]),
    ),
  };
}

/** The outlet as a table that any program reads. */
export function csvOf(outlet: Outlet): string {
  const names = Object.keys(outlet.mol_per_m3);
  const rows = outlet.time_s.map((time_s, k) =>
    [time_s, ...names.map((name) => outlet.mol_per_m3[name]?.[k] ?? 0)].join(","),
  );
  return [["time_s", ...names.map((name) => `${name}_mol_per_m3`)].join(","), ...rows, ""].join("\n");
}
