import type { Actor } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { decideTaking, digestOfBearer, invitationId } from "../../trust/index.ts";
import type { Ports } from "../core/ports.ts";

const TRIES = 5;

/** Whom a link invites, as long as it holds. Refusals: invitation_unknown, invitation_used, invitation_over. */
export async function invitedBy({ store, clock }: Pick<Ports, "store" | "clock">, link: string) {
  const [digest, now] = [digestOfBearer(link), clock.now().toISOString()];
  const invitation = await store.load("invitation", invitationId(digest));
  const person = invitation && (await store.load("person", invitation.record.person));
  const taken = decideTaking(invitation?.record, { person: person?.record, digest, now });
  if (!taken.ok || !invitation || !person) return taken as Exclude<typeof taken, { ok: true }>;
  return done({ invitation, person, taken: taken.value, now });
}

/**
 * Takes an invitation, as an entry by whom it invites: the first who asks, and nobody after. Whoever writes beside it is looked at
 * again. Refusals: as `invitedBy`, too_busy.
 */
export async function takeInvitation(ports: Pick<Ports, "store" | "clock">, link: string) {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const invited = await invitedBy(ports, link);
    if (!invited.ok) return invited;
    const { invitation, person, taken, now } = invited.value;
    const { id, party, role } = person.record;
    const actor: Actor = { role, party, verified: true, person: id };
    const written = await ports.store.append({
      ...{ key: `taken/${taken.invitation}`, request: invitation.record.digest, actor, time: now },
      entries: [{ kind: "invitation_taken", body: taken }],
      reads: new Map([
        [`invitation/${taken.invitation}`, invitation.seq],
        [`person/${id}`, person.seq],
      ]),
      ...{ answer: { invitation: taken.invitation }, documents: [] },
    });
    if (written.ok) return done({ person: id, party, role });
  }
  return refuse("too_busy", "link", "others kept writing at the same moment; open the link again");
}
