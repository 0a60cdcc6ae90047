import { normalDensity, normalQuantile } from "../doubt/normal.ts";
import type { PriorPart } from "../magnets/priors.ts";
import { PRESENCE_SPREAD } from "./draws.ts";
import type { Normal } from "./lot-input.ts";

/** The lot's magnets on a scale. */
export interface Weighed {
  readonly kind: string;
  readonly magnet_mass_kg: number;
  readonly sd_kg: number;
}

/** Pieces of the lot held to a magnet: ferrite pulls as NdFeB does, so it tells of presence alone. */
export interface Pulled {
  readonly kind: string;
  readonly tested: number;
  readonly pulling: number;
}

export type MassEvidence = Weighed | Pulled;
export const isWeighed = (e: MassEvidence): e is Weighed => "magnet_mass_kg" in e;

/** What the priors say of the share of pieces with any magnet at all. */
export interface Share {
  readonly mean: number;
  readonly sd: number;
}

/** A device that always has magnets may come without: taken out, stripped or misnamed. Estimate. */
const STRIPPED_P = 0.01;

/** Count-weighted share of pieces with any magnet; its doubt is that between families, to first order. */
export function pullingShare(
  units: readonly { readonly count: number; readonly parts: readonly PriorPart[] }[],
): Share {
  const whole = units.reduce((sum, { count }) => sum + count, 0);
  let [mean, variance] = [0, 0];
  for (const { count, parts } of units) {
    const p = Math.min(1 - STRIPPED_P, 1 - parts.reduce((none, part) => none * (1 - part.present_p), 1));
    const weight = whole > 0 ? count / whole : 0;
    mean += weight * p;
    if (p > 0) variance += (weight * PRESENCE_SPREAD * normalDensity(normalQuantile(p))) ** 2;
  }
  return { mean, sd: Math.sqrt(variance) };
}

/**
 * Magnet mass after what was weighed and pulled. A weight is a normal reading of the mass; a pull test moves the share of
 * pieces that have magnets by its Beta posterior, and the mass with it.
 */
export function massAfter(before: Normal, share: Share, evidence: readonly MassEvidence[]): Normal {
  let [best, sd] = [before.best, before.sd];
  const pulls = evidence.filter((e): e is Pulled => !isWeighed(e));
  const tested = pulls.reduce((sum, e) => sum + e.tested, 0);
  if (tested > 0 && share.mean > 0 && share.sd > 0) {
    const known = Math.max(1, (share.mean * (1 - share.mean)) / share.sd ** 2 - 1);
    const pulling = pulls.reduce((sum, e) => sum + e.pulling, 0);
    const ratio = (known * share.mean + pulling) / (known + tested) / share.mean;
    best *= ratio;
    sd *= ratio;
  }
  for (const { magnet_mass_kg, sd_kg } of evidence.filter(isWeighed)) {
    const trust = sd ** 2 / (sd ** 2 + sd_kg ** 2);
    best += trust * (magnet_mass_kg - best);
    sd *= Math.sqrt(1 - trust);
  }
  return { best, sd };
}
