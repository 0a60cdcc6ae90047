import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { PersonId, SiteId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { CLEARANCE_KINDS, clearanceId, decideClearance } from "../../trust/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";

const Kind = z.enum(CLEARANCE_KINDS);

export const clearPerson = command({
  room: "trust",
  verb: "clear-person",
  known: true,
  summary:
    "Clear a person for devices that still hold data at a site, from a screening or a training, until a day; one that ends now is taken back.",
  input: z.strictObject({
    person: PersonId(),
    site: SiteId(),
    kind: Kind,
    from: Instant.optional().describe("left out, now"),
    until: Instant.describe("it has to be given anew by then"),
    evidence: Text.describe("what it rests on, such as a certificate's number"),
  }),
  example: {
    person: "recycler-operator",
    site: "plainfield",
    kind: "training" as const,
    from: "2026-03-01T00:00:00Z",
    until: "2027-03-01T00:00:00Z",
    evidence: "data destruction course, certificate 118",
  },
  concerns: { says: "the party of the site", of: async ({ site }, records) => ofSite(records, site) },
  async decide(scope, { person: id, site, kind, from, until, evidence }) {
    const person = await scope.get("person", id);
    if (!person) return refuse("person_unknown", "person", `no ${id} is registered`);
    if (person.ended_at) return refuse("person_ended", "person", `${id} left`);
    const place = await scope.get("site", site);
    if (!place) return refuse("site_unknown", "site", `no site ${site} is registered`);
    const since = notInFuture(from, scope.now, "from");
    if (!since.ok) return since;
    if (place.party !== person.party)
      return refuse("person_differs", "person", `${id} is of ${person.party}, and ${site} of ${place.party}`);
    const decided = decideClearance(
      {
        ...{ person: id, site, kind, evidence, at: scope.now },
        ...{ from: since.value, until: new Date(until).toISOString() },
      },
      scope.actor,
    );
    if (!decided.ok) return decided;
    // The one before is replaced: two that write at once would not see each other otherwise.
    await scope.watch("clearance", clearanceId({ person: id, site, kind }));
    return done({
      entries: [{ kind: "clearance_given", body: decided.value }],
      answer: { person: id, site, kind, until: decided.value.until },
    });
  },
});

export const clearances = query({
  room: "trust",
  verb: "clearances",
  summary:
    "Who is cleared for devices that still hold data, at which site and until when; what lapsed says so.",
  input: z.strictObject({
    person: PersonId().optional(),
    site: SiteId().optional(),
    kind: Kind.optional(),
    ...PageOf,
  }),
  example: { limit: 50 },
  async answer(ports, { after, limit, ...filter }) {
    const page = await pageOf(ports, "clearance", { after, limit, filter });
    const now = ports.clock.now().toISOString();
    const items = page.value.items.map((one) => ({ ...one, lapsed: one.until <= now }));
    return done({ ...page.value, items });
  },
});
