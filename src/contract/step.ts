import { z } from "zod";
import { Id, Instant, Mass, Text } from "./fields.ts";
import {
  beside,
  ElementResults,
  ElementSymbol,
  LossPlace,
  LotOnHandId,
  MaterialKind,
  NewOrMadeId,
  PartyId,
  ProductId,
  Sd,
  SiteId,
  StepKindId,
  titled,
} from "./identifiers.ts";
import { weightFields } from "./weight.ts";

const Fraction = z.strictObject({
  best: titled(z.number().min(0).max(1), "value"),
  sd: Sd(z.number().min(0).max(1)),
});

const Reading = z.union([
  titled(
    z.strictObject({
      best: titled(z.number().min(0).max(1e6), "value"),
      sd: Sd(z.number().min(0).max(1e6)),
    }),
    "a value with its doubt",
  ),
  titled(
    z.strictObject({ below: titled(z.number().positive().max(1e6), "below detection") }),
    "below detection",
  ),
]);

/** How the element content of a part is known; see ledger/content.ts. */
export const Content = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("share") }),
  z.strictObject({ by: z.literal("rest") }),
  z.strictObject({ by: z.literal("none") }),
  z.strictObject({
    by: z.literal("transfer"),
    fractions: z.record(ElementSymbol(z.string().max(3)), Fraction),
  }),
  z.strictObject({
    by: z.literal("assay"),
    mg_per_kg: ElementResults(Reading),
    laboratory: PartyId("laboratory"),
    method: Text.optional().describe("as it is registered, where it is; see programme methods"),
  }),
]);

/** What a laboratory found in something that was put in, or that it holds nothing that is followed. */
const AddedContent = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("none") }),
  z.strictObject({
    by: z.literal("assay"),
    mg_per_kg: ElementResults(Reading),
    laboratory: PartyId("laboratory"),
    method: Text.optional().describe("as it is registered, where it is; see programme methods"),
  }),
]);

/** A weight as a step takes it: read on a scale of its site. */
export const Weighed = weightFields(beside("site"));

export const StepInput = z.strictObject({
  step: NewOrMadeId("step"),
  kind: StepKindId(),
  site: SiteId({ can: beside("kind", "capability") }),
  at: Instant.optional(),
  inputs: z
    .array(
      z.strictObject({
        lot: LotOnHandId(beside("site")),
        mass: Mass.optional().describe("what is taken of it, where that is not the whole lot"),
        scale: Weighed.scale.describe("the scale on which what is taken was weighed by itself"),
        sd: Weighed.sd,
      }),
    )
    .min(1)
    .max(200),
  additions: z
    .array(
      z.strictObject({
        name: Text,
        content: AddedContent.optional().describe(
          "what it brings of the elements followed; nothing if not said",
        ),
        ...Weighed,
      }),
    )
    .max(50)
    .default([]),
  outputs: z
    .array(
      z.strictObject({
        lot: NewOrMadeId("lot"),
        kind: MaterialKind(Id, beside("kind")),
        product: ProductId().optional().describe("what it is sold as, where it is a product"),
        content: Content.optional(),
        notes: z.record(z.string().max(40), z.string().max(400)).optional(),
        ...Weighed,
      }),
    )
    .max(200),
  losses: z
    .array(
      z.strictObject({ place: LossPlace(Text, beside("kind")), content: Content.optional(), ...Weighed }),
    )
    .max(50)
    .default([]),
  accept_open: Text.optional().describe("why a step is booked although it does not close"),
});
export type StepInput = z.infer<typeof StepInput>;
