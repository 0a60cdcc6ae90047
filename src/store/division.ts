import type { AuditedLot } from "./audited-lot.ts";
import type { AuditedStep } from "./matter-auditor.ts";

/** A share of a content rounds to a whole milligram. */
const ROUNDING_MG = 1;

/** One lot in, nothing added, and every part of the same kind and product with its share of each element. */
export function isDivision(step: AuditedStep, inputs: readonly (AuditedLot | undefined)[]): boolean {
  const [input, ...others] = step.inputs;
  const lot = inputs[0];
  if (!input || !lot || others.length > 0 || step.additions.length > 0) return false;
  return step.outputs.every((output) => {
    const product = output.notes?.["product"] ?? output.notes?.["oxide"] ?? "";
    if ((output.kind ?? "") !== lot.kind || product !== lot.product) return false;
    const elements = new Set([...Object.keys(output.elements_mg), ...Object.keys(input.elements_mg)]);
    return [...elements].every((element) => {
      const all = input.elements_mg[element]?.best ?? 0;
      const share = input.mass_mg.best > 0 ? (all * output.mass_mg.best) / input.mass_mg.best : 0;
      return Math.abs((output.elements_mg[element]?.best ?? 0) - share) <= ROUNDING_MG;
    });
  });
}
