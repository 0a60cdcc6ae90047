import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { Approval, ApprovalAsked, ApprovalDeclined, ApprovalGiven } from "./approval.ts";
import { type Clearance, type ClearanceGiven, clearanceId } from "./clearance.ts";
import type {
  Admitted,
  Compartment,
  CompartmentOpened,
  Dismissed,
  PersonCompartments,
} from "./compartment.ts";
import type { Directory } from "./directory.ts";
import type { HandsRecords } from "./hands.ts";
import type { Incident, IncidentClosed, IncidentOpened } from "./incident.ts";
import type { Invitation } from "./invitation.ts";
import { allowing, forbidding, OWNER_RULE, type OwnerRule, type OwnerSaid } from "./owner.ts";
import type { Person } from "./person.ts";
import {
  type LegalHoldLifted,
  type LegalHoldSet,
  type Retention,
  type RetentionSet,
  withHold,
  withoutHold,
  withRule,
} from "./retention.ts";
import type { AccessReviewed } from "./review.ts";
import { type StandsIn, type SubstituteNamed, standsAfter } from "./substitute.ts";
import type { Token } from "./token.ts";
import type { PartyRules } from "./two.ts";

export interface TrustBodies {
  person_registered: Person;
  person_left: { readonly person: string; readonly at: string };
  token_issued: Token;
  token_ended: { readonly token: string; readonly at: string };
  compartment_opened: CompartmentOpened;
  compartment_admitted: Admitted;
  compartment_dismissed: Dismissed;
  person_invited: Invitation;
  invitation_taken: { readonly invitation: string; readonly at: string };
  person_erased: { readonly person: string; readonly at: string };
  party_rules_set: PartyRules;
  approval_asked: ApprovalAsked;
  approval_given: ApprovalGiven;
  approval_declined: ApprovalDeclined;
  clearance_given: ClearanceGiven;
  incident_opened: IncidentOpened;
  incident_closed: IncidentClosed;
  substitute_named: SubstituteNamed & { readonly party: string; readonly role: string };
  access_reviewed: AccessReviewed;
  owner_forbidden: OwnerSaid;
  owner_allowed: OwnerSaid;
  directory_named: Directory;
  directory_forgotten: { readonly party: string; readonly at: string };
  person_vouched_for: PersonVouchedFor;
  retention_set: RetentionSet;
  legal_hold_set: LegalHoldSet;
  legal_hold_lifted: LegalHoldLifted;
}

/** A firm's directory says that somebody acts for it, and from now on in which role. */
export interface PersonVouchedFor {
  readonly person: string;
  readonly party: string;
  readonly role: string;
  readonly at: string;
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
  person_invited: "person invited",
  invitation_taken: "invitation taken",
  person_erased: "person erased, by rule",
  party_rules_set: "rules of a party set",
  approval_asked: "proposed to a second person",
  approval_given: "approved by a second person",
  approval_declined: "declined by a second person",
  clearance_given: "clearance given",
  incident_opened: "incident opened",
  incident_closed: "incident closed",
  substitute_named: "substitute named",
  access_reviewed: "access reviewed",
  owner_forbidden: "machine's owner forbidden to give commands",
  owner_allowed: "machine's owner allowed to give commands",
  directory_named: "directory named",
  directory_forgotten: "directory forgotten",
  person_vouched_for: "role told by a directory",
  retention_set: "rule of retention set",
  legal_hold_set: "legal hold set",
  legal_hold_lifted: "legal hold lifted",
};

export interface TrustRecords extends HandsRecords {
  person: Person;
  token: Token;
  compartment: Compartment;
  /** By person. */
  person_compartments: PersonCompartments;
  invitation: Invitation;
  party_rules: PartyRules;
  approval: Approval;
  clearance: Clearance;
  incident: Incident;
  stands_in: StandsIn;
  owner_rule: OwnerRule;
  /** By the party whose it is. */
  directory: Directory;
  /** By party. */
  retention: Retention;
}

type TwoKind =
  | "party_rules_set"
  | "approval_asked"
  | "approval_given"
  | "approval_declined"
  | "clearance_given"
  | "incident_opened"
  | "incident_closed"
  | "substitute_named"
  | "access_reviewed"
  | "owner_forbidden"
  | "owner_allowed"
  | "retention_set"
  | "legal_hold_set"
  | "legal_hold_lifted";
type TwoEntry = Extract<TrustEntry, { readonly kind: TwoKind }>;

