import { z } from "zod";
import { decideConsent, MOISTURE } from "../../assay/index.ts";
import { Instant, notInFuture } from "../../contract/fields.ts";
import { ElementSymbol, SampleId } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { command } from "../core/use-case.ts";
import { otherFirm } from "./whose.ts";

export const consent = command({
  room: "assay",
  verb: "consent",
  summary: "Consent that the other firm corrects its report after the exchange; it serves one correction.",
  input: z.strictObject({
    sample: SampleId({ state: "exchanged" }),
    side: z.enum(["supplier", "processor"]).describe("whose report may be corrected"),
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
    says: "the other firm than the one whose report is corrected",
    takes: "two",
    of: async ({ sample, side }, records) => otherFirm(records, { sample, side }),
  },
  async decide(scope, { sample: id, side, for: what, ...input }) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const { role, party } = scope.actor;
    const decided = decideConsent(await scope.get("sample", id), {
      ...{ sample: id, side, at: at.value, by: { role, party } },
      ...(what === undefined ? {} : { for: what }),
    });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "correction_consented", body: decided.value }],
      answer: { sample: id, side, by: party },
    });
  },
});
