import { z } from "zod";
import { Id, Instant, Mass, Text } from "./fields.ts";

const Fraction = z.object({ best: z.number().min(0).max(1), sd: z.number().min(0).max(1) });

const Reading = z.union([
  z.object({ best: z.number().min(0).max(1e6), sd: z.number().min(0).max(1e6) }),
  z.object({ below: z.number().positive().max(1e6) }),
]);

/** How the element content of a part is known; see ledger/content.ts. */
export const Content = z.discriminatedUnion("by", [
  z.object({ by: z.literal("share") }),
  z.object({ by: z.literal("rest") }),
  z.object({ by: z.literal("none") }),
  z.object({ by: z.literal("transfer"), fractions: z.record(z.string().max(3), Fraction) }),
  z.object({
    by: z.literal("assay"),
    mg_per_kg: z.record(z.string().max(3), Reading),
    laboratory: Id,
  }),
]);

/** A weight with the scale it was read on, or its own standard uncertainty. */
export const Weighed = {
  mass: Mass,
  scale: Id.optional().describe("a scale registered at the site; its doubt is used"),
  sd: Mass.optional().describe("standard uncertainty, where no registered scale is named"),
};

export const StepInput = z.object({
  step: Id.optional(),
  kind: Id,
  site: Id,
  at: Instant.optional(),
  inputs: z
    .array(z.object({ lot: Id, mass: Mass.optional() }))
    .min(1)
    .max(200),
  additions: z
    .array(z.object({ name: Text, ...Weighed }))
    .max(50)
    .default([]),
  outputs: z
    .array(
      z.object({
        lot: Id.optional(),
        kind: Id,
        content: Content.optional(),
        notes: z.record(z.string().max(40), z.string().max(400)).optional(),
        ...Weighed,
      }),
    )
    .max(200),
  losses: z
    .array(z.object({ place: Text, content: Content.optional(), ...Weighed }))
    .max(50)
    .default([]),
  accept_open: Text.optional().describe("why a step is booked although it does not close"),
});
export type StepInput = z.infer<typeof StepInput>;
