import type { PartyKind } from "../../programme/index.ts";
import { type Refusal, type Refused, refuse } from "../../quantity/index.ts";
import { mayGive, OWNER_RULE, ownerForbidden } from "../../trust/index.ts";
import type { LedgerStore, Ports } from "./ports.ts";
import type { Scope } from "./use-case.ts";

/** What is looked at to say whom a command concerns: the books and the map, neither who asks nor when. */
export interface Reads {
  readonly get: Scope["get"];
  readonly store: Pick<LedgerStore, "list" | "document">;
  readonly ports: Pick<Ports, "zips" | "loadUseCase">;
}

type Parties = readonly (string | undefined)[];

/** Parties, each of which may speak; beside them any registered party of some kinds, but for these. What is not there is nobody. */
export type Concerned =
  | Parties
  | { readonly parties?: Parties; readonly kinds: readonly PartyKind[]; readonly but?: Parties };

/**
 * Whom a command concerns. Who is stated must be one of them (`party_differs`, said last); who states nobody is the machine's
 * owner, who may do what any one party may. What takes two parties (`takes: "two"`) takes the word of each by name.
 */
export type Concerns<I> =
  | { readonly everyone: string }
  | {
      /** In words, for the list of duties and for who is refused. */
      readonly says: string;
      readonly takes?: "two";
      of(input: I, records: Reads): Promise<Concerned>;
    };

/** Those who own, make and sell: what no party is named in is theirs to say. */
export const FIRMS: readonly PartyKind[] = ["recycler", "refiner"];

interface Asked<I> {
  readonly room: string;
  readonly verb: string;
  readonly concerns: Concerns<I>;
  readonly known?: true;
  readonly signedIn?: true;
}

/**
 * Why who signed in may not give a command, before anything of it is decided: by their role, and by whom it concerns as far as that
 * is on the books. Who only states who they are is asked last (`notConcerned`).
 */
export async function notAllowed<I>(
  scope: Scope,
  asked: Asked<I>,
  input: I,
): Promise<Refused<Refusal<"not_allowed" | "not_signed_in" | "owner_forbidden">> | undefined> {
  const { verified, role, party } = scope.actor;
  if (!verified) return mayNotUnverified(scope, asked);
  const { room, verb, concerns } = asked;
  const gone = await noLongerThere(scope);
  if (gone) return gone;
  const kind = (await scope.get("party", party))?.kind;
  const wrongRole = mayGive(`${room} ${verb}`, { role, kind });
  if (wrongRole || "everyone" in concerns) return wrongRole;
  const concerned = await concerns.of(input, scope);
  const named = "kinds" in concerned || concerned.some((one) => one !== undefined);
  // What is not on the books is refused as that, by the command itself.
  if (!named || (await isAmong(scope, concerned, party))) return undefined;
  const who = `${concerns.says}${namesOf(concerned)}`;
  return refuse("not_allowed", "actor", `${room} ${verb} is for ${who}, not for ${party}`);
}

/** Who signed in nowhere: the machine's owner, where no party forbids it, and who states who they are. */
async function mayNotUnverified<I>(scope: Scope, { room, verb, known, signedIn }: Asked<I>) {
  if (signedIn || (known && !scope.owner)) {
    const who = scope.owner ? "the machine's owner" : "who says who they are";
    return refuse("not_signed_in", "actor", `${room} ${verb} is for who signed in, not for ${who}`);
  }
  // A job of theirs is theirs too, though it makes neither people nor tokens.
  const isOwner = scope.owner || scope.actor.owner;
  return isOwner ? ownerForbidden(await scope.get("owner_rule", OWNER_RULE)) : undefined;
}

/** Read like everything a decision rests on: who leaves meanwhile is refused when it is decided again. */
async function noLongerThere({ get, actor: { person, token } }: Scope) {
  const ended =
    (person !== undefined && (await get("person", person))?.ended_at !== undefined) ||
    (token !== undefined && (await get("token", token))?.ended_at !== undefined);
  return ended ? refuse("not_signed_in", "actor", "who signed in no longer speaks here") : undefined;
}

/** Why whoever is stated may not speak for a command; nothing where it may. Who signed in was asked before. */
export async function notConcerned<I>(
  scope: Scope,
  concerns: Concerns<I>,
  input: I,
): Promise<Refused<Refusal<"party_differs">> | undefined> {
  if ("everyone" in concerns) return undefined;
  const { role, party } = scope.actor;
  const nobody = party === "unstated" || (concerns.takes === "two" && role === "unstated");
  if (nobody && concerns.takes !== "two") return undefined;
  const concerned = await concerns.of(input, scope);
  if (!nobody && (await isAmong(scope, concerned, party))) return undefined;
  const who = `${concerns.says}${namesOf(concerned)}`;
  const message = nobody
    ? `this takes the word of two: state as ROLE@PARTY who speaks, ${who}`
    : `this is for ${who} to state, not for ${party}`;
  return refuse("party_differs", "actor", message);
}

async function isAmong(scope: Scope, concerned: Concerned, party: string): Promise<boolean> {
  if (!("kinds" in concerned)) return concerned.includes(party);
  if (concerned.parties?.includes(party)) return true;
  const known = await scope.get("party", party);
  return known !== undefined && concerned.kinds.includes(known.kind) && !concerned.but?.includes(party);
}

function namesOf(concerned: Concerned): string {
  const parties = "kinds" in concerned ? (concerned.parties ?? []) : concerned;
  const names = [...new Set(parties.filter((party) => party !== undefined))];
  return names.length === 0 ? "" : ` (${names.join(" or ")})`;
}
