import { done, refuse } from "../../quantity/index.ts";
import { isElement } from "../elements.ts";
import { STABILITY_SERIES, type StabilitySeries } from "../stability.ts";

export interface Pair {
  readonly ahead: string;
  readonly behind: string;
  /** How many times more the ligand prefers the one ahead: best is the mean of the logarithms over the series. */
  readonly alpha: { readonly best: number; readonly lo: number; readonly hi: number };
  readonly series: readonly { readonly id: string; readonly alpha: number }[];
}

export interface Selectivity {
  readonly order: readonly string[];
  readonly pairs: readonly Pair[];
  /** Resin affinity against the first to leave, larger = kept longer; `sd_log` is of the natural logarithm. */
  readonly affinities: Readonly<
    Record<
      string,
      { readonly affinity: number; readonly sd_log: number; readonly lo: number; readonly hi: number }
    >
  >;
}

/** Doubt of a difference of log10 K where one series alone speaks. A guess: the three EDTA series scatter by 0.05 to 0.15 between neighbours. */
export const LONE_SERIES_SD_LOG10 = 0.1;

export const seriesOf = (ligand: string): readonly StabilitySeries[] =>
  STABILITY_SERIES.filter((s) => s.ligand === ligand);

/** Series of unlike ionic strength are not put together. Refusal: series_mixed. */
export function sameIonicStrength(
  series: readonly { readonly id: string; readonly ionic_strength_M: number }[],
) {
  const [first, ...rest] = series;
  const other = rest.find((s) => s.ionic_strength_M !== first?.ionic_strength_M);
  if (first === undefined) return refuse("series_unknown", "series", "name a series");
  if (other)
    return refuse(
      "series_mixed",
      "series",
      `${first.id} is at ${first.ionic_strength_M} M and ${other.id} at ${other.ionic_strength_M} M; they are not mixed`,
    );
  return done(first.ionic_strength_M);
}

/** log10 K of one over another, series by series: never across two series. */
function differences(series: readonly StabilitySeries[], one: string, other: string) {
  return series.flatMap((s) => {
    const a = isElement(one) ? s.logK[one] : undefined;
    const b = isElement(other) ? s.logK[other] : undefined;
    return a === undefined || b === undefined ? [] : [{ id: s.id, difference: a - b }];
  });
}

/** Order of leaving, neighbours and affinities. Refusals: series_mixed, constant_missing. */
export function selectivity(elements: readonly string[], series: readonly StabilitySeries[]) {
  const same = sameIonicStrength(series);
  if (!same.ok) return same;
  for (const element of elements)
    if (!series.some((s) => isElement(element) && s.logK[element] !== undefined))
      return missing(element, series);
  const anchor = elements.find((e) => elements.every((o) => differences(series, e, o).length > 0));
  if (anchor === undefined) return missing(elements[0] ?? "", series);
  const over = (e: string) => differences(series, e, anchor).map((d) => d.difference);
  const order = [...elements].sort((a, b) => mean(over(b)) - mean(over(a)));
  const first = order[0] ?? anchor;
  const pairs: Pair[] = [];
  for (const [i, ahead] of order.slice(0, -1).entries()) {
    const behind = order[i + 1] ?? ahead;
    const found = differences(series, ahead, behind);
    if (found.length === 0) return missing(`${ahead}/${behind}`, series);
    pairs.push({
      ahead,
      behind,
      alpha: band(found.map((d) => d.difference)),
      series: found.map((d) => ({ id: d.id, alpha: 10 ** d.difference })),
    });
  }
  const affinities: Record<string, Selectivity["affinities"][string]> = {};
  for (const element of order) {
    const own = differences(series, first, element).map((d) => d.difference);
    if (own.length === 0) return missing(`${first}/${element}`, series);
    const { best, lo, hi } = band(own);
    const sd = own.length > 1 ? spread(own) : LONE_SERIES_SD_LOG10;
    affinities[element] = { affinity: best, sd_log: element === first ? 0 : sd * Math.LN10, lo, hi };
  }
  return done({ order, pairs, affinities });
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const spread = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));
const band = (logs: readonly number[]) => ({
  best: 10 ** mean(logs),
  lo: 10 ** Math.min(...logs),
  hi: 10 ** Math.max(...logs),
});

const missing = (what: string, series: readonly StabilitySeries[]) =>
  refuse(
    "constant_missing",
    `feed.${what}`,
    `no constant of ${what} in one series of ${series.map((s) => s.id).join(", ")}; series are not patched together`,
  );
