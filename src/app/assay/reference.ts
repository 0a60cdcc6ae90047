import { z } from "zod";
import {
  type ChartPoint,
  decideCheck,
  decideReference,
  judged,
  limitsAbout,
  OWN_LIMITS_RESULTS_MIN,
  ownLimits,
  type ReferenceMeasured,
  stateOf,
} from "../../assay/index.ts";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import {
  ElementResults,
  ElementSymbol,
  NewId,
  NewOrMadeId,
  PartyId,
  ReferenceId,
  Sd,
  titled,
} from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { FIRMS } from "../core/concerns.ts";
import { everyRecord, pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";

export const registerReference = command({
  room: "assay",
  verb: "register-reference",
  summary:
    "Register a reference material: its values, and how much single results scatter while all is well.",
  input: z.strictObject({
    reference: NewId("reference"),
    name: Text,
    source: Text.describe("its certificate, or how its values were found"),
    at: Instant.optional(),
    mg_per_kg: ElementResults(z.strictObject({ best: titled(z.number(), "value"), sd: Sd(z.number()) })),
  }),
  example: {
    reference: "RM-NDFEB-1",
    name: "milled sintered magnet, in-house",
    source: "mean of six laboratories",
    mg_per_kg: { Nd: { best: 226_000, sd: 1_100 }, Dy: { best: 13_500, sd: 90 } },
  },
  concerns: {
    says: "any laboratory, recycler or refiner",
    of: async () => ({ kinds: ["laboratory", ...FIRMS] }),
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const before = await scope.get("reference", input.reference);
    const decided = decideReference(before, { ...input, at: at.value });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "reference_registered", body: decided.value }],
      answer: { reference: input.reference },
    });
  },
});

export const measureReference = command({
  room: "assay",
  verb: "measure-reference",
  summary: "Record what a laboratory measured on a reference material, and what the chart says of it.",
  input: z.strictObject({
    check: NewOrMadeId("check"),
    reference: ReferenceId(),
    laboratory: PartyId("laboratory"),
    method: Text,
    at: Instant.optional(),
    mg_per_kg: ElementResults(z.number()),
  }),
  example: {
    reference: "RM-NDFEB-1",
    laboratory: "sample-lab-a",
    method: "ICP-OES after acid digestion",
    mg_per_kg: { Nd: 226_400, Dy: 13_440 },
  },
  concerns: { says: "the laboratory that measured", of: async ({ laboratory }) => [laboratory] },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    if (!(await scope.get("party", input.laboratory))) {
      return refuse("party_unknown", "laboratory", `no party ${input.laboratory} is registered`);
    }
    const check = input.check ?? scope.newId("Q-");
    const decided = decideCheck(
      { ...input, check, at: at.value },
      {
        reference: await scope.get("reference", input.reference),
        before: await scope.get("reference_check", check),
      },
    );
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "reference_measured", body: decided.value }], answer: { check } });
  },
});

export const references = query({
  room: "assay",
  verb: "references",
  summary: "Reference materials, a page at a time.",
  input: z.strictObject({ ...PageOf }),
  example: { limit: 20 },
  answer: (ports, { after, limit }) => pageOf(ports, "reference", { after, limit }),
});

export const controlChart = query({
  room: "assay",
  verb: "control-chart",
  summary:
    "How a laboratory measures a reference material: warning and action limits, and the Westgard rules.",
  input: z.strictObject({
    reference: ReferenceId(),
    laboratory: PartyId("laboratory").optional().describe("without it, one chart for each laboratory"),
    element: ElementSymbol(z.string().max(3)),
    basis: z
      .enum(["stated", "own"])
      .default("stated")
      .describe(`limits as registered, or from the laboratory's own first ${OWN_LIMITS_RESULTS_MIN} results`),
    limit: z.coerce.number().int().min(1).max(2000).default(200).describe("results shown, the latest ones"),
  }),
  example: {
    reference: "RM-NDFEB-1",
    laboratory: "sample-lab-a",
    element: "Nd",
    basis: "stated" as const,
    limit: 200,
  },
  async answer({ store }, { reference, laboratory, element, basis, limit }) {
    const found = await store.load("reference", reference);
    if (!found) {
      return refuse("reference_unknown", "reference", `no reference material ${reference} is registered`);
    }
    const registered = found.record;
    const stated = registered.mg_per_kg[element];
    if (!stated)
      return refuse("element_not_in_reference", "element", `${reference} does not state ${element}`);
    const where = { reference, ...(laboratory === undefined ? {} : { laboratory }) };
    const checks = await everyRecord(store, "reference_check", { where });
    const laboratories = [...new Set(checks.map((check) => check.laboratory))].sort();
    const charts = laboratories.map((of) => {
      const points = pointsOf(checks, { laboratory: of, element });
      const limits = basis === "own" ? ownLimits(points) : limitsAbout(stated.best, stated.sd);
      if (!limits) return { laboratory: of, results: points.length, points: points.slice(-limit) };
      const all = judged(points, limits);
      const state = stateOf(all);
      return {
        laboratory: of,
        results: all.length,
        limits,
        ...(state ? { state } : {}),
        points: all.slice(-limit),
      };
    });
    return done({
      reference,
      name: registered.name,
      source: registered.source,
      element,
      stated,
      basis,
      charts,
    });
  },
});

/** Results of one laboratory in the order of time; of one instant, in the order of their names. */
function pointsOf(
  checks: readonly ReferenceMeasured[],
  given: { readonly laboratory: string; readonly element: string },
): ChartPoint[] {
  return checks
    .flatMap(({ check, at, laboratory, mg_per_kg }) => {
      const value = mg_per_kg[given.element];
      return laboratory === given.laboratory && value !== undefined ? [{ check, at, value }] : [];
    })
    .sort((a, b) => (a.at === b.at ? (a.check < b.check ? -1 : 1) : a.at < b.at ? -1 : 1));
}
