import { NOT_STATED, type NotStated } from "./not-stated.ts";

/**
 * Models of the chain of custody, the strongest first (ISO 22095:2020). What is weaker upstream caps what may be said downstream.
 * Book and claim has no place in these books: matter and claim never part here.
 */
export const CUSTODY_MODELS = [
  "identity_preserved",
  "segregated",
  "controlled_blending",
  "mass_balance",
] as const;
export type CustodyModel = (typeof CUSTODY_MODELS)[number];
export type Custody = CustodyModel | NotStated;

/** Where nothing is known, no model may be named: that is weaker than any. A word that is no model is the strongest claim. */
const rankOf = (custody: string): number =>
  custody === NOT_STATED ? CUSTODY_MODELS.length : (CUSTODY_MODELS as readonly string[]).indexOf(custody);

export const weakestOf = (models: readonly Custody[]): Custody =>
  models.reduce<Custody>(
    (weakest, model) => (rankOf(model) > rankOf(weakest) ? model : weakest),
    "identity_preserved",
  );

/** Whether a label promises more than the lineage bears. */
export const isTooStrong = (said: string, found: Custody): boolean => rankOf(said) < rankOf(found);

/** What a lot's own way to its sources makes of it (C31). */
export function custodyOfWay(way: {
  readonly sources_count: number;
  /** Something that is no lot came in on the way: what it held is not followed. */
  readonly added: boolean;
  /** Metal of it comes from lots whose content nobody agreed on. */
  readonly unsettled: boolean;
}): CustodyModel {
  if (way.unsettled) return "mass_balance";
  if (way.sources_count > 1) return "controlled_blending";
  return way.added ? "segregated" : "identity_preserved";
}
