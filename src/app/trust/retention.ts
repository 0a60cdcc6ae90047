import { z } from "zod";
import { PageOf, Text } from "../../contract/fields.ts";
import { ConsignmentId, NewOrMadeId, PartyId, saying } from "../../contract/identifiers.ts";
import { HoldId } from "../../contract/trust-identifiers.ts";
import { ERASABLE } from "../../intake/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { decideHold, decideLift, decideRetention } from "../../trust/index.ts";
import { pageOf } from "../core/pages.ts";
import { inTwo } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";

/** Jobs that read a manifest keep what they were asked for some days; nothing is called erased before those are gone. */
const DAYS_MIN = 30;
/** A hundred years: whoever wants longer says nothing, and keeps. */
const DAYS_MAX = 36_525;

export const retain = inTwo(
  command({
    room: "trust",
    verb: "retain",
    known: true,
    summary:
      "Say for how many days a party keeps manifests, particulars of sanitized media, or certificates of consignments it is done with.",
    input: z.strictObject({
      party: PartyId(),
      kind: z.enum(ERASABLE).describe("manifests: the files and what was read from them"),
      days: saying(z.number().int().min(DAYS_MIN).max(DAYS_MAX), { "x-expected": true })
        .optional()
        .describe("after a consignment is done with; left out: kept for good"),
      why: Text,
    }),
    example: {
      party: "sample-recycler",
      kind: "manifests" as const,
      days: 30,
      why: "our contracts with customers",
    },
    concerns: { says: "the party itself", of: async ({ party }) => [party] },
    async decide(scope, { party, kind, days, why }) {
      if (!(await scope.get("party", party)))
        return refuse("party_unknown", "party", `no party ${party} is registered`);
      const given = { party, kind, why, at: scope.now, ...(days === undefined ? {} : { days }) };
      const decided = decideRetention(await scope.get("retention", party), given);
      if (!decided.ok) return decided;
      return done({
        entries: [{ kind: "retention_set", body: decided.value }],
        answer: { party, kind, days: days ?? null },
      });
    },
  }),
);

export const hold = command({
  room: "trust",
  verb: "hold",
  known: true,
  summary:
    "Hold what a consignment left behind, or all of a party: nothing of it is erased until that is lifted.",
  input: z.strictObject({
    hold: NewOrMadeId("hold"),
    party: PartyId(),
    consignment: ConsignmentId().optional().describe("of this one alone; all of the party where left out"),
    why: Text,
  }),
  example: { hold: "H-1", party: "sample-recycler", consignment: "C-1", why: "a claim of the customer" },
  concerns: { says: "the party itself", of: async ({ party }) => [party] },
  async decide(scope, { hold: named_so, party, consignment, why }) {
    if (!(await scope.get("party", party)))
      return refuse("party_unknown", "party", `no party ${party} is registered`);
    const named = consignment === undefined ? undefined : await scope.get("consignment", consignment);
    if (consignment !== undefined && named?.owner !== party)
      return refuse("consignment_unknown", "consignment", `${party} has no consignment ${consignment}`);
    const id = named_so ?? scope.newId("H-");
    const given = { hold: id, party, why, at: scope.now, ...(consignment ? { consignment } : {}) };
    const decided = decideHold(await scope.get("retention", party), given);
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "legal_hold_set", body: decided.value }],
      answer: { hold: id, party, consignment: consignment ?? null },
    });
  },
});

export const liftHold = inTwo(
  command({
    room: "trust",
    verb: "lift-hold",
    known: true,
    summary: "Lift a hold: rules of retention count again.",
    input: z.strictObject({ party: PartyId(), hold: HoldId(), why: Text }),
    example: { party: "sample-recycler", hold: "H-1", why: "the claim is settled" },
    concerns: { says: "the party itself", of: async ({ party }) => [party] },
    async decide(scope, { party, hold: id, why }) {
      const given = { hold: id, party, why, at: scope.now };
      const decided = decideLift(await scope.get("retention", party), given);
      if (!decided.ok) return decided;
      return done({
        entries: [{ kind: "legal_hold_lifted", body: decided.value }],
        answer: { hold: id, party, lifted_at: scope.now },
      });
    },
  }),
);

export const retention = query({
  room: "trust",
  verb: "retention",
  summary:
    "For how long parties keep what, and what is held; of a party that is not named, everything is kept.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "retention", { after, limit, filter }),
});

export const holds = query({
  room: "trust",
  verb: "holds",
  summary: "Holds of a party that are in force, oldest first.",
  input: z.strictObject({ party: PartyId() }),
  example: { party: "sample-recycler" },
  async answer({ store }, { party }) {
    return done({ items: (await store.load("retention", party))?.record.holds ?? [] });
  },
});
