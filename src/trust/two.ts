import type { Actor } from "../ledger/index.ts";
import { type Refusal, type Refused, refuse } from "../quantity/index.ts";

/** Whether four eyes are asked for where a party could do with two, and whether who only states who they are makes two. */
export interface PartyRules {
  readonly party: string;
  readonly four_eyes: "required" | "offered";
  readonly stated_identities: "count" | "do_not_count";
  readonly why: string;
  readonly at: string;
}

/** What is asked of two who do what takes two. */
export interface Grounds {
  /** Stated identities are looked at too, and have to be two. */
  readonly strict: boolean;
  readonly stated_counts: boolean;
  /** On a data folder a stated identity may be the second; over HTTP nobody is proved by what they state. */
  readonly owner: boolean;
}

export type SecondRefusal = Refusal<"second_person_same" | "second_person_unverified">;

/**
 * Whether two are, or may be, one: the same person, by whatever they signed in with, or the same token that is nobody's in
 * particular. Of who only states who they are, the role and party are all there is to tell them apart by.
 */
export function isOneAndSame(one: Actor, other: Actor): boolean {
  if (!one.verified || !other.verified) return one.role === other.role && one.party === other.party;
  if (one.person !== undefined || other.person !== undefined) return one.person === other.person;
  return one.token === other.token;
}

/** Why who comes second is not a second one, beside those who did what is confirmed; nothing where they are. */
export function decideSecond(
  first: readonly Actor[],
  second: Actor,
  grounds: Grounds,
): Refused<SecondRefusal> | undefined {
  for (const one of first) {
    const unproved = whyUnproved(one, second, grounds);
    if (unproved === "let through") continue;
    if (unproved !== undefined) return refuse("second_person_unverified", "actor", unproved);
    if (isOneAndSame(one, second)) {
      const message = `${nameOf(one)} did what this confirms: it takes somebody else`;
      return refuse("second_person_same", "actor", message);
    }
  }
  return undefined;
}

/** Of two who signed in there is nothing to ask but whether they are one. */
function whyUnproved(one: Actor, second: Actor, { strict, stated_counts, owner }: Grounds) {
  if (one.verified && second.verified) return undefined;
  if (!strict && !one.verified) return "let through";
  if (!owner) return `of ${nameOf(one)} and ${nameOf(second)}, one only states who they are: sign in, both`;
  if (!stated_counts)
    return `here only who signed in counts, and of ${nameOf(one)} and ${nameOf(second)} one did not`;
  if (isUnstated(one) || isUnstated(second)) return "two are told apart by who they are: state as ROLE@PARTY";
  return undefined;
}

const isUnstated = ({ role, verified }: Actor): boolean => !verified && role === "unstated";

const nameOf = ({ person, token, role, party }: Actor): string => person ?? token ?? `${role}@${party}`;

/** Roles that make and approve what is for good: to give one away takes two where two are asked for. */
const POWERS: readonly string[] = ["administrator", "approver"];
export const isPower = (role: string): boolean => POWERS.includes(role);

/** Decides a party's rules. Who asks for people who signed in needs two who keep its people, or nobody could ever change that. */
export function decideRules(
  before: PartyRules | undefined,
  given: PartyRules,
  administrators: number,
): { readonly ok: true; readonly value: PartyRules } | Refused<RulesRefusal> {
  const same = before?.four_eyes === given.four_eyes && before.stated_identities === given.stated_identities;
  if (same) return refuse("nothing_changed", "four_eyes", `these are the rules of ${given.party} already`);
  if (given.stated_identities === "do_not_count" && administrators < 2)
    return refuse(
      "administrators_too_few",
      "stated_identities",
      `${given.party} has ${administrators} who may sign in as its administrator: register two before only they count`,
    );
  return { ok: true, value: given };
}
export type RulesRefusal = Refusal<"nothing_changed" | "administrators_too_few">;

/** Whether rules ask less of people than those before: that takes two where two are asked for. */
export const isLess = (
  before: PartyRules | undefined,
  { four_eyes, stated_identities }: Pick<PartyRules, "four_eyes" | "stated_identities">,
): boolean =>
  (before?.four_eyes === "required" && four_eyes === "offered") ||
  (before?.stated_identities === "do_not_count" && stated_identities === "count");
