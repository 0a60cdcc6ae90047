import { z } from "zod";
import { decideConsent, decideUmpire, MOISTURE, type Party } from "../../assay/index.ts";
import { Instant, notInFuture } from "../../contract/fields.ts";
import { ElementSymbol, PartyId, SampleId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { bothFirms, otherFirm } from "./whose.ts";

export const consent = command({
  room: "assay",
  verb: "consent",
  summary:
    "Consent that the other firm corrects its report after the exchange, which serves one correction; or, each firm for itself, that a laboratory is the umpire.",
  input: z.strictObject({
    sample: SampleId({ state: "exchanged" }),
    side: z
      .enum(["supplier", "processor", "umpire"])
      .describe("whose report may be corrected, or umpire: who that is to be"),
    laboratory: PartyId("laboratory").optional().describe("of the umpire: which laboratory"),
    for: z
      .array(z.union([ElementSymbol(z.string().max(3)), z.literal(MOISTURE)]))
      .min(1)
      .max(100)
      .optional()
      .describe("what may change: elements, or the moisture; anything where left out"),
    at: Instant.optional(),
  }),
  example: { sample: "Y-1", side: "supplier" as const },
  concerns: {
    says: "the other firm than the one whose report is corrected; of an umpire, each of the two firms",
    takes: "two",
    of: async ({ sample, side }, records) =>
      side === "umpire" ? bothFirms(records, sample) : otherFirm(records, { sample, side }),
  },
  async decide(scope, { sample: id, side, for: what, laboratory, ...input }) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    if (side === "umpire") return acceptUmpire(scope, { sample: id, laboratory, for: what, at: at.value });
    if (laboratory !== undefined)
      return refuse("field_unknown", "laboratory", "laboratory: which laboratory is the umpire's to say");
    const { role, party } = scope.actor;
    const decided = decideConsent(await scope.get("sample", id), {
      ...{ sample: id, side, at: at.value, by: { role, party } },
      ...(what === undefined ? {} : { for: what }),
    });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "correction_consented", body: decided.value }] as NewEntry[],
      answer: { sample: id, side: side as Party | "umpire", by: party },
    });
  },
});

async function acceptUmpire(
  scope: Scope,
  given: {
    readonly sample: string;
    readonly laboratory: string | undefined;
    readonly for: readonly string[] | undefined;
    readonly at: string;
  },
) {
  const { sample, laboratory, at } = given;
  if (given.for) return refuse("field_unknown", "for", "for: of an umpire nothing is corrected");
  if (laboratory === undefined)
    return refuse("input_malformed", "laboratory", "laboratory: which laboratory is to be the umpire");
  const known = await scope.get("party", laboratory);
  if (!known) return refuse("party_unknown", "laboratory", `no party ${laboratory} is registered`);
  if (known.kind !== "laboratory")
    return refuse("not_a_laboratory", "laboratory", `${laboratory} is a ${known.kind}`);
  const { role, party } = scope.actor;
  const decided = decideUmpire(await scope.get("sample", sample), {
    ...{ sample, laboratory, at, by: { role, party } },
  });
  if (!decided.ok) return decided;
  return done({
    entries: [{ kind: "umpire_accepted", body: decided.value }] as NewEntry[],
    answer: { sample, side: "umpire" as Party | "umpire", by: party },
  });
}
