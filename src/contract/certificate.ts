import { z } from "zod";
import { Analyte, inUnit, Sd, titled } from "./identifiers.ts";

const Percent = inUnit(z.string().regex(/^\d{1,3}(\.\d{1,6})?$/), "%");

/** The lines of an analysis of a product: "12.5", or "<5" where less than a limit was found. */
export const AnalysisLines = z
  .array(
    z.strictObject({
      analyte: Analyte(z.string().max(20)),
      mg_per_kg: inUnit(titled(z.string().max(24), "result"), "mg/kg"),
      u: Sd(z.string().max(24)).optional(),
    }),
  )
  .max(100);

export const TotalOxide = titled(Percent, "total rare-earth oxide");
export const IgnitionLoss = titled(Percent, "loss on ignition");
