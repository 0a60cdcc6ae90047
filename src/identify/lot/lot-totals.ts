import { isRareEarth } from "../../chemistry/index.ts";
import { type EvidenceGrade, weakest } from "../classify/classes.ts";
import { type Summary, summarise } from "../doubt/quantiles.ts";
import { ALLOYS, alloy } from "../magnets/alloys.ts";
import { PRIORS, type PriorPart } from "../magnets/priors.ts";
import { addTo, arrayOf, drawFamily, type FamilyDraws, type SharedDraws, shareDraws } from "./draws.ts";

/** Devices that share a magnet family: what is unknown about one of them is unknown about all. */
export interface LotUnits {
  readonly family: string;
  readonly prior_class: string;
  readonly count: number;
  /** Replaces the prior's parts, for instance when lines say that no hard drive is inside. */
  readonly parts?: readonly PriorPart[];
}

/** What a lot is drawn from. */
export interface LotAsk {
  readonly units: readonly LotUnits[];
  /** Default 2,000; more than 20,000 gains nothing that the priors could bear. */
  readonly draws?: number;
  readonly seed: number;
}

export interface Grams {
  readonly best_g: number;
  readonly lo90_g: number;
  readonly hi90_g: number;
  readonly sd_g: number;
}

/** How far one shared cause moves each total: one standard deviation, signed. */
export interface Move {
  readonly cause: string;
  readonly move_g: Readonly<Record<string, number>>;
}

export interface LotTotals {
  readonly elements: Readonly<Record<string, Grams>>;
  readonly total_ree: Grams;
  readonly magnets: Grams;
  readonly materials: Readonly<Record<string, Grams>>;
  /** Their root sum of squares is the sd of each element total, exactly; the split is first order. */
  readonly moves: readonly Move[];
  /** Units whose class the prior table does not know: in no total. */
  readonly not_counted: readonly LotUnits[];
  readonly evidence: EvidenceGrade;
  readonly draws: number;
  readonly seed: number;
}

/** The draws themselves, for inference on wt%. */
export interface LotDraws {
  readonly magnets_g: Float64Array;
  readonly elements_g: ReadonlyMap<string, Float64Array>;
  readonly total_ree_g: Float64Array;
}

const DRAWS_MAX = 20_000;
const DRAWS_DEFAULT = 2000;
/** Families above which fewer draws do: their errors average, and a lot of 500 lines must take under a second. */
const FAMILIES_MANY = 150;
const DRAWS_MANY = 700;
/** A cause that explains less than this share of every element's variance joins the lump of small ones. */
const LUMP_BELOW = 2e-4;

export interface Sampled extends LotDraws {
  readonly shared: SharedDraws;
  readonly families: ReadonlyMap<string, FamilyDraws>;
  readonly materials_g: ReadonlyMap<string, Float64Array>;
  readonly shared_moves_g: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly grades: readonly EvidenceGrade[];
  readonly not_counted: readonly LotUnits[];
}

/** Magnets and elements in a lot, with the doubt of shared families, shared era and shared tables (SPEC I12 to I16). */
export const lotTotals = (ask: LotAsk): LotTotals => totalsOf(sampleLot(ask));

export function totalsOf(lot: Sampled): LotTotals {
  const elements = new Map([...lot.elements_g].map(([element, draws]) => [element, summarise(draws)]));
  return {
    elements: Object.fromEntries([...elements].map(([element, s]) => [element, grams(s)])),
    total_ree: grams(summarise(lot.total_ree_g)),
    magnets: grams(summarise(lot.magnets_g)),
    materials: Object.fromEntries(
      [...lot.materials_g].map(([material, draws]) => [material, grams(summarise(draws))]),
    ),
    moves: movesOf(lot, elements),
    not_counted: lot.not_counted,
    evidence: lot.grades.length === 0 ? "C" : weakest(lot.grades),
    draws: lot.shared.count,
    seed: lot.shared.seed,
  };
}

const grams = (s: Summary): Grams => ({ best_g: s.best, lo90_g: s.lo90, hi90_g: s.hi90, sd_g: s.sd });

/** Draws whole lots. Each cause has its own stream named by the seed and itself, so order of units does not matter. */
export function sampleLot(ask: LotAsk): Sampled {
  const grouped = groupUnits(ask.units);
  const wished = ask.draws ?? (grouped.size > FAMILIES_MANY ? DRAWS_MANY : DRAWS_DEFAULT);
  const shared = shareDraws(ask.seed, Math.max(2, Math.min(DRAWS_MAX, Math.trunc(wished))));
  const families = new Map<string, FamilyDraws>();
  const elements_g = new Map<string, Float64Array>();
  const materials_g = new Map<string, Float64Array>();
  const magnets_g = new Float64Array(shared.count);
  const shared_moves_g = new Map<string, Map<string, number>>();
  const grades: EvidenceGrade[] = [];
  const not_counted: LotUnits[] = [];
  for (const unit of grouped.values()) {
    const row = PRIORS.get(unit.prior_class);
    if (!row || !(unit.count > 0)) {
      not_counted.push(unit);
      continue;
    }
    const parts = unit.parts ?? row.parts;
    if (parts.length === 0) grades.push(row.evidence);
    for (const part of parts) {
      grades.push(part.evidence);
      for (const choice of part.alloys) grades.push(alloy(choice.alloy).evidence);
    }
    const drawn = drawFamily(`${unit.prior_class}|${unit.family}`, parts, unit.count, shared);
    const known = families.get(unit.family);
    addTo(magnets_g, drawn.magnets_g);
    for (const [key, draws] of drawn.elements_g) addTo(arrayOf(elements_g, key, shared.count), draws);
    for (const [key, draws] of drawn.materials_g) addTo(arrayOf(materials_g, key, shared.count), draws);
    for (const [cause, moves] of drawn.shared_moves_g) {
      const at = shared_moves_g.get(cause) ?? new Map<string, number>();
      for (const [element, move] of moves) at.set(element, (at.get(element) ?? 0) + move);
      shared_moves_g.set(cause, at);
    }
    if (known) {
      addTo(known.magnets_g, drawn.magnets_g);
      for (const [key, draws] of drawn.elements_g) addTo(arrayOf(known.elements_g, key, shared.count), draws);
    } else families.set(unit.family, drawn);
  }
  const total_ree_g = new Float64Array(shared.count);
  for (const [element, draws] of elements_g) if (isRareEarth(element)) addTo(total_ree_g, draws);
  return {
    shared,
    families,
    magnets_g,
    materials_g,
    elements_g,
    total_ree_g,
    shared_moves_g,
    grades,
    not_counted,
  };
}

