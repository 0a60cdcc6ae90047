import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import { allowing, forbidding, OWNER_RULE, type OwnerRule, type OwnerSaid } from "./owner.ts";
import type { Person } from "./person.ts";
import type { Token } from "./token.ts";

export interface TrustBodies {
  person_registered: Person;
  person_left: { readonly person: string; readonly at: string };
  token_issued: Token;
  token_ended: { readonly token: string; readonly at: string };
  owner_forbidden: OwnerSaid;
  owner_allowed: OwnerSaid;
}
export type TrustEntry = {
  [K in keyof TrustBodies]: { readonly kind: K; readonly body: TrustBodies[K] };
}[keyof TrustBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const TRUST_KINDS: { readonly [K in keyof TrustBodies]: string } = {
  person_registered: "person registered",
  person_left: "person left",
  token_issued: "token issued",
  token_ended: "token ended",
  owner_forbidden: "machine's owner forbidden to give commands",
  owner_allowed: "machine's owner allowed to give commands",
};

export interface TrustRecords {
  person: Person;
  token: Token;
  owner_rule: OwnerRule;
}

/** Folds who may speak. */
export async function applyTrust(book: Book<TrustRecords>, { kind, body }: TrustEntry): Promise<void> {
  switch (kind) {
    case "person_registered":
      return book.put("person", body.id, body);
    case "person_left": {
      const person = await book.get("person", body.person);
      assert(person, "who leaves was there");
      return book.put("person", person.id, { ...person, ended_at: body.at });
    }
    case "token_issued":
      return book.put("token", body.id, body);
    case "token_ended": {
      const token = await book.get("token", body.token);
      assert(token, "what is ended was issued");
      return book.put("token", token.id, { ...token, ended_at: body.at });
    }
    case "owner_forbidden":
      return book.put("owner_rule", OWNER_RULE, forbidding(await book.get("owner_rule", OWNER_RULE), body));
    case "owner_allowed": {
      const rule = await book.get("owner_rule", OWNER_RULE);
      assert(rule, "what is allowed again was forbidden");
      return book.put("owner_rule", OWNER_RULE, allowing(rule, body));
    }
  }
}
