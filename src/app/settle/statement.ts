import { z } from "zod";
import { AgreementTerms } from "../../contract/agreement.ts";
import { ElementSymbol, inUnit, OwnReference } from "../../contract/identifiers.ts";
import { settleLot } from "../../settle/index.ts";
import { calculation } from "../core/use-case.ts";
import { SAMPLE_AGREEMENT } from "./sample-agreement.ts";

/** Works out a statement from its inputs alone; nothing is written. */
export const statementCalculation = calculation({
  room: "settle",
  verb: "statement",
  summary:
    "Work out a settlement from an agreement, weights and assays: each line with its arithmetic. Nothing is written.",
  input: z.strictObject({
    agreement: AgreementTerms,
    lot: OwnReference(z.string().max(64), "the lot, on the books or not").optional(),
    received_on: z.string().max(40).optional(),
    weights: z.strictObject({
      net_wet_kg: inUnit(z.string().max(40), "kg"),
      moisture_pct: inUnit(z.string().max(40), "%"),
    }),
    assays: z.record(ElementSymbol(z.string().max(3)), z.record(z.string(), z.unknown())),
    note: z.string().max(2000).optional(),
  }),
  example: {
    agreement: SAMPLE_AGREEMENT,
    lot: "SAMPLE-LOT",
    weights: { net_wet_kg: "1250.0", moisture_pct: "0.40" },
    assays: {
      Nd: { supplier: "22.40", processor: "22.52" },
      Pr: { supplier: "5.60", processor: "5.66" },
      Dy: { supplier: "1.20", processor: "1.23" },
      Tb: { supplier: "0.210", processor: "0.215" },
    },
  },
  async compute(_ports, { note: _note, ...input }) {
    return settleLot(input as Parameters<typeof settleLot>[0]);
  },
});