/** Lines of one family and class are one group: their count adds up, their unknowns are the same ones. */
function groupUnits(units: readonly LotUnits[]): Map<string, LotUnits> {
  const groups = new Map<string, LotUnits>();
  for (const unit of units) {
    const key = JSON.stringify([unit.family, unit.prior_class, unit.parts ?? null]);
    const known = groups.get(key);
    groups.set(key, known ? { ...unit, count: known.count + unit.count } : unit);
  }
  return groups;
}

/** Splits each total's spread by cause: regression on shared draws, then what is left family by family. */
function movesOf(lot: Sampled, totals: ReadonlyMap<string, Summary>): Move[] {
  const moves = new Map<string, Record<string, number>>();
  const put = (cause: string, element: string, move: number): void => {
    const at = moves.get(cause) ?? {};
    at[element] = move;
    moves.set(cause, at);
  };
  const names = [...totals].filter(([, s]) => s.sd > 0).map(([element]) => element);
  for (const [cause, shared] of lot.shared_moves_g)
    for (const [element, move] of shared) if (names.includes(element)) put(cause, element, move);
  for (const [family, drawn] of lot.families) {
    const scale = standardise(drawn.magnets_g);
    for (const [element, own] of drawn.elements_g) {
      if (!names.includes(element)) continue;
      const move = scale ? slope(own, scale) : 0;
      put(`family:${family}`, element, move);
      put(`family:${family}:${element}`, element, Math.sqrt(Math.max(0, spreadOf(own) ** 2 - move ** 2)));
    }
  }
  return closeMoves(lumpSmall(moves, totals), totals);
}

/** Rescales so that the causes add up, in quadrature, to the spread that was drawn. */
function closeMoves(
  moves: Map<string, Record<string, number>>,
  totals: ReadonlyMap<string, Summary>,
): Move[] {
  const sums = new Map<string, number>();
  for (const move of moves.values())
    for (const [el, g] of Object.entries(move)) sums.set(el, Math.hypot(sums.get(el) ?? 0, g));
  return [...moves].map(([cause, move]) => ({
    cause,
    move_g: Object.fromEntries(
      Object.entries(move).map(([el, g]) => [el, (g * (totals.get(el)?.sd ?? 0)) / (sums.get(el) || 1)]),
    ),
  }));
}

function lumpSmall(
  moves: Map<string, Record<string, number>>,
  totals: ReadonlyMap<string, Summary>,
): Map<string, Record<string, number>> {
  const kept = new Map<string, Record<string, number>>();
  const lump: Record<string, number> = {};
  for (const [cause, move] of moves) {
    const matters = Object.entries(move).some(
      ([el, g]) => g ** 2 > LUMP_BELOW * (totals.get(el)?.sd ?? 0) ** 2,
    );
    if (matters) kept.set(cause, move);
    else for (const [el, g] of Object.entries(move)) lump[el] = Math.hypot(lump[el] ?? 0, g);
  }
  if (Object.values(lump).some((g) => g > 0)) kept.set("small causes", lump);
  return kept;
}

function mean(draws: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < draws.length; i++) sum += draws[i] ?? 0;
  return sum / draws.length;
}
function spreadOf(draws: Float64Array): number {
  const centre = mean(draws);
  let sum = 0;
  for (let i = 0; i < draws.length; i++) sum += ((draws[i] ?? 0) - centre) ** 2;
  return Math.sqrt(sum / Math.max(1, draws.length - 1));
}
function standardise(draws: Float64Array): Float64Array | null {
  const [centre, sd] = [mean(draws), spreadOf(draws)];
  return sd > 0 ? draws.map((x) => (x - centre) / sd) : null;
}
/** How far y moves when x moves by one standard deviation. */
function slope(y: Float64Array | undefined, x: Float64Array): number {
  if (!y) return 0;
  const [cy, cx] = [mean(y), mean(x)];
  let [xy, xx] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    xy += ((y[i] ?? 0) - cy) * ((x[i] ?? 0) - cx);
    xx += ((x[i] ?? 0) - cx) ** 2;
  }
  return xx > 0 ? (xy / xx) * Math.sqrt(xx / Math.max(1, y.length - 1)) : 0;
}

/** Names of the alloys the tables hold, for those who list them. */
export const ALLOY_NAMES: readonly string[] = Object.keys(ALLOYS);
