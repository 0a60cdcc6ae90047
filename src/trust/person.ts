import { done, type Refusal, refuse } from "../quantity/index.ts";
import { isRole } from "./duties.ts";

/** Who acts for a party, by an id that means nothing: name, mail and credentials lie beside the books and can be erased. */
export interface Person {
  readonly id: string;
  readonly party: string;
  readonly role: string;
  /** Made up for the sample programme: anyone at the machine may be them. */
  readonly sample: boolean;
  readonly registered_at: string;
  readonly ended_at?: string;
  /** When somebody else last confirmed that they still act in it. */
  readonly reviewed_at?: string;
}

/** Decides who is registered. Refusals: person_already_registered, role_unknown. */
export function decidePerson(known: Person | undefined, person: Person) {
  if (known)
    return refuse("person_already_registered", "person", `${person.id} is registered, with ${known.party}`);
  if (!isRole(person.role)) return roleUnknown(person.role);
  return done(person);
}

export const roleUnknown = (role: string) =>
  refuse("role_unknown", "role", `${role} is not a role; see programme roles`);

/** Ends what someone may do, from now on. Refusals: person_unknown, person_ended. */
export function decidePersonEnd(known: Person | undefined, { id, at }: { id: string; at: string }) {
  if (!known) return refuse("person_unknown", "person", `no ${id} is registered`);
  if (known.ended_at) return refuse("person_ended", "person", `${id} left on ${known.ended_at.slice(0, 10)}`);
  return done({ person: id, at });
}

export type PersonRefusal = Refusal<"person_unknown" | "person_ended">;
