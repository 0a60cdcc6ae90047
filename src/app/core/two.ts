import { type Refusal, type Refused, refuse } from "../../quantity/index.ts";
import { decideSecond, type Grounds, type SecondRefusal } from "../../trust/index.ts";
import type { Concerned, Concerns } from "./concerns.ts";
import type { NewEntry } from "./ports.ts";
import type { Command, CommandOutcome, Scope } from "./use-case.ts";

export const partiesOf = (concerned: Concerned): readonly string[] => {
  const parties = "kinds" in concerned ? (concerned.parties ?? []) : concerned;
  return [...new Set(parties.filter((party) => party !== undefined))];
};

/** What the parties that something concerns ask of two: the strictest of them counts. */
export async function groundsOf(
  scope: Pick<Scope, "get" | "owner">,
  parties: readonly string[],
): Promise<Grounds> {
  const rules = await Promise.all(parties.map((party) => scope.get("party_rules", party)));
  return {
    strict: rules.some((of) => of?.four_eyes === "required"),
    stated_counts: !rules.some((of) => of?.stated_identities === "do_not_count"),
    owner: scope.owner === true,
  };
}

/** Why who acts is no second one, beside those who did what is confirmed (Z61, Z62). What has no first step is not confirmed. */
export async function notSecond(
  scope: Pick<Scope, "get" | "owner" | "actor">,
  { confirms, of }: { readonly confirms: string; readonly of: Concerned },
): Promise<Refused<SecondRefusal> | undefined> {
  const grounds = await groundsOf(scope, partiesOf(of));
  const first = (await scope.get("hands", confirms))?.hands ?? [];
  return decideSecond(first, scope.actor, grounds);
}

/** Of what a command would write, whether that is what takes two. */
type Takes<I> = (scope: Scope, input: I, entries: readonly NewEntry[]) => Promise<boolean> | boolean;

/**
 * A command that a party may ask two people for: then nobody gives it alone, but one proposes it and another carries it out
 * (`trust propose`, `trust approve`). With `takes` only where what it would write is of that sort.
 */
export const inTwo = <
  const Room extends string,
  const Verb extends string,
  I,
  O extends CommandOutcome,
  C extends Concerns<I>,
>(
  given: Command<Room, Verb, I, O, C>,
  {
    takes,
    tried = true,
  }: {
    readonly takes?: Takes<I>;
    /** Whether it can be decided without a trace when it is proposed: not what makes a key. */
    readonly tried?: boolean;
  } = {},
): Command<Room, Verb, I, O | Refused<Refusal<"second_person_needed">>, C> => ({
  ...given,
  two: { tried },
  async decide(scope, input) {
    if (scope.seconded || !(await asksForTwo(scope, given.concerns, input)))
      return given.decide(scope, input);
    if (!takes) return needed(given);
    const decision = await given.decide(scope, input);
    if (!decision.ok || !(await takes(scope, input, decision.value.entries))) return decision;
    return needed(given);
  },
});

async function asksForTwo<I>(scope: Scope, concerns: Concerns<I>, input: I): Promise<boolean> {
  if ("everyone" in concerns) return false;
  return (await groundsOf(scope, partiesOf(await concerns.of(input, scope)))).strict;
}

const needed = ({ room, verb }: { readonly room: string; readonly verb: string }) =>
  refuse(
    "second_person_needed",
    "actor",
    `here ${room} ${verb} takes two people: one proposes it (trust propose), another approves it (trust approve)`,
  );
