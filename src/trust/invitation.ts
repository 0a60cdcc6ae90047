import { done, type Refusal, refuse } from "../quantity/index.ts";
import { type Person, sampleRefused } from "./person.ts";

/** A link by which a person makes a way in, as the books know it: by the digest of its secret, never by that itself. */
export interface Invitation {
  readonly id: string;
  readonly digest: string;
  readonly person: string;
  readonly party: string;
  readonly role: string;
  readonly until: string;
  readonly invited_at: string;
  readonly taken_at?: string;
}

const DAYS = 7;
const DAY_MS = 86_400_000;

/** By this an invitation is found and spoken of; it gives nothing away. */
export const invitationId = (digest: string): string => `V-${digest.slice(0, 20)}`;

interface Asked {
  readonly digest: string;
  readonly person: Pick<Person, "id" | "party" | "role" | "sample">;
  /** Who invites, where somebody signed in. */
  readonly by: string | undefined;
  readonly now: string;
}

/** Decides who is invited. Refusals: invitation_already_registered, person_sample, own_invitation. */
export function decideInvitation(known: Invitation | undefined, { digest, person, by, now }: Asked) {
  const id = invitationId(digest);
  if (known) return refuse("invitation_already_registered", "digest", `${id} is an invitation already`);
  if (person.sample) return sampleRefused(person.id);
  if (by === person.id)
    return refuse(
      "own_invitation",
      "person",
      "nobody makes their own recovery: another administrator, or the machine's owner, does",
    );
  const until = new Date(Date.parse(now) + DAYS * DAY_MS).toISOString();
  const { id: whom, party, role } = person;
  return done({ id, digest, person: whom, party, role, until, invited_at: now });
}

export type InvitationRefusal = Refusal<"invitation_unknown" | "invitation_used" | "invitation_over">;

/** Why an invitation lets nobody in, or that it does: for who shows its secret, by its digest. */
export function decideTaking(
  invitation: Invitation | undefined,
  { person, digest, now }: { person: Person | undefined; digest: string; now: string },
) {
  if (invitation?.digest !== digest) return unknownInvitation();
  if (invitation.taken_at)
    return refuse("invitation_used", "link", "this link was used: ask your administrator for another");
  const replaced = person?.invitation !== invitation.id || person.ended_at !== undefined;
  if (replaced || Date.parse(invitation.until) <= Date.parse(now))
    return refuse("invitation_over", "link", "this link holds no longer: ask your administrator for another");
  return done({ invitation: invitation.id, at: now });
}

export const unknownInvitation = () =>
  refuse("invitation_unknown", "link", "this link is nobody's: open it whole, as it was sent to you");
