import { normalDensity, normalQuantile } from "../doubt/normal.ts";
import { alloy } from "../magnets/alloys.ts";
import { PRIORS, type PriorPart } from "../magnets/priors.ts";
import { UNIT_LOG_SD } from "./draws.ts";

/** One device of a family taken apart by the recycler: what its parts weighed, and what was measured of them. */
export interface TearDown {
  readonly family: string;
  readonly prior_class: string;
  readonly parts: readonly TornPart[];
}

export interface TornPart {
  /** A part of the prior row; a part of the row that is not named was not there. */
  readonly part: string;
  readonly magnets_g: number;
  /** The alloy of the table it was found to be. */
  readonly alloy?: string;
  readonly wt_pct?: Readonly<Record<string, { readonly value: number; readonly sd: number }>>;
}

/** How many devices the prior's scatter between pieces is worth. */
const prior_pieces = 4;
/** How many devices the prior's chance that a part is there, and its mixture of alloys, are worth. */
const prior_devices = 3;
/** Alloys that nobody found in this many devices are still this likely in all: a family may change its supplier. */
const least_share = 0.002;

/**
 * A family's parts after tear-downs: each replaces the prior by its conjugate posterior. The log of the mass is normal
 * between families and between pieces (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.5 and 2.6), presence beta, alloys
 * Dirichlet, weight percents log-normal.
 *
 * @param tearDowns of this family and row, in any order
 */
export function learnedParts(prior_class: string, tearDowns: readonly TearDown[]): readonly PriorPart[] {
  const row = PRIORS.get(prior_class);
  if (!row || tearDowns.length === 0) return row?.parts ?? [];
  return row.parts.map((part) => learned(part, tearDowns));
}

function learned(part: PriorPart, tearDowns: readonly TearDown[]): PriorPart {
  const torn = tearDowns.flatMap(({ parts }) => parts.filter((p) => p.part === part.part && p.magnets_g > 0));
  const presence = presenceOf(part.present_p, torn.length, tearDowns.length);
  const mass = massOf(
    part,
    torn.map(({ magnets_g }) => Math.log(magnets_g)),
  );
  return {
    ...part,
    ...presence,
    ...mass,
    alloys: alloysOf(part, torn),
    contents: contentsOf(part, torn),
    evidence: torn.length > 0 ? "A" : part.evidence,
    source: `${torn.length} of ${tearDowns.length} tear-downs of the family, on the prior: ${part.source}`,
  };
}

/** Beta posterior, as the mean and the spread on the probit scale that the draws use. */
function presenceOf(prior: number, found: number, opened: number) {
  const all = prior_devices + opened;
  const mean = (prior_devices * prior + found) / all;
  if (mean <= 0 || mean >= 1) return { present_p: mean, present_spread: 0 };
  const sd = Math.sqrt((mean * (1 - mean)) / (all + 1));
  return { present_p: mean, present_spread: Math.min(0.8, sd / normalDensity(normalQuantile(mean))) };
}

function massOf(part: PriorPart, logs: readonly number[]) {
  const n = logs.length;
  if (n === 0) return {};
  const mean = logs.reduce((sum, value) => sum + value, 0) / n;
  const scatter = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const unitVar = (prior_pieces * UNIT_LOG_SD ** 2 + scatter) / (prior_pieces + n - 1);
  const known = 1 / part.log_sd ** 2;
  const seen = n / unitVar;
  return {
    median_g: Math.exp((known * Math.log(part.median_g) + seen * mean) / (known + seen)),
    log_sd: 1 / Math.sqrt(known + seen),
    unit_log_sd: Math.sqrt(unitVar),
  };
}

function alloysOf(part: PriorPart, torn: readonly TornPart[]): PriorPart["alloys"] {
  const named = torn.filter(({ alloy: name }) => part.alloys.some((choice) => choice.alloy === name));
  const all = prior_devices + named.length;
  const shares = part.alloys.map(({ alloy: name, p }) => ({
    alloy: name,
    p: Math.max(least_share, (prior_devices * p + named.filter((t) => t.alloy === name).length) / all),
  }));
  const total = shares.reduce((sum, { p }) => sum + p, 0);
  return shares.map(({ alloy: name, p }) => ({ alloy: name, p: p / total }));
}

/** Weight percents of the family's magnets where they were measured: mean and spread that replace the alloy table's. */
function contentsOf(part: PriorPart, torn: readonly TornPart[]): NonNullable<PriorPart["contents"]> {
  const contents: Record<string, { mean_wt_pct: number; sd_wt_pct: number }> = {};
  const main = [...part.alloys].sort((a, b) => b.p - a.p)[0];
  if (!main) return contents;
  const table: Readonly<Record<string, { mean_wt_pct: number; sd_wt_pct: number } | undefined>> = alloy(
    main.alloy,
  ).wt_pct;
  const elements = new Set(torn.flatMap(({ wt_pct }) => Object.keys(wt_pct ?? {})));
  for (const element of elements) {
    const prior = table[element];
    const read = torn.flatMap(({ wt_pct }) => (wt_pct?.[element] ? [wt_pct[element]] : []));
    if (!prior || read.length === 0) continue;
    const logVar = Math.log(1 + (prior.sd_wt_pct / prior.mean_wt_pct) ** 2);
    let weight = 1 / logVar;
    let sum = weight * (Math.log(prior.mean_wt_pct) - logVar / 2);
    // Nothing measured is less than nothing: a reading of zero counts as half its own doubt.
    const logs = read.map(({ value, sd }) => Math.log(Math.max(value, sd / 2, 1e-4)));
    const middle = logs.reduce((a, b) => a + b, 0) / logs.length;
    const between = logs.reduce((a, b) => a + (b - middle) ** 2, 0) / Math.max(1, logs.length - 1);
    read.forEach(({ value, sd }, k) => {
      const own = Math.log(1 + (sd / Math.max(value, sd / 2, 1e-4)) ** 2) + Math.max(between, piece_log_var);
      weight += 1 / own;
      sum += (logs[k] ?? 0) / own;
    });
    const variance = 1 / weight;
    const mean_wt_pct = Math.exp(sum / weight + variance / 2);
    contents[element] = { mean_wt_pct, sd_wt_pct: mean_wt_pct * Math.sqrt(Math.exp(variance) - 1) };
  }
  return contents;
}

/** Magnets of one family come from many melts: least spread of a content between pieces, squared log. Estimate, 3 %. */
const piece_log_var = 0.03 ** 2;

/** Families that were torn down, with their learned parts. */
export function learnedFamilies(tearDowns: readonly TearDown[]): ReadonlyMap<string, readonly PriorPart[]> {
  const byFamily = new Map<string, TearDown[]>();
  for (const tearDown of tearDowns) {
    const key = familyKey(tearDown);
    byFamily.set(key, [...(byFamily.get(key) ?? []), tearDown]);
  }
  return new Map(
    [...byFamily].map(([key, all]) => [key, learnedParts(all[0]?.prior_class ?? "", all)] as const),
  );
}

export const familyKey = (of: { readonly family: string; readonly prior_class: string }): string =>
  `${of.prior_class}|${of.family}`;
