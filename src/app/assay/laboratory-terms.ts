import type { AnySample, LaboratoryTerms } from "../../assay/index.ts";
import type { Scope } from "../core/use-case.ts";

/** What the terms between the two firms of a sample say of laboratories. */
export async function laboratoryTermsOf(
  _scope: Scope,
  _sample: AnySample | undefined,
): Promise<LaboratoryTerms> {
  return { joint: [] };
}
