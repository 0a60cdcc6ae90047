import { z } from "zod";
import { Country } from "../../contract/countries.ts";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { ConsignmentId, saying, titled } from "../../contract/identifiers.ts";
import {
  beforeItCame,
  type ConsignmentProvenanceStated,
  decideProvenance,
  FEEDSTOCKS,
  provenanceAfter,
} from "../../intake/index.ts";
import { done } from "../../quantity/index.ts";
import { feedsTracedAnew } from "../core/provenance.ts";
import { command } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";

type Class = keyof typeof FEEDSTOCKS;

const CollectedInField = z.strictObject({
  country: Country,
  region: titled(
    z.string().trim().min(1).max(40).optional().describe("where it is known: IL"),
    "state or region",
  ),
});

const FeedstockField = z.strictObject({
  class: titled(z.enum(Object.keys(FEEDSTOCKS) as [Class, ...Class[]]), "what it was").describe(
    "by ISO 14021; unknown where nobody can tell",
  ),
  evidence: Text.optional().describe("what the class rests on: a declaration, a contract, by its reference"),
});

/** What is asked at receipt, because what is not asked then cannot be proved later (N15). */
export const Provenance = {
  collected_in: saying(CollectedInField.optional(), { title: "collected in", "x-expected": true }),
  feedstock: saying(FeedstockField.optional(), { title: "feedstock", "x-expected": true }),
};

type Asked = { readonly [F in keyof typeof Provenance]?: z.infer<(typeof Provenance)[F]> };

/** The parts of an entry that were stated; undefined where nothing was. */
export function statedOf({
  collected_in,
  feedstock,
}: Asked): Pick<ConsignmentProvenanceStated, "collected_in" | "feedstock"> | undefined {
  if (!collected_in && !feedstock) return undefined;
  return {
    ...(collected_in ? { collected_in: defined(collected_in) } : {}),
    ...(feedstock ? { feedstock: defined(feedstock) } : {}),
  };
}

/** The same object without what was left out. */
const defined = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

export const stateProvenance = command({
  room: "intake",
  verb: "state-provenance",
  summary:
    "State afterwards where a consignment was collected or what it was, with the reason; it stays marked as stated later.",
  input: z.strictObject({
    consignment: ConsignmentId(),
    ...Provenance,
    why: Text,
    at: Instant.optional(),
  }),
  example: {
    consignment: "C-1",
    collected_in: { country: "US", region: "IL" },
    feedstock: { class: "post_consumer_device" as const, evidence: "supplier's declaration SD-17" },
    why: "the declaration came after the truck",
  },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, { consignment: id, why, at, ...asked }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const given = statedOf(asked) ?? {};
    const decided = decideProvenance(await scope.get("consignment", id), given);
    if (!decided.ok) return decided;
    const early = beforeItCame(decided.value, when.value);
    if (early) return early;
    const body = { consignment: id, ...given, stated: "later", why, at: when.value } as const;
    const { collected_in, feedstock, stated_later } = provenanceAfter(decided.value.provenance, body);
    const downstream = await feedsTracedAnew(scope, decided.value, {
      ...{ consignment: id, collected_in, feedstock: feedstock?.class, stated_later },
    });
    if (!downstream.ok) return downstream;
    return done({
      entries: [{ kind: "consignment_provenance_stated", body }, ...downstream.value],
      answer: { consignment: id, ...given, stated: "later" as const },
    });
  },
});