/** Folds who may speak: people, tokens and what they sign in by; and what firms ask of them. */
export async function applyTrust(book: Book<TrustRecords>, { kind, body }: TrustEntry): Promise<void> {
  switch (kind) {
    case "person_registered":
      return book.put("person", body.id, body);
    case "person_left":
      return personLeft(book, body);
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
    case "person_invited": {
      const person = await book.get("person", body.person);
      assert(person, "who is invited is registered");
      book.put("person", person.id, { ...person, invitation: body.id });
      return book.put("invitation", body.id, body);
    }
    case "invitation_taken": {
      const invitation = await book.get("invitation", body.invitation);
      assert(invitation, "what is taken was made");
      return book.put("invitation", invitation.id, { ...invitation, taken_at: body.at });
    }
    case "person_erased": {
      const person = await book.get("person", body.person);
      assert(person, "who is erased was there");
      const ended_at = person.ended_at ?? body.at;
      return book.put("person", person.id, { ...person, ended_at, erased_at: body.at });
    }
    case "directory_named":
      return book.put("directory", body.party, body);
    case "directory_forgotten": {
      const directory = await book.get("directory", body.party);
      assert(directory, "what is forgotten was named");
      return book.put("directory", body.party, { ...directory, ended_at: body.at });
    }
    case "person_vouched_for": {
      const { person: id, party, role, at } = body;
      const known = await book.get("person", id);
      const person = known ?? { id, party, role, sample: false, registered_at: at, by_directory: true };
      return book.put("person", id, { ...person, role });
    }
    default:
      return applyTwo(book, { kind, body } as TwoEntry);
  }
}

/** Folds what takes two, and what else a firm asks of its people. */
async function applyTwo(book: Book<TrustRecords>, { kind, body }: TwoEntry): Promise<void> {
  switch (kind) {
    case "party_rules_set":
      return book.put("party_rules", body.party, body);
    case "approval_asked":
      return book.put("approval", body.approval, { ...body, state: "waits" });
    case "approval_given":
      return decided(book, body, { state: "given" });
    case "approval_declined":
      return decided(book, body, { state: "declined", declined_why: body.why });
    case "clearance_given":
      return book.put("clearance", clearanceId(body), { ...body, id: clearanceId(body) });
    case "incident_opened":
      return book.put("incident", body.incident, { ...body, state: "open" });
    case "incident_closed": {
      const open = await book.get("incident", body.incident);
      assert(open, "what is closed was opened");
      const { incident: _, ...closed } = body;
      return book.put("incident", open.incident, { ...open, state: "closed", closed });
    }
    case "substitute_named": {
      const { party, role: _, ...named } = body;
      const stands = standsAfter(await book.get("stands_in", named.person), named);
      return book.put("stands_in", named.person, { person: named.person, party, stands });
    }
    case "access_reviewed":
      return reviewed(book, body);
    case "owner_forbidden":
      return book.put("owner_rule", OWNER_RULE, forbidding(await book.get("owner_rule", OWNER_RULE), body));
    case "owner_allowed": {
      const rule = await book.get("owner_rule", OWNER_RULE);
      assert(rule, "what is allowed again was forbidden");
      return book.put("owner_rule", OWNER_RULE, allowing(rule, body));
    }
    case "retention_set":
      return book.put("retention", body.party, withRule(await book.get("retention", body.party), body));
    case "legal_hold_set":
      return book.put("retention", body.party, withHold(await book.get("retention", body.party), body));
    case "legal_hold_lifted": {
      const held = await book.get("retention", body.party);
      assert(held, "what is lifted was set");
      return book.put("retention", body.party, withoutHold(held, body.hold));
    }
  }
}

async function personLeft(book: Book<TrustRecords>, body: TrustBodies["person_left"]): Promise<void> {
  const person = await book.get("person", body.person);
  assert(person, "who leaves was there");
  book.put("person", person.id, { ...person, ended_at: body.at });
}

async function decided(
  book: Book<TrustRecords>,
  { approval: id, by, at }: ApprovalGiven,
  how: Pick<Approval, "state" | "declined_why">,
): Promise<void> {
  const approval = await book.get("approval", id);
  assert(approval, "what is decided was proposed");
  book.put("approval", id, { ...approval, ...how, second: by, decided_at: at });
}

/** Who does not stay left, by an entry of its own. */
async function reviewed(book: Book<TrustRecords>, { people, at }: AccessReviewed): Promise<void> {
  for (const { person: id } of people) {
    const person = await book.get("person", id);
    assert(person, "who is reviewed was registered");
    book.put("person", id, { ...person, reviewed_at: at });
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
