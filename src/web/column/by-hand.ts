import { csvFile } from "../kit/show/csv.ts";
/** A curve to be drawn. */
export interface Outlet {
  readonly time_s: readonly number[];
  readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
}

export interface Window {
  readonly species: string;
  readonly from_s: number;
  readonly to_s: number;
}

export type Edge = "from_s" | "to_s";

/** How far an edge of a cut may go: to the cut's other edge, and not into the next cut. */
export function roomOf(
  windows: readonly Window[],
  given: { readonly cut: number; readonly edge: Edge; readonly begin_s: number; readonly end_s: number },
): readonly [number, number] {
  const { cut, edge, begin_s, end_s } = given;
  const own = windows[cut];
  if (!own) return [begin_s, end_s];
  const middle = ({ from_s, to_s }: Window) => from_s + to_s;
  const others = windows.filter((_, k) => k !== cut);
  if (edge === "from_s") {
    const before = others.filter((w) => middle(w) < middle(own)).map((w) => w.to_s);
    return [Math.min(own.from_s, Math.max(begin_s, ...before)), own.to_s];
  }
  const after = others.filter((w) => middle(w) > middle(own)).map((w) => w.from_s);
  return [own.from_s, Math.max(own.to_s, Math.min(end_s, ...after))];
}

/** The part of the outlet where products leave, with a little room on either side: the rest is flat. */
export function busyPart(outlet: Outlet, products: readonly string[]): Outlet {
  const height = Math.max(...products.flatMap((name) => outlet.mol_per_m3[name] ?? []));
  const busy = outlet.time_s.filter((_, k) =>
    products.some((name) => (outlet.mol_per_m3[name]?.[k] ?? 0) > 1e-3 * height),
  );
  const [first, last] = [busy[0], busy.at(-1)];
  if (first === undefined || last === undefined) return outlet;
  const room_s = 0.12 * (last - first);
  const shown = (time_s: number) => time_s >= first - room_s && time_s <= last + room_s;
  return {
    time_s: outlet.time_s.filter(shown),
    mol_per_m3: Object.fromEntries(
      Object.entries(outlet.mol_per_m3).map(([name, c]) => [
        name,
        c.filter((_, k) => shown(outlet.time_s[k] ?? 0)),
      ]),
    ),
  };
}

/** The outlet as a table that any program reads. */
export function csvOf(outlet: Outlet): string {
  const names = Object.keys(outlet.mol_per_m3);
  const rows = outlet.time_s.map((time_s, k) => [
    time_s,
    ...names.map((name) => outlet.mol_per_m3[name]?.[k] ?? 0),
  ]);
  return csvFile([["time_s", ...names.map((name) => `${name}_mol_per_m3`)], ...rows]);
}
