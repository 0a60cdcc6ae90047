import { isElement, whyNoElement } from "../chemistry/index.ts";
import { beforeGrounds } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** A material whose content is known, measured again and again beside the samples. In mg/kg. */
export interface ReferenceRegistered {
  readonly reference: string;
  readonly name: string;
  /** The certificate it came with, or how its values were found. */
  readonly source: string;
  readonly at: string;
  /** The value of each element, and the standard deviation of single results while the measurement is in control. */
  readonly mg_per_kg: Readonly<Record<string, { readonly best: number; readonly sd: number }>>;
}

/** One measurement of a reference material by one laboratory. */
export interface ReferenceMeasured {
  readonly check: string;
  readonly reference: string;
  readonly laboratory: string;
  readonly method: string;
  readonly at: string;
  readonly mg_per_kg: Readonly<Record<string, number>>;
}

export type ReferenceRefusal = Refusal<
  | "reference_name_taken"
  | "reference_unknown"
  | "check_name_taken"
  | "element_unknown"
  | "element_not_in_reference"
  | "reading_unreadable"
  | "results_missing"
  | "time_before_input"
>;

/** A mass fraction in mg/kg: nothing to the whole. */
const isFraction = (mg_per_kg: number): boolean => mg_per_kg >= 0 && mg_per_kg <= 1e6;

export function decideReference(
  before: ReferenceRegistered | undefined,
  given: ReferenceRegistered,
): Result<ReferenceRegistered, ReferenceRefusal> {
  if (before) return refuse("reference_name_taken", "reference", `${given.reference} is registered already`);
  const values = Object.entries(given.mg_per_kg);
  if (values.length === 0) return refuse("results_missing", "mg_per_kg", "state at least one element");
  for (const [element, { best, sd }] of values) {
    const at = `mg_per_kg.${element}`;
    if (!isElement(element)) return refuse("element_unknown", at, whyNoElement(element));
    if (!isFraction(best) || !(sd > 0)) {
      return refuse("reading_unreadable", at, "0 to 1,000,000 mg/kg, with a standard deviation above zero");
    }
  }
  return done(given);
}

export function decideCheck(
  given: ReferenceMeasured,
  known: { readonly reference: ReferenceRegistered | undefined; readonly before: object | undefined },
): Result<ReferenceMeasured, ReferenceRefusal> {
  const { reference, before } = known;
  if (!reference)
    return refuse("reference_unknown", "reference", `no reference material ${given.reference} is registered`);
  if (before) return refuse("check_name_taken", "check", `${given.check} was used before`);
  const values = Object.entries(given.mg_per_kg);
  if (values.length === 0) return refuse("results_missing", "mg_per_kg", "state at least one result");
  for (const [element, value] of values) {
    const at = `mg_per_kg.${element}`;
    if (!reference.mg_per_kg[element]) {
      const stated = Object.keys(reference.mg_per_kg).join(", ");
      return refuse("element_not_in_reference", at, `${given.reference} states ${stated}, not ${element}`);
    }
    if (!isFraction(value)) return refuse("reading_unreadable", at, "0 to 1,000,000 mg/kg");
  }
  const early = beforeGrounds(given.at, [[`${given.reference} was registered`, reference.at]]);
  return early ?? done(given);
}
