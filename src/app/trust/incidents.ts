import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { NewOrMadeId, PartyId, Role } from "../../contract/identifiers.ts";
import { OpenIncidentId } from "../../contract/trust-identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import {
  decideClosing,
  decideIncident,
  INCIDENT_KINDS,
  type Incident,
  isOverdue,
} from "../../trust/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";

export const openIncident = command({
  room: "trust",
  verb: "open-incident",
  summary:
    "Open an incident, a complaint or a non-conformity: what it is about, whose it is to put right, and by when.",
  input: z.strictObject({
    incident: NewOrMadeId("incident"),
    kind: z.enum(INCIDENT_KINDS),
    party: PartyId().describe("whose it is to put right"),
    about: Text,
    concerns: PartyId()
      .optional()
      .describe("another whom it concerns, such as the customer whose devices they are: it reads it"),
    cause: Text.optional().describe("as far as it is known"),
    owner: Role(z.string().max(40)).describe("who of them puts it right, by role"),
    due: z.iso.date().describe("the day by which it is closed"),
    at: Instant.optional(),
  }),
  example: {
    incident: "N-1",
    kind: "non_conformity" as const,
    party: "sample-recycler",
    about: "two drives of C-1 stood open overnight",
    owner: "data technician",
    due: "2099-12-31",
  },
  concerns: {
    everyone: "a complaint is anybody's to make, of whom it is about",
  },
  async decide(scope, { incident: named, at: when, cause, concerns, ...given }) {
    const at = notInFuture(when, scope.now);
    if (!at.ok) return at;
    if (!(await scope.knows("party", given.party)))
      return refuse("party_unknown", "party", `no party ${given.party} is registered`);
    if (concerns !== undefined && !(await scope.knows("party", concerns)))
      return refuse("party_unknown", "concerns", `no party ${concerns} is registered`);
    const incident = named ?? scope.newId("N-");
    const decided = decideIncident(await scope.get("incident", incident), {
      ...{ incident, ...given, by: scope.actor, at: at.value },
      ...(cause === undefined ? {} : { cause }),
      ...(concerns === undefined ? {} : { concerns }),
    });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "incident_opened", body: decided.value }],
      answer: { incident, due: given.due },
    });
  },
});

export const closeIncident = command({
  room: "trust",
  verb: "close-incident",
  summary: "Close an incident, with its cause, what was put right, and what keeps it from happening again.",
  input: z.strictObject({
    incident: OpenIncidentId(),
    cause: Text,
    correction: Text.describe("what was put right"),
    prevention: Text.optional().describe("what keeps it from happening again"),
    at: Instant.optional(),
  }),
  example: {
    incident: "N-1",
    cause: "the cage was full",
    correction: "both were shredded with their witness on the same day",
    prevention: "a second cage",
  },
  concerns: {
    says: "whose it is to put right",
    of: async ({ incident }, { get }) => [(await get("incident", incident))?.party],
  },
  async decide(scope, { at: when, prevention, ...given }) {
    const at = notInFuture(when, scope.now);
    if (!at.ok) return at;
    const decided = decideClosing(await scope.get("incident", given.incident), {
      ...{ ...given, by: scope.actor, at: at.value },
      ...(prevention === undefined ? {} : { prevention }),
    });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "incident_closed", body: decided.value }],
      answer: { incident: given.incident, closed: true },
    });
  },
});

type Shown = Incident & { readonly overdue: boolean };

export const incidents = query({
  room: "trust",
  verb: "incidents",
  summary: "Incidents, complaints and non-conformities: whose, by when, and which are overdue.",
  input: z.strictObject({
    party: PartyId().optional(),
    kind: z.enum(INCIDENT_KINDS).optional(),
    state: z.enum(["open", "closed"]).optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    const page = await pageOf(ports, "incident", { after, limit, filter });
    const now = ports.clock.now().toISOString();
    const items = page.value.items.map((one): Shown => ({ ...one, overdue: isOverdue(one, now) }));
    return done({ ...page.value, items });
  },
});
