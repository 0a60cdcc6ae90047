import type { Actor, Book } from "../../ledger/index.ts";
import type { Party } from "../../programme/index.ts";
import { type Incident, type IncidentOpened, readersOfCompartment } from "../../trust/index.ts";
import type { Records } from "../core/records.ts";

/** Everyone in the programme. */
export const EVERYONE = "*everyone";
/** Recyclers and refiners, whichever they are. */
export const EVERY_FIRM: readonly string[] = ["*recycler", "*refiner"];

/** Who may read: parties by name, kinds of party, or everyone. What is not there is nobody. */
export type Readers = readonly (string | undefined)[];

/** Whom what is named in a record or an entry belongs to, as the books stand. */
export interface Look {
  readonly book: Pick<Book<Records>, "get">;
  /** The party that gave the command; of the machine's owner, who speaks for nobody, nothing. */
  readonly by: string | undefined;
}

/** Whom somebody speaks for; the machine's owner speaks for nobody. */
export const partyOf = ({ party }: Actor): string | undefined => (party === "unstated" ? undefined : party);

/** Parties that are known to those alone who deal with them. */
const isKnownByDealing = (kind: string | undefined): boolean => kind === "buyer" || kind === "customer";

/** Who may read of a party, beside itself: whoever wrote of it deals with it. */
export const ofParty = ({ id, kind }: Pick<Party, "id" | "kind">, by: string | undefined): Readers =>
  isKnownByDealing(kind) ? [id, by] : [EVERYONE];

export async function ofSite({ book }: Look, site: string | undefined): Promise<Readers> {
  return site === undefined ? [] : [(await book.get("site", site))?.party];
}

/** Whose a lot is and was, and at whose site it stands. */
export async function ofLot(look: Look, id: string | undefined): Promise<Readers> {
  const lot = id === undefined ? undefined : await look.book.get("lot", id);
  return lot ? [lot.owner, ...(lot.owned_before ?? []), ...(await ofSite(look, lot.place))] : [];
}

/** Its owner, its centre, and the customer whose devices they were: what is made of them is not in it (N59). */
export async function ofConsignment(look: Look, id: string): Promise<Readers> {
  const consignment = await look.book.get("consignment", id);
  return consignment
    ? [consignment.owner, consignment.customer, ...(await ofSite(look, consignment.site))]
    : [];
}

/** Whose an incident is to put right, whom else it concerns, and whoever opened it (Z109). */
export const ofIncident = (incident: Incident | IncidentOpened | undefined): Readers =>
  incident ? [incident.party, incident.concerns, partyOf(incident.by)] : [];

export async function ofAgreement({ book }: Look, id: string | undefined): Promise<Readers> {
  const parties = id === undefined ? undefined : (await book.get("agreement", id))?.agreement.parties;
  return parties ? [parties.supplier, parties.processor] : [];
}

export async function ofStep(look: Look, id: string): Promise<Readers> {
  const step = await look.book.get("step", id);
  return step ? [step.owner, ...(await ofSite(look, step.site))] : [];
}

/** The party of its columns: what a campaign is like is the knowledge of who runs it. */
export async function ofCampaign(look: Look, id: string | undefined): Promise<Readers> {
  const campaign = id === undefined ? undefined : await look.book.get("campaign", id);
  const readers: (string | undefined)[] = [];
  // One after the other: the books are on one connection while an entry is folded.
  for (const unit of campaign?.columns ?? [])
    readers.push(...(await ofSite(look, (await look.book.get("unit", unit))?.site)));
  return readers;
}

export async function ofOrder({ book }: Look, id: string): Promise<Readers> {
  const order = await book.get("order", id);
  if (order?.compartment !== undefined) return [readersOfCompartment(order.compartment)];
  return [order?.buyer, order?.seller];
}

/** A party's administrators, beside whoever else. */
export const administratorOf = (party: string | undefined): string | undefined =>
  party === undefined ? undefined : `${party}/administrator`;

/** Those who are in a compartment, and the administrators of its party. */
export async function ofCompartment({ book }: Look, id: string): Promise<Readers> {
  return [readersOfCompartment(id), administratorOf((await book.get("compartment", id))?.party)];
}

export async function ofPassport(look: Look, id: string): Promise<Readers> {
  return ofLot(look, (await look.book.get("passport", id))?.lot);
}

/** Those who may read of each of several lots. */
export async function ofEveryLot(look: Look, ids: readonly string[]): Promise<Readers> {
  let those: Readers | undefined;
  for (const id of new Set(ids)) {
    const readers = await ofLot(look, id);
    those = those?.filter((party) => readers.includes(party)) ?? readers;
  }
  return those ?? [];
}
