import type { Actor } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Person } from "./person.ts";

/** Somebody looked at who may do what for a party: who stays, and who goes. */
export interface AccessReviewed {
  readonly party: string;
  readonly people: readonly { readonly person: string; readonly keep: boolean }[];
  readonly by: Actor;
  readonly at: string;
}

export type ReviewRefusal = Refusal<
  "person_unknown" | "person_ended" | "person_differs" | "person_named_twice" | "second_person_same"
>;

/** Decides a review. Nobody confirms their own access. */
export function decideReview(
  known: ReadonlyMap<string, Person>,
  given: AccessReviewed,
): Result<AccessReviewed, ReviewRefusal> {
  const seen = new Set<string>();
  for (const [i, { person: id }] of given.people.entries()) {
    const at = `people[${i}].person`;
    const person = known.get(id);
    if (!person) return refuse("person_unknown", at, `no ${id} is registered`);
    if (person.ended_at) return refuse("person_ended", at, `${id} left on ${person.ended_at.slice(0, 10)}`);
    if (person.party !== given.party)
      return refuse("person_differs", at, `${id} is of ${person.party}, not of ${given.party}`);
    if (seen.has(id)) return refuse("person_named_twice", at, `${id} is named twice`);
    seen.add(id);
    if (given.by.verified && given.by.person === id)
      return refuse("second_person_same", at, `${id} is confirmed by somebody else`);
  }
  return done(given);
}

/** Who was not looked at for a year has an access that nobody knows of. */
export const REVIEWED_DAYS_MAX = 365;

export const isReviewDue = (
  { reviewed_at, registered_at, ended_at }: Pick<Person, "reviewed_at" | "registered_at" | "ended_at">,
  now: string,
): boolean =>
  ended_at === undefined &&
  Date.parse(now) - Date.parse(reviewed_at ?? registered_at) > REVIEWED_DAYS_MAX * 86_400_000;
