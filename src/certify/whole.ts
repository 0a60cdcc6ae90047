import { type Reading, readAnalyte, readingOf } from "./analysis.ts";
import type { Certificate } from "./certificate.ts";

/** What a certificate of analysis says a kilogram of its product is made of. */
export type Stated = Partial<Pick<Certificate, "reo_pct" | "loi_pct">> & {
  readonly results: readonly Reading[];
};

interface Amount {
  readonly pct: number;
  readonly u_pct: number;
}

const NOTHING: Amount = { pct: 0, u_pct: 0 };
const CLOSURE_K = 3;
const MG_PER_KG_A_PERCENT = 10_000;
/** Totals may read slightly above the whole (C2); stated doubts excuse as much again and no more. Our estimate, evidence C. */
const ABOVE_PCT = 0.5;
const MOST_DOUBT_PCT = 1;
/** What leaves as loss on ignition, in part or in all: a line of it may be in that total already. */
const VOLATILE: ReadonlySet<string> = new Set(["H", "C", "N", "S", "Cl", "F"]);

const IGNITION = "LOI";
const percent = (text: string | undefined): number => {
  const value = text === undefined ? undefined : readingOf(text);
  return value && !value.below ? value.amount.toNumber() : 0;
};

/** What was found of a line at least, without its doubt: below a limit that may be nothing. */
function foundOf({ mg_per_kg, u }: Reading): Amount {
  const [value, doubt] = [readingOf(mg_per_kg), u === undefined ? undefined : readingOf(u)];
  if (!value || value.below) return NOTHING;
  const [pct, u_pct] = [value.amount, doubt?.amount].map((mg) => (mg?.toNumber() ?? 0) / MG_PER_KG_A_PERCENT);
  return { pct: pct ?? 0, u_pct: u_pct ?? 0 };
}

const together = (amounts: readonly Amount[]): Amount => ({
  pct: amounts.reduce((sum, { pct }) => sum + pct, 0),
  u_pct: Math.hypot(...amounts.map(({ u_pct }) => u_pct)),
});

/** What of a product is no rare-earth oxide, as far as it was measured: other impurities, and the loss on ignition. */
export function besideOxide({ results, loi_pct }: Stated): Amount {
  const solid: Amount[] = [];
  const volatile: Amount[] = [];
  let ignition = percent(loi_pct);
  for (const line of results) {
    const known = readAnalyte(line.analyte);
    if (line.analyte === IGNITION) ignition = Math.max(ignition, foundOf(line).pct);
    if (!known || known.rareEarth) continue;
    const leaves = known.metal.split("+").every((element) => VOLATILE.has(element));
    (leaves ? volatile : solid).push(foundOf(line));
  }
  const lost = together(volatile);
  return together([...solid, lost.pct >= ignition ? lost : { pct: ignition, u_pct: 0 }]);
}

/** The rare-earth oxides of an analysis, each per kilogram of all of them. */
const oxidesIn = ({ results }: Stated): Amount =>
  together(
    results.flatMap((line) => {
      const known = readAnalyte(line.analyte);
      return known?.rareEarth && known.oxide ? [foundOf(line)] : [];
    }),
  );

/** What doubt excuses, in percent. */
export const excusedBy = ({ u_pct }: Amount): number =>
  ABOVE_PCT + Math.min(CLOSURE_K * u_pct, MOST_DOUBT_PCT);

/** In words, where what was found adds up to more than the whole beyond doubt (C28): such an analysis is of nothing. */
export function partsAboveWhole(of: Stated): string | undefined {
  const beside = besideOxide(of);
  const reo = percent(of.reo_pct);
  const total = reo + beside.pct;
  if (total > 100 + excusedBy(beside))
    return `${shown(reo)} % rare-earth oxide and ${shown(beside.pct)} % of other things make ${shown(total)} % of the product`;
  const oxides = oxidesIn(of);
  if (oxides.pct > 100 + excusedBy(oxides))
    return `the rare-earth oxides add up to ${shown(oxides.pct)} % of all rare-earth oxide`;
  return undefined;
}

/** What a full analysis may leave untold: more was measured in another unit, or on another basis. Our estimate, evidence C. */
const UNTOLD_PCT = 2;

/**
 * In words, where each element of a product of several was found and all lines together are far from the whole (C63): an oxide told in
 * milligrams of metal, grams told as milligrams, or a part of it that nobody looked at.
 */
export function partsBelowWhole(of: Stated & Pick<Certificate, "product">): string | undefined {
  const { product, results } = of;
  const own = (product?.elements ?? []).map((element) =>
    results.find(({ analyte }) => readAnalyte(analyte)?.metal === element),
  );
  if (own.length < 2 || !own.every((line) => line && foundOf(line).pct > 0)) return undefined;
  const metal = product?.form === "metal";
  const told = metal ? together(results.map(foundOf)) : oxidesIn(of);
  if (told.pct + Math.min(CLOSURE_K * told.u_pct, MOST_DOUBT_PCT) >= 100 - UNTOLD_PCT) return undefined;
  return `all that was found adds up to ${shown(told.pct)} % of ${metal ? "it" : "its rare-earth oxide"}: nobody knows what the rest is`;
}

/** The most that rare-earth oxide can be of a product, by what else was found in it, and what it may be more by doubt. */
export function mostOxide(of: Stated): { readonly pct: number; readonly u_pct: number } {
  const beside = besideOxide(of);
  return { pct: Math.max(0, 100 - beside.pct), u_pct: beside.u_pct };
}

const shown = (pct: number): string => String(Number(pct.toFixed(4)));
