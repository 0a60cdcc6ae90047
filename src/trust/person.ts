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
  /** The newest invitation, by its id: an older one is none any more. */
  readonly invitation?: string;
  /** Comes by their firm's directory, which says in which role, and by nothing else. */
  readonly by_directory?: true;
  /** When name, mail and ways in were taken away for good. */
  readonly erased_at?: string;
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

export const roleUnknown = (role: string, at = "role") =>
  refuse("role_unknown", at, `${role} is not a role; see programme roles`);

/** Ends what someone may do, from now on. Refusals: person_unknown, person_ended. */
export function decidePersonEnd(known: Person | undefined, { id, at }: { id: string; at: string }) {
  if (!known) return refuse("person_unknown", "person", `no ${id} is registered`);
  if (known.ended_at) return refuse("person_ended", "person", `${id} left on ${known.ended_at.slice(0, 10)}`);
  return done({ person: id, at });
}

/** Takes away all that is told of someone beside the books. Refusals: person_unknown, person_sample, person_erased. */
export function decideErasure(known: Person | undefined, { id, at }: { id: string; at: string }) {
  if (!known) return refuse("person_unknown", "person", `no ${id} is registered`);
  if (known.sample) return sampleRefused(id);
  if (known.erased_at)
    return refuse("person_erased", "person", `${id} was erased on ${known.erased_at.slice(0, 10)}`);
  return done({ person: id, at });
}

export const sampleRefused = (id: string) =>
  refuse("person_sample", "person", `${id} is made up: nobody signs in as them but by choosing them`);

export type PersonRefusal = Refusal<"person_unknown" | "person_ended">;
