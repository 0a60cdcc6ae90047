import type { PartyKind } from "../../programme/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { bearerOf, digestOfBearer, unknownInvitation } from "../../trust/index.ts";
import { perform } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import { registerParty } from "../programme/index.ts";
import { linkOf } from "./invitations.ts";
import { registerPerson } from "./people.ts";

const PURPOSE = "first administrator";
const HELD_MS = 24 * 3_600_000;

/** The link by which the first administrator makes a way in; none where anybody has one. */
export async function offerFirst({ ids, clock, people }: Pick<Ports, "ids" | "clock" | "people">) {
  if (!people || (await people.ways.any())) return undefined;
  const bearer = bearerOf(ids.nonce(), ids.nonce());
  const until = new Date(clock.now().getTime() + HELD_MS).toISOString();
  await people.challenges.keep({ digest: digestOfBearer(bearer), purpose: PURPOSE, body: {}, until });
  return linkOf(bearer);
}

const soughtBy = (link: string, now: Date) => ({
  ...{ digest: digestOfBearer(link), purpose: PURPOSE, now: now.toISOString() },
});

/** Whether it is such a link, and still needed. */
export async function isFirst({ clock, people }: Pick<Ports, "clock" | "people">, link: string) {
  const found = await people?.challenges.find(soughtBy(link, clock.now()));
  return found !== undefined && people !== undefined && !(await people.ways.any());
}

/** A party on the books, or what registers it. */
export interface FirstParty {
  readonly party: string;
  readonly name?: string | undefined;
  readonly kind?: PartyKind | undefined;
}

/**
 * Makes whoever opened the link the first administrator of a party, in the name of the machine's owner, whose terminal told it.
 * Refusals: invitation_unknown, party_unknown, and those of registering.
 */
export async function takeFirst(ports: Ports, link: string, asked: FirstParty) {
  const { party, name, kind } = asked;
  const digest = digestOfBearer(link);
  const request = (what: string) => ({
    key: `first/${what}/${digest}`,
    actor: { role: "unstated", party: "unstated", verified: false },
    owner: true as const,
  });
  if (!(await ports.store.load("party", party))) {
    if (name === undefined || kind === undefined)
      return refuse(
        "party_unknown",
        "party.party",
        `no party ${party} is registered: give its name and kind`,
      );
    const made = await perform(ports, registerParty, {
      request: request("party"),
      input: { party, name, kind },
    });
    if (!made.ok) return made;
  }
  // Of several who come at once one goes on: a link that another ended is nobody's.
  const taken = await ports.people?.challenges.takeAll(soughtBy(link, ports.clock.now()));
  if (!taken || (await ports.people?.ways.any())) return unknownInvitation();
  const role = "administrator";
  const registered = await perform(ports, registerPerson, {
    request: request("person"),
    input: { party, role },
  });
  return registered.ok ? done(registered.value.answer) : registered;
}
