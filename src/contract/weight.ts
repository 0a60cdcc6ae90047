import { z } from "zod";
import { Mass, Text } from "./fields.ts";
import { OwnReference, ScaleId, Sd, saying, titled, type Wanted } from "./identifiers.ts";

const Printed = <S extends z.ZodType>(schema: S, what: string) => OwnReference(schema, what).optional();

/** What the weighing ticket says beside the weights, kept with the entry. */
export const TicketFields = {
  tare_kind: z
    .enum(["taken", "stored"])
    .optional()
    .describe(
      "taken: weighed empty on the same scale beside the gross (as where left out); stored: called up or typed in",
    ),
  ticket: Printed(Text, "weighing ticket"),
  mark: Printed(Text, "mark of the scale"),
};

/** A weight: net, or gross and tare, with the scale it was read on or its own standard uncertainty. */
export const weightFields = (site?: Wanted | readonly Wanted[]) => ({
  mass: saying(Mass, { "x-expected": true }).optional().describe("net; or state gross and tare"),
  scale: ScaleId(site).optional().describe("a scale registered at the site; its doubt is used"),
  sd: Sd(Mass)
    .optional()
    .describe("standard uncertainty of one weighing, where no registered scale is named"),
  gross: titled(Mass, "gross weight").optional(),
  tare: titled(Mass, "tare").optional(),
  ...TicketFields,
});
