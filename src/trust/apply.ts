import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type {
  Admitted,
  Compartment,
  CompartmentOpened,
  Dismissed,
  PersonCompartments,
} from "./compartment.ts";
import type { Person } from "./person.ts";
import type { Token } from "./token.ts";

export interface TrustBodies {
  person_registered: Person;
  person_left: { readonly person: string; readonly at: string };
  token_issued: Token;
  token_ended: { readonly token: string; readonly at: string };
  compartment_opened: CompartmentOpened;
  compartment_admitted: Admitted;
  compartment_dismissed: Dismissed;
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
  compartment_opened: "compartment opened",
  compartment_admitted: "let into a compartment",
  compartment_dismissed: "let into a compartment no more",
};

export interface TrustRecords {
  person: Person;
  token: Token;
  compartment: Compartment;
  /** By person. */
  person_compartments: PersonCompartments;
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
    case "compartment_opened": {
      const { at: opened_at, ...rest } = body;
      return book.put("compartment", body.compartment, { ...rest, opened_at, members: {} });
    }
    case "compartment_admitted":
      return admit(book, body);
    case "compartment_dismissed": {
      const compartment = await book.get("compartment", body.compartment);
      assert(compartment, "who is let in no more was in something");
      const { [body.person]: _, ...members } = compartment.members;
      return book.put("compartment", body.compartment, { ...compartment, members });
    }
  }
}

async function admit(book: Book<TrustRecords>, { compartment: id, person, status, until, at }: Admitted) {
  const compartment = await book.get("compartment", id);
  assert(compartment, "somebody is let into what was opened");
  const members = { ...compartment.members, [person]: { status, until, admitted_at: at } };
  book.put("compartment", id, { ...compartment, members });
  const before = (await book.get("person_compartments", person))?.compartments ?? [];
  if (!before.includes(id))
    book.put("person_compartments", person, { person, compartments: [...before, id] });
}
