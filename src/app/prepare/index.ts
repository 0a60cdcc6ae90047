import { z } from "zod";
import { FORMS, type Form } from "../../chemistry/index.ts";
import { Id, Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import {
  Capability,
  LossPlace,
  MaterialKind,
  PartyId,
  SiteId,
  StepId,
  StepKindName,
} from "../../contract/identifiers.ts";
import { Content, StepInput } from "../../contract/step.ts";
import { decideReversal, type Lot, productOf, type StepKind } from "../../ledger/index.ts";
import { decideKind, ownKind, STEP_KINDS, type StepKindDefined, withOwn } from "../../prepare/index.ts";
import { done } from "../../quantity/index.ts";
import { WET_KINDS } from "../../refine/index.ts";
import { FIRMS } from "../core/concerns.ts";
import { pageOf } from "../core/pages.ts";
import { inTwo } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";
import { ofSite, whoseStep } from "../core/whose.ts";
import { plansOfGone, runMayBeTakenBack, settledSince } from "./run-taken-back.ts";
import { stepBody, takingsOf } from "./step.ts";

const recordStep = command({
  room: "prepare",
  verb: "step",
  summary: "Record a step on lots: dismantle, demagnetise, shred, sort, decrepitate, blend, split, dry.",
  input: StepInput,
  example: {
    step: "S-1",
    kind: "dismantle",
    site: "plainfield",
    inputs: [{ lot: "C-1-D" }],
    additions: [],
    outputs: [
      { lot: "C-1-MAGNETS", kind: "magnets", mass: "7.3 kg", scale: "plainfield-bench" },
      { lot: "C-1-STEEL", kind: "steel_and_aluminium", mass: "386.4 kg", scale: "plainfield-floor" },
    ],
    losses: [{ place: "dust", mass: "0.3 kg", scale: "plainfield-bench" }],
  },
  concerns: {
    says: "the owner of the lots, or the party of the site",
    of: async ({ site, inputs }, records) => whoseStep(records, { site, inputs }),
  },
  async decide(scope, input) {
    const body = await stepBody(scope, input);
    if (!body.ok) return body;
    const { step, outputs, closure } = body.value;
    const products = Object.fromEntries(
      outputs.flatMap((output) => {
        const product = productOf(output);
        return product === undefined ? [] : [[output.lot, product]];
      }),
    );
    return done({
      entries: [{ kind: "step_recorded", body: body.value }],
      answer: { step, lots: outputs.map((o) => o.lot), products, closure },
    });
  },
});

export const reverseStep = inTwo(
  command({
    room: "prepare",
    verb: "reverse",
    summary:
      "Take a step back, with a reason, while nothing it made was used: the correcting entry of a step.",
    input: z.strictObject({ step: StepId(), why: Text, at: Instant.optional() }),
    example: { step: "S-2", why: "wrong lot was named" },
    concerns: {
      says: "the owner of the lots, or the party of the site",
      of: async ({ step: id }, records) => {
        const step = await records.get("step", id);
        return step ? [step.owner, ...(await ofSite(records, step.site))] : [];
      },
    },
    async decide(scope, { step, why, at }) {
      const when = notInFuture(at, scope.now);
      if (!when.ok) return when;
      const record = await scope.get("step", step);
      const lots = new Map<string, Lot>();
      for (const { lot } of [...(record?.outputs ?? []), ...(record?.inputs ?? [])]) {
        const found = await scope.get("lot", lot);
        if (found) lots.set(lot, found);
      }
      const takings = await takingsOf(scope, lots.keys());
      const decided = decideReversal(record, { lots, takings }, { step, why, at: when.value });
      if (!decided.ok) return decided;
      const run = await runMayBeTakenBack(scope, step);
      if (!run.ok) return run;
      const settled = await settledSince(scope, record);
      if (settled) return settled;
      const cancelled = await plansOfGone(scope, record, { step, why });
      return done({
        entries: [
          ...cancelled.map((body) => ({ kind: "campaign_cancelled" as const, body })),
          { kind: "step_reversed", body: decided.value },
        ],
        answer: {
          ...{ step, reversed: true },
          ...(cancelled.length > 0 ? { cancelled: cancelled.map(({ campaign }) => campaign) } : {}),
        },
      });
    },
  }),
);

/** A kind as it is shown: of one that a programme or a firm defined, why, and whose sites it is for. */
type KnownKind = StepKind & Partial<Pick<StepKindDefined, "why" | "party">>;

const SHIPPED: readonly StepKind[] = [...STEP_KINDS, ...WET_KINDS];

const defineKind = command({
  room: "prepare",
  verb: "define-kind",
  summary: "Define a kind of step, or replace the figures of a known one by your own, with the reason.",
  input: z.strictObject({
    kind: StepKindName(),
    does: Text,
    capability: Capability(),
    takes: z.array(MaterialKind(Id)).max(20).optional().describe("kinds of lot it is usually done on"),
    makes: z
      .array(MaterialKind(Id))
      .max(20)
      .optional()
      .describe("kinds of lot it makes; absent where the kind stays"),
    divides: z.boolean().optional().describe("it only divides, packs or weighs: kind and product stay"),
    forms: z
      .array(z.enum(Object.keys(FORMS) as [Form, ...Form[]]))
      .max(4)
      .optional()
      .describe("forms of product it makes"),
    contents: z.record(MaterialKind(z.string().max(64)), Content),
    losses: z.record(LossPlace(z.string().max(200)), Content).default({}),
    evidence: z.enum(["A", "B", "C"]),
    source: Text,
    marks: z.record(z.string().max(40), z.string().max(400)).default({}),
    why: Text,
  }),
  example: {
    kind: "dismantle",
    does: "takes the magnets out of devices with the cutting cell",
    capability: "dismantle",
    takes: ["devices"],
    makes: ["magnets", "steel_and_aluminium"],
    contents: {
      magnets: { by: "transfer" as const, fractions: { "*": { best: 0.97, sd: 0.01 } } },
      "*": { by: "rest" as const },
    },
    losses: {},
    evidence: "A" as const,
    source: "own tear-downs, 30 devices",
    marks: { magnetised: "yes" },
    why: "first own figures",
  },
  concerns: { says: "any recycler or refiner", of: async () => ({ kinds: FIRMS }) },
  async decide(scope, input) {
    const known =
      (await scope.get("step_kind", input.kind)) ?? SHIPPED.find(({ kind }) => kind === input.kind);
    // What others use too one firm defines for its own sites alone; who states nobody is the machine's owner (R15).
    const { party } = scope.actor;
    const own: { readonly party?: string } = known && party !== "unstated" ? { party } : {};
    if (own.party !== undefined) await scope.get("step_kind", ownKind(input.kind, own.party));
    const decided = decideKind({ ...(input as StepKindDefined), ...own });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "step_kind_defined", body: decided.value }],
      answer: { kind: input.kind, ...own },
    });
  },
});

