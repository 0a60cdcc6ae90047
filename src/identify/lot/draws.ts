import { gammaOf } from "../doubt/gamma.ts";
import { normalBelow, normalQuantile } from "../doubt/normal.ts";
import { seededRandom } from "../doubt/random.ts";
import { type AlloyName, alloy } from "../magnets/alloys.ts";
import type { PriorPart } from "../magnets/priors.ts";

/** Draws of what is shared by everything in a lot: the era of make, and what the tables may be wrong by. */
export interface SharedDraws {
  readonly seed: number;
  readonly count: number;
  readonly era: Float64Array;
  readonly tables: Map<string, Float64Array>;
}

/** Sums over the pieces of one family, draw by draw. */
export interface FamilyDraws {
  readonly magnets_g: Float64Array;
  readonly materials_g: Map<string, Float64Array>;
  readonly elements_g: Map<string, Float64Array>;
  /** First-order effect of each shared table and of the era, by cause, then element: one standard deviation. */
  readonly shared_moves_g: Map<string, Map<string, number>>;
}

/** Pieces of one family differ little: log-sd of the magnet mass between them. Estimate, from 3 % punching tolerance and age. */
export const UNIT_LOG_SD = 0.08;
/** Older lots are heavier in magnets and richer in heavy rare earths: log-sd per era effect. Estimates. */
const ERA_MASS_LOG_SD = 0.05;
const ERA_HEAVY_LOG_SD = 0.1;
/** What makers saved over the years because it was dear; data of the era effect, from use before and after about 2012. */
const HEAVY: ReadonlySet<string> = new Set(["Dy", "Tb"]);
/** What a table value itself may be wrong by, as a share of its spread: a mean of some fifty families, 1 / sqrt(50). Estimate. */
const TABLE_SHARE = 0.14;
/** How far the share of devices that have a part differs between families, on the probit scale. Estimate. */
export const PRESENCE_SPREAD = 0.8;
/** How far the share of an alloy may be off in a lot, probit scale: a half seen in some fifty families is known to 0.07. Estimate. */
const MIX_SPREAD = 0.18;
/** Up to here pieces are drawn one by one; above, the binomial is normal to well under a piece. */
const ONE_BY_ONE = 16;

export function shareDraws(seed: number, count: number): SharedDraws {
  return { seed, count, era: normals(seed, "era", count), tables: new Map() };
}

function normals(seed: number, name: string, count: number): Float64Array {
  const random = seededRandom(seed, name);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = random.normal();
  return out;
}

/** Standard normal draws of what the table of one alloy and element may be wrong by; made once a lot. */
export function tableDraws(shared: SharedDraws, name: AlloyName, element: string): Float64Array {
  const key = `${name}:${element}`;
  const known = shared.tables.get(key);
  if (known) return known;
  const made = normals(shared.seed, `table:${key}`, shared.count);
  shared.tables.set(key, made);
  return made;
}

/** Draws magnets and elements of `pieces` devices of one family that has these parts (SPEC I12 to I15). */
export function drawFamily(
  family: string,
  parts: readonly PriorPart[],
  pieces: number,
  shared: SharedDraws,
): FamilyDraws {
  const out: FamilyDraws = {
    magnets_g: new Float64Array(shared.count),
    materials_g: new Map(),
    elements_g: new Map(),
    shared_moves_g: new Map(),
  };
  for (const part of parts) drawPart(family, part, pieces, shared, out);
  return out;
}

function drawPart(
  family: string,
  part: PriorPart,
  pieces: number,
  shared: SharedDraws,
  out: FamilyDraws,
): void {
  const { seed, count } = shared;
  const random = seededRandom(seed, `${family}|${part.part}`);
  const unitRandom = seededRandom(seed, `${family}|${part.part}|units`);
  const mix = mixOf(part, shared);
  const present = presence(part.present_p, part.present_spread ?? PRESENCE_SPREAD);
  const masses = part.alloys.map(() => new Float64Array(count));
  for (let draw = 0; draw < count; draw++) {
    const zMass = random.normal();
    const zPresent = random.normal();
    const u = random.normal();
    const pieces_present = countPresent(pieces, present(zPresent), unitRandom);
    if (pieces_present === 0) continue;
    const unitSd = (part.unit_log_sd ?? UNIT_LOG_SD) / Math.sqrt(pieces_present);
    const mass =
      pieces_present *
      part.median_g *
      Math.exp(
        part.log_sd * zMass +
          ERA_MASS_LOG_SD * ((shared.era[draw] ?? 0) - ERA_MASS_LOG_SD / 2) +
          unitSd * unitRandom.normal(),
      );
    const target = masses[mix.choice(u, draw)];
    if (target) target[draw] = mass;
  }
  for (const [i, choice] of part.alloys.entries())
    addAlloy(
      { where: `${family}|${part.part}`, name: choice.alloy, contents: part.contents, mix },
      masses[i] ?? new Float64Array(count),
      shared,
      out,
    );
}

