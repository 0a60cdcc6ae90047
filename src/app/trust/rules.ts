import { z } from "zod";
import { PageOf, Text } from "../../contract/fields.ts";
import { PartyId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { decideRules, isLess, type PartyRules } from "../../trust/index.ts";
import { everyRecord, pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { command, query, type Scope } from "../core/use-case.ts";

const FourEyes = z
  .enum(["required", "offered"])
  .describe("required: what a party may ask two people for is given by nobody alone");
const Stated = z
  .enum(["count", "do_not_count"])
  .describe("on a data folder, whether two who only state who they are make two");

/** Rules that ask for less take two where two are asked for. */
async function asksLess(scope: Scope, { party }: { readonly party: string }, entries: readonly NewEntry[]) {
  const before = await scope.get("party_rules", party);
  return entries.some(({ body }) => isLess(before, body as PartyRules));
}

export const setRules = inTwo(
  command({
    room: "trust",
    verb: "rules",
    known: true,
    summary:
      "Say whether a party asks for four eyes wherever two could do it, and whether who only states who they are counts.",
    input: z.strictObject({
      party: PartyId(),
      four_eyes: FourEyes,
      stated_identities: Stated.default("count"),
      why: Text,
    }),
    example: {
      party: "sample-lab-b",
      four_eyes: "required" as const,
      stated_identities: "count" as const,
      why: "our certification asks for it",
    },
    concerns: { says: "the party itself", of: async ({ party }) => [party] },
    async decide(scope, { party, four_eyes, stated_identities, why }) {
      if (!(await scope.get("party", party)))
        return refuse("party_unknown", "party", `no party ${party} is registered`);
      const administrators = await everyRecord(scope.store, "person", {
        where: { party, role: "administrator" },
      });
      const decided = decideRules(
        await scope.get("party_rules", party),
        { party, four_eyes, stated_identities, why, at: scope.now },
        administrators.filter(({ ended_at }) => ended_at === undefined).length,
      );
      if (!decided.ok) return decided;
      return done({
        entries: [{ kind: "party_rules_set", body: decided.value }],
        answer: { party, four_eyes, stated_identities },
      });
    },
  }),
  { takes: asksLess },
);

export const partyRules = query({
  room: "trust",
  verb: "party-rules",
  summary:
    "Which parties ask for four eyes, since when and why; of a party that is not named, nothing was said.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "party_rules", { after, limit, filter }),
});
