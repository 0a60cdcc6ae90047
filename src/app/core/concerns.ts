import type { PartyKind } from "../../programme/index.ts";
import { type Refusal, type Refused, refuse } from "../../quantity/index.ts";
import type { LedgerStore, ZipCodes } from "./ports.ts";
import type { Scope } from "./use-case.ts";

/** What is looked at to say whom a command concerns: the books and the map, neither who asks nor when. */
export interface Reads {
  readonly get: Scope["get"];
  readonly store: Pick<LedgerStore, "list">;
  readonly ports: { readonly zips: ZipCodes };
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

/** Why whoever is stated may not speak for a command; nothing where it may. The one place where this is asked. */
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
    ? `this takes the word of two parties: state as ROLE@PARTY who speaks, ${who}`
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