/** Which of a part's alloys a family has. */
interface Mix {
  readonly cause: string;
  /** Standard normal draws that move the shares in the whole lot. */
  readonly draws: Float64Array | null;
  /** Place of the alloy for a standard normal draw of the family. */
  choice(u: number, draw: number): number;
}

/** How common each alloy is differs between lots, by source and year; the mean share stays the prior's. */
function mixOf({ alloys }: PriorPart, shared: SharedDraws): Mix {
  const cause = `mix:${alloys.map((choice) => choice.alloy).join("+")}`;
  if (alloys.length < 2) return { cause, draws: null, choice: () => 0 };
  const draws = normals(shared.seed, cause, shared.count);
  let below = 0;
  const limits = alloys.slice(0, -1).map(({ p }) => {
    below += p;
    return normalQuantile(below);
  });
  const choice = (u: number, draw: number): number => {
    const at = (u + MIX_SPREAD * (draws[draw] ?? 0)) / Math.sqrt(1 + MIX_SPREAD ** 2);
    const found = limits.findIndex((limit) => at < limit);
    return found < 0 ? alloys.length - 1 : found;
  };
  return { cause, draws, choice };
}

/** Share of a family's devices that have the part: spread between families, its mean kept at the prior's. */
function presence(p: number, spread: number): (z: number) => number {
  if (p <= 0) return () => 0;
  if (p >= 1) return () => 1;
  const centre = normalQuantile(p) * Math.sqrt(1 + spread ** 2);
  return (z) => normalBelow(centre + spread * z);
}

function countPresent(pieces: number, p: number, random: { next(): number; normal(): number }): number {
  if (p <= 0) return 0;
  if (p >= 1) return pieces;
  if (pieces > ONE_BY_ONE)
    return Math.min(
      pieces,
      Math.max(0, Math.round(pieces * p + Math.sqrt(pieces * p * (1 - p)) * random.normal())),
    );
  let present = 0;
  for (let i = 0; i < pieces; i++) if (random.next() < p) present++;
  return present;
}

function addAlloy(
  what: { where: string; name: AlloyName; contents: PriorPart["contents"]; mix: Mix },
  masses_g: Float64Array,
  shared: SharedDraws,
  out: FamilyDraws,
): void {
  const { where, name, contents, mix } = what;
  const known = alloy(name);
  addTo(out.magnets_g, masses_g);
  addTo(arrayOf(out.materials_g, known.material, shared.count), masses_g);
  const z = new Map<string, Float64Array>();
  for (const [element, listed] of Object.entries(known.wt_pct)) {
    const measured = contents?.[element];
    const fraction = measured ?? listed;
    const own = normals(shared.seed, `${where}|${name}|${element}`, shared.count);
    z.set(element, own);
    for (const [a, b, correlation] of known.trades) {
      const other = b === element ? z.get(a) : undefined;
      if (!other) continue;
      for (let d = 0; d < own.length; d++)
        own[d] = correlation * (other[d] ?? 0) + Math.sqrt(1 - correlation ** 2) * (own[d] ?? 0);
    }
    const table = tableDraws(shared, name, element);
    const target = arrayOf(out.elements_g, element, shared.count);
    const spread = fraction.sd_wt_pct / fraction.mean_wt_pct;
    // What was measured on the family itself is wrong neither by the table nor by the era.
    const tableVar = measured ? 0 : Math.log(1 + (TABLE_SHARE * spread) ** 2);
    const eraSd = !measured && HEAVY.has(element) ? ERA_HEAVY_LOG_SD : 0;
    const centre = -(tableVar + eraSd ** 2) / 2;
    const tableSd = Math.sqrt(tableVar);
    let [sum, moved] = [0, 0];
    for (let d = 0; d < target.length; d++) {
      const mass = masses_g[d] ?? 0;
      if (mass === 0) continue;
      const shift = Math.exp(centre + tableSd * (table[d] ?? 0) + eraSd * (shared.era[d] ?? 0));
      // No element can be more than the magnet it is in.
      const grams = mass * Math.min(1, (fraction.mean_wt_pct / 100) * shift * gammaOf(own[d] ?? 0, spread));
      target[d] = (target[d] ?? 0) + grams;
      sum += grams;
      moved += grams * (mix.draws?.[d] ?? 0);
    }
    const best_g = sum / target.length;
    addMove(out, `table:${name}:${element}`, element, tableSd * best_g);
    if (mix.draws) addMove(out, mix.cause, element, moved / target.length);
    addMove(out, "era", element, (ERA_MASS_LOG_SD + eraSd) * best_g);
  }
}

function addMove(out: FamilyDraws, cause: string, element: string, move_g: number): void {
  const known = out.shared_moves_g.get(cause) ?? new Map<string, number>();
  known.set(element, (known.get(element) ?? 0) + move_g);
  out.shared_moves_g.set(cause, known);
}

export function arrayOf(map: Map<string, Float64Array>, key: string, count: number): Float64Array {
  const known = map.get(key);
  if (known) return known;
  const made = new Float64Array(count);
  map.set(key, made);
  return made;
}

export function addTo(target: Float64Array, more: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + (more[i] ?? 0);
}
