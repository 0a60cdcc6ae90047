import type { Actor } from "../ledger/index.ts";
import { done, type Refusal, type Refused, refuse } from "../quantity/index.ts";
import { isOneAndSame } from "./two.ts";

/** What somebody needs who touches devices that still hold their owners' data, each at that site and until a day. */
export const CLEARANCE_KINDS = ["screening", "training"] as const;
export type ClearanceKind = (typeof CLEARANCE_KINDS)[number];

/** One that is given anew takes the place of the one before; one that ends now was taken back. */
export interface ClearanceGiven {
  readonly person: string;
  readonly site: string;
  readonly kind: ClearanceKind;
  readonly from: string;
  readonly until: string;
  readonly evidence: string;
  readonly at: string;
}

export interface Clearance extends ClearanceGiven {
  readonly id: string;
}

export const clearanceId = ({
  person,
  site,
  kind,
}: Pick<ClearanceGiven, "person" | "site" | "kind">): string => `${person}/${site}/${kind}`;

/** A clearance that holds for longer is one that nobody looks at again. */
export const CLEARED_DAYS_MAX = 1100;
const DAY_MS = 86_400_000;

/** Decides a clearance. Nobody clears themselves. */
export function decideClearance(given: ClearanceGiven, by: Actor) {
  const [from, until] = [Date.parse(given.from), Date.parse(given.until)];
  if (until < from) return refuse("until_past", "until", `it would end before it begins, at ${given.from}`);
  if (until > Date.parse(given.at) + CLEARED_DAYS_MAX * DAY_MS)
    return refuse("until_too_far", "until", `a clearance holds ${CLEARED_DAYS_MAX} days from now at most`);
  if (by.verified && isOneAndSame(by, { ...by, person: given.person }))
    return refuse("second_person_same", "person", `${given.person} is cleared by somebody else`);
  return done(given);
}

export type ClearanceRefusal = Refusal<"clearance_missing" | "clearance_lapsed">;

/** Why somebody may not touch such devices at a site at that time; nothing where they hold all they need. */
export function whyNotCleared(
  held: readonly (Clearance | undefined)[],
  { person, site, at }: { readonly person: string; readonly site: string; readonly at: string },
): Refused<ClearanceRefusal> | undefined {
  for (const kind of CLEARANCE_KINDS) {
    const clearance = held.find((one) => one?.kind === kind);
    if (!clearance || Date.parse(at) < Date.parse(clearance.from))
      return refuse(
        "clearance_missing",
        "actor",
        `${person} has no ${kind} for ${site}, where devices still hold their owners' data`,
      );
    if (Date.parse(at) >= Date.parse(clearance.until))
      return refuse(
        "clearance_lapsed",
        "actor",
        `the ${kind} of ${person} for ${site} ended on ${clearance.until.slice(0, 10)}`,
      );
  }
  return undefined;
}
