import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** How many days documents of a kind are kept, after what they are of is done with. Without days they are kept for good. */
export interface RetentionSet {
  readonly party: string;
  readonly kind: string;
  readonly days?: number;
  readonly why: string;
  readonly at: string;
}

/** That nothing is erased of a consignment, or of anything of the party, until it is lifted. */
export interface LegalHoldSet {
  readonly hold: string;
  readonly party: string;
  readonly consignment?: string;
  readonly why: string;
  readonly at: string;
}

export interface LegalHoldLifted {
  readonly hold: string;
  readonly party: string;
  readonly why: string;
  readonly at: string;
}

/** What a party says of keeping and deleting: one record, so that nothing is erased beside a hold that is being set. */
export interface Retention {
  readonly party: string;
  readonly rules: readonly {
    readonly kind: string;
    readonly days: number;
    readonly why: string;
    readonly at: string;
  }[];
  /** In force; those that were lifted are in the log. */
  readonly holds: readonly Omit<LegalHoldSet, "party">[];
}

const nothing = (party: string): Retention => ({ party, rules: [], holds: [] });

/** Refuses `nothing_changed`. */
export function decideRetention(
  before: Retention | undefined,
  given: RetentionSet,
): Result<RetentionSet, Refusal<"nothing_changed">> {
  const rule = before?.rules.find(({ kind }) => kind === given.kind);
  if (rule?.days === given.days)
    return refuse(
      "nothing_changed",
      "days",
      `this is the rule of ${given.party} for its ${given.kind} already`,
    );
  return done(given);
}

/** Refuses `hold_name_taken`. */
export function decideHold(
  before: Retention | undefined,
  given: LegalHoldSet,
): Result<LegalHoldSet, Refusal<"hold_name_taken">> {
  const taken = before?.holds.some(({ hold }) => hold === given.hold);
  return taken
    ? refuse("hold_name_taken", "hold", `${given.party} has a hold ${given.hold} in force`)
    : done(given);
}

/** Refuses `hold_unknown`. */
export function decideLift(
  before: Retention | undefined,
  given: LegalHoldLifted,
): Result<LegalHoldLifted, Refusal<"hold_unknown">> {
  const known = before?.holds.some(({ hold }) => hold === given.hold);
  return known
    ? done(given)
    : refuse("hold_unknown", "hold", `${given.party} has no hold ${given.hold} in force`);
}

export function withRule(before: Retention | undefined, given: RetentionSet): Retention {
  const { party, kind, days, why, at } = given;
  const kept = before ?? nothing(party);
  const others = kept.rules.filter((rule) => rule.kind !== kind);
  return { ...kept, rules: days === undefined ? others : [...others, { kind, days, why, at }] };
}

export function withHold(before: Retention | undefined, { party, ...hold }: LegalHoldSet): Retention {
  const kept = before ?? nothing(party);
  return { ...kept, holds: [...kept.holds, hold] };
}

export const withoutHold = (before: Retention, lifted: string): Retention => ({
  ...before,
  holds: before.holds.filter(({ hold }) => hold !== lifted),
});
