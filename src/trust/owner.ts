import { done, type Refusal, type Refused, refuse } from "../quantity/index.ts";

/** That a party forbids the machine's owner to give commands on the data folder. */
export interface Forbidding {
  readonly party: string;
  readonly since: string;
  readonly why: string;
}

/** What the parties say of the machine's owner: one record, so that a command rests on one. */
export interface OwnerRule {
  readonly forbidden_by: readonly Forbidding[];
}

export const OWNER_RULE = "programme";

export interface OwnerSaid {
  readonly party: string;
  readonly why: string;
  readonly at: string;
}

const isBy = (party: string) => (one: Forbidding) => one.party === party;

/** Refusals: nothing_changed. */
export function decideForbidding(rule: OwnerRule | undefined, said: OwnerSaid) {
  const before = rule?.forbidden_by.find(isBy(said.party));
  if (!before) return done(said);
  return refuse("nothing_changed", "party", `${said.party} forbids it since ${before.since.slice(0, 10)}`);
}

/** Each party lifts what it said itself: neither firm opens what the other closed. Refusals: nothing_changed. */
export function decideAllowing(rule: OwnerRule | undefined, said: OwnerSaid) {
  if (rule?.forbidden_by.some(isBy(said.party))) return done(said);
  return refuse("nothing_changed", "party", `${said.party} does not forbid it`);
}

export const forbidding = (rule: OwnerRule | undefined, { party, why, at: since }: OwnerSaid): OwnerRule => ({
  forbidden_by: [...(rule?.forbidden_by ?? []), { party, since, why }],
});

export const allowing = (rule: OwnerRule, { party }: OwnerSaid): OwnerRule => ({
  forbidden_by: rule.forbidden_by.filter((one) => !isBy(party)(one)),
});

/** Why the machine's owner may not give a command. */
export function ownerForbidden(rule: OwnerRule | undefined): Refused<Refusal<"owner_forbidden">> | undefined {
  const [first] = rule?.forbidden_by ?? [];
  if (!first) return undefined;
  return refuse(
    "owner_forbidden",
    "actor",
    `${first.party} forbids the machine's owner to give commands since ${first.since.slice(0, 10)}: sign in at the server (didym trust sign-in --server URL)`,
  );
}
