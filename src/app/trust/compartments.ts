import { z } from "zod";
import { CompartmentId } from "../../contract/compartment-id.ts";
import { Instant, PageOf, Text } from "../../contract/fields.ts";
import { NewOrMadeId, PartyId, PersonId } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { decideAdmission, decideCompartment, decideDismissal } from "../../trust/index.ts";
import type { Reads } from "../core/concerns.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";

const ITS_PARTY = {
  says: "the party whose compartment it is",
  of: async ({ compartment }: { readonly compartment: string }, { get }: Reads) => [
    (await get("compartment", compartment))?.party,
  ],
};

export const openCompartment = command({
  room: "trust",
  verb: "open-compartment",
  known: true,
  summary:
    "Open a compartment: named people alone will know of the orders in it. Its name says nothing of them.",
  input: z.strictObject({
    compartment: NewOrMadeId("compartment"),
    party: PartyId(),
    why: Text.describe("by what rule, such as the clause of a contract; read by those who are let in alone"),
  }),
  example: { compartment: "K-7", party: "sample-recycler", why: "controlled by a contract" },
  concerns: { says: "the party itself", of: async ({ party }) => [party] },
  async decide(scope, { compartment: asked, party, why }) {
    const compartment = asked ?? scope.newId("K-");
    const decided = decideCompartment(await scope.get("compartment", compartment), {
      ...{ compartment, party, why, at: scope.now },
    });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "compartment_opened", body: decided.value }], answer: { compartment } });
  },
});

export const admit = command({
  room: "trust",
  verb: "admit",
  known: true,
  summary: "Let somebody into a compartment, by a stated status and until a day.",
  input: z.strictObject({
    compartment: CompartmentId(),
    person: PersonId(),
    status: Text.describe("what lets them in, such as a screening with its number"),
    until: Instant,
  }),
  example: {
    compartment: "K-7",
    person: "recycler-intake-lead",
    status: "screened, sample 12",
    until: "2027-01-31T00:00:00Z",
  },
  concerns: ITS_PARTY,
  async decide(scope, given) {
    const known = await scope.get("compartment", given.compartment);
    const person = await scope.get("person", given.person);
    const decided = decideAdmission(known, person, { ...given, at: scope.now });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "compartment_admitted", body: decided.value }], answer: given });
  },
});

export const dismiss = command({
  room: "trust",
  verb: "dismiss",
  known: true,
  summary: "Let somebody into a compartment no more, from now on.",
  input: z.strictObject({ compartment: CompartmentId(), person: PersonId() }),
  example: { compartment: "K-7", person: "recycler-intake-lead" },
  concerns: ITS_PARTY,
  async decide(scope, given) {
    const decided = decideDismissal(await scope.get("compartment", given.compartment), {
      ...{ ...given, at: scope.now },
    });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "compartment_dismissed", body: decided.value }], answer: given });
  },
});

export const compartments = query({
  room: "trust",
  verb: "compartments",
  summary: "Compartments that one is in, or administers: who else is, by what status and until when.",
  input: z.strictObject(PageOf),
  example: { limit: 50 },
  answer: ({ store }, { after, limit }) => pageOf({ store }, "compartment", { after, limit }),
});
