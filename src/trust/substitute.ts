import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Person } from "./person.ts";

/** Somebody who stands in for another of their party for some days: they hold that one's role beside their own. */
export interface SubstituteNamed {
  readonly person: string;
  readonly for: string;
  readonly from: string;
  readonly until: string;
  readonly why: string;
  readonly at: string;
}

/** For whom a person stands in, each as it was last said. */
export interface StandsIn {
  readonly person: string;
  readonly party: string;
  readonly stands: readonly SubstituteNamed[];
}

const DAY_MS = 86_400_000;
/** Longer is no leave: then it is their role. */
export const STANDS_IN_DAYS_MAX = 92;

export type SubstituteRefusal = Refusal<
  "person_unknown" | "person_ended" | "person_differs" | "from_past" | "until_past" | "until_too_far"
>;

/** Decides who stands in for whom, and when. Refusals in this order. */
export function decideSubstitute(
  { person, instead_of }: { readonly person: Person | undefined; readonly instead_of: Person | undefined },
  given: SubstituteNamed,
): Result<SubstituteNamed, SubstituteRefusal> {
  for (const [place, id, known] of [
    ["person", given.person, person],
    ["for", given.for, instead_of],
  ] as const) {
    if (!known) return refuse("person_unknown", place, `no ${id} is registered`);
    if (known.ended_at) return refuse("person_ended", place, `${id} left on ${known.ended_at.slice(0, 10)}`);
  }
  if (person?.party !== instead_of?.party || given.person === given.for)
    return refuse("person_differs", "for", `${given.person} stands in for another of ${person?.party}`);
  const [from, until] = [Date.parse(given.from), Date.parse(given.until)];
  if (from < Date.parse(given.at)) return refuse("from_past", "from", `${given.from} has passed`);
  if (until <= from) return refuse("until_past", "until", `it would end before it begins, at ${given.from}`);
  if (until > from + STANDS_IN_DAYS_MAX * DAY_MS)
    return refuse("until_too_far", "until", `somebody stands in for ${STANDS_IN_DAYS_MAX} days at most`);
  return done(given);
}

/** What is said of one takes the place of what was said of the same before. */
export const standsAfter = (before: StandsIn | undefined, given: SubstituteNamed): SubstituteNamed[] => [
  ...(before?.stands ?? []).filter((one) => one.for !== given.for),
  given,
];

/** For whom a person stands in at a moment. */
export const standingFor = (stands: readonly SubstituteNamed[], now: string): readonly string[] =>
  stands
    .filter((one) => Date.parse(one.from) <= Date.parse(now) && Date.parse(now) < Date.parse(one.until))
    .map((one) => one.for);
