import { done, refuse } from "../quantity/index.ts";
import type { Person } from "./person.ts";

/** Named people who alone may know of something, such as an order for defence; by an id that says nothing of it. */
export interface Compartment {
  readonly compartment: string;
  /** Whose it is: its administrators say who is let in. */
  readonly party: string;
  readonly why: string;
  readonly opened_at: string;
  readonly members: Readonly<Record<string, Member>>;
}

export interface Member {
  /** What was stated of them that lets them in, such as a citizenship or a screening; in the words of whoever did. */
  readonly status: string;
  readonly until: string;
  readonly admitted_at: string;
}

export interface CompartmentOpened {
  readonly compartment: string;
  readonly party: string;
  readonly why: string;
  readonly at: string;
}
export interface Admitted {
  readonly compartment: string;
  readonly person: string;
  readonly status: string;
  readonly until: string;
  readonly at: string;
}
export interface Dismissed {
  readonly compartment: string;
  readonly person: string;
  readonly at: string;
}

/** The compartments that somebody was ever let into. */
export interface PersonCompartments {
  readonly person: string;
  readonly compartments: readonly string[];
}

/** A status is looked at again within a year. */
const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

/** Decides what is opened. Refusals: compartment_name_taken. */
export function decideCompartment(known: Compartment | undefined, given: CompartmentOpened) {
  if (known)
    return refuse("compartment_name_taken", "compartment", `${given.compartment} is on the books already`);
  return done(given);
}

/** Decides who is let in, and until when. Refusals: compartment_unknown, person_unknown, person_ended, until_past, until_too_far, already_admitted. */
export function decideAdmission(known: Compartment | undefined, person: Person | undefined, given: Admitted) {
  if (!known)
    return refuse("compartment_unknown", "compartment", `there is no compartment ${given.compartment}`);
  if (!person) return refuse("person_unknown", "person", `no ${given.person} is registered`);
  if (person.ended_at) return refuse("person_ended", "person", `${given.person} left`);
  const days = (Date.parse(given.until) - Date.parse(given.at)) / DAY_MS;
  if (days <= 0) return refuse("until_past", "until", `${given.until} has passed`);
  if (days > DAYS_MAX)
    return refuse("until_too_far", "until", `a status is looked at again within ${DAYS_MAX} days`);
  const until = new Date(given.until).toISOString();
  const before = known.members[given.person];
  if (before?.status === given.status && before.until === until)
    return refuse("already_admitted", "person", `${given.person} is in ${given.compartment} until ${until}`);
  return done({ ...given, until });
}

/** Decides who is let in no more. Refusals: compartment_unknown, not_admitted. */
export function decideDismissal(known: Compartment | undefined, given: Dismissed) {
  if (!known)
    return refuse("compartment_unknown", "compartment", `there is no compartment ${given.compartment}`);
  if (!known.members[given.person])
    return refuse("not_admitted", "person", `${given.person} is not in ${given.compartment}`);
  return done(given);
}

/** Whether somebody may know of it at this moment. */
export const isMember = (compartment: Compartment | undefined, person: string, now: string): boolean => {
  const member = compartment?.members[person];
  return member !== undefined && Date.parse(now) < Date.parse(member.until);
};

/** By this those who are in a compartment are known among readers. */
export const readersOfCompartment = (compartment: string): string => `+${compartment}`;
export const isOfCompartment = (reader: string): boolean => reader.startsWith("+");