const kinds = query({
  room: "prepare",
  verb: "kinds",
  summary:
    "The kinds of step, what they ask of a site, and how contents pass over where nobody measured them.",
  input: z.strictObject({}),
  example: {},
  async answer(ports) {
    const own = (await ports.store.list({ collection: "step_kind", limit: 500 })).items.map(
      ({ record }) => record,
    );
    const defined = new Map(
      own.filter(({ party }) => party === undefined).map((record) => [record.kind, record]),
    );
    const known = SHIPPED.map((kind) => withOwn(kind, defined.get(kind.kind)));
    const added = [...defined.values()].filter(({ kind }) => !SHIPPED.some((k) => k.kind === kind));
    const items: readonly KnownKind[] = [...known, ...added];
    const of_firms: readonly KnownKind[] = own.filter(({ party }) => party !== undefined);
    return done({ items, own: of_firms });
  },
});

const steps = query({
  room: "prepare",
  verb: "steps",
  summary: "Steps on the books with their closures, a page at a time.",
  input: z.strictObject({
    site: SiteId().optional(),
    kind: StepKindName().optional(),
    owner: PartyId().optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    return pageOf(ports, "step", { after, limit, filter });
  },
});

export const prepareUseCases = [recordStep, reverseStep, defineKind, kinds, steps] as const;
