import { type Estimate, type EvidenceGrade, weakest } from "../classify/classes.ts";
import { summarise } from "../doubt/quantiles.ts";
import { drawFamily, shareDraws } from "../lot/draws.ts";
import { alloy, type Material } from "../magnets/alloys.ts";
import { HARD_DRIVE, PRIORS, type PriorPart, type PriorRow } from "../magnets/priors.ts";
import type { LineReading } from "../reading/reading.ts";

/** Magnets of one material in one part, per device. */
export interface LineMagnet {
  readonly part: string;
  readonly material: Material;
  /** Chance that one device has them. */
  readonly present_p: number;
  /** Per device, given that they are present. */
  readonly mass_g: Estimate;
  readonly evidence: EvidenceGrade;
  readonly source: string;
}

export interface LineBill {
  readonly magnets: readonly LineMagnet[];
  readonly elements_g: Readonly<Record<string, Estimate>>;
  readonly evidence: EvidenceGrade;
}

/** 90 % of a normal distribution lies within this many standard deviations. */
const Z_90 = 1.6448536269514722;
/** A statement on a manifest is not always true: a hard drive said to be out is left in now and then. Estimate. */
const STATED_ABSENT_P = 0.02;
const STATED_PRESENT_P = 0.97;
/** Lines are told apart by their words, not by luck: every line is drawn with this seed. */
const LINE_SEED = 4;
const LINE_DRAWS = 1000;
/** Row probabilities are rounded to this before drawing, so that a manifest needs few different draws. */
const P_STEP = 0.05;
const CACHE_MAX = 4000;

/** The parts of a row once the line's words on its hard drive are taken into account. */
export function partsFor(
  row: PriorRow,
  reading: Pick<LineReading, "hard_drive" | "hard_drive_count">,
): readonly PriorPart[] {
  if (reading.hard_drive === "unstated") return row.parts;
  return row.parts.map((part) => {
    if (part.part !== HARD_DRIVE) return part;
    if (reading.hard_drive === "absent") return { ...part, present_p: STATED_ABSENT_P };
    const one_g = row.prior_class === "server" ? (oneDrive_g ?? part.median_g) : part.median_g;
    return { ...part, present_p: STATED_PRESENT_P, median_g: one_g * reading.hard_drive_count };
  });
}
/** A server's prior stands for several drives; a stated number counts single ones. */
const oneDrive_g = PRIORS.get("desktop")?.parts.find((part) => part.part === HARD_DRIVE)?.median_g;

interface UnitElements {
  readonly [element: string]: Estimate;
}
const drawn = new Map<string, UnitElements>();

/** Parts that are there only if the line is what it seems; chances too small to show are dropped. */
export function withChance(parts: readonly PriorPart[], p: number): readonly PriorPart[] {
  const share = Math.min(1, Math.round(p / P_STEP) * P_STEP);
  return share <= 0 ? [] : parts.map((part) => ({ ...part, present_p: part.present_p * share }));
}

/**
 * Magnets per device and elements of the whole line. Pieces of one line are one model, so their errors do not
 * average out: the line is its count times one device of unknown family.
 */
export function billFor(parts: readonly PriorPart[], row: PriorRow, quantity: number): LineBill {
  const grades = parts.flatMap((part) => [
    part.evidence,
    ...part.alloys.map((choice) => alloy(choice.alloy).evidence),
  ]);
  if (row.parts.length === 0) grades.push(row.evidence);
  const unit = unitElements(parts);
  const times = (e: Estimate): Estimate => ({
    best: e.best * quantity,
    lo90: e.lo90 * quantity,
    hi90: e.hi90 * quantity,
  });
  return {
    magnets: parts.flatMap(magnetsOf),
    elements_g: Object.fromEntries(Object.entries(unit).map(([element, e]) => [element, times(e)])),
    evidence: grades.length === 0 ? "C" : weakest(grades),
  };
}

function magnetsOf(part: PriorPart): LineMagnet[] {
  const mass_g = {
    best: part.median_g * Math.exp(part.log_sd ** 2 / 2),
    lo90: part.median_g * Math.exp(-Z_90 * part.log_sd),
    hi90: part.median_g * Math.exp(Z_90 * part.log_sd),
  };
  return part.alloys.map((choice) => {
    const known = alloy(choice.alloy);
    return {
      part: part.part,
      material: known.material,
      present_p: part.present_p * choice.p,
      mass_g,
      evidence: weakest([part.evidence, known.evidence]),
      source: part.source,
    };
  });
}

function unitElements(parts: readonly PriorPart[]): UnitElements {
  const key = parts
    .map(
      (p) => `${p.part}:${p.present_p}:${p.median_g}:${p.log_sd}:${p.alloys.map((a) => `${a.alloy}${a.p}`)}`,
    )
    .join("|");
  const known = drawn.get(key);
  if (known) return known;
  const shared = shareDraws(LINE_SEED, LINE_DRAWS);
  const made: Record<string, Estimate> = {};
  for (const [element, draws] of drawFamily("line", parts, 1, shared).elements_g) {
    const { best, lo90, hi90 } = summarise(draws);
    made[element] = { best, lo90, hi90 };
  }
  if (drawn.size >= CACHE_MAX) drawn.clear();
  drawn.set(key, made);
  return made;
}
