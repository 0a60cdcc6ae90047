import { isElement, whyNoElement } from "../chemistry/index.ts";
import { beforeGrounds, type LaboratoryDoubt, laboratoryBias, partsUnknown } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { biasOf, doubtAt, type Readings } from "./reading-doubt.ts";

/** One element by one method of one laboratory. */
export interface MethodOf {
  readonly party: string;
  readonly method: string;
  readonly element: string;
}

/** What is known of a method's readings from a content upwards, in mg/kg. */
export interface MethodLevel extends Readings {
  readonly from_mg_per_kg: number;
  readonly registered_at?: string;
}

/** A method as the books hold it, its levels from the lowest up. */
export interface Method extends MethodOf {
  readonly levels: readonly MethodLevel[];
}

export interface MethodRegistered extends MethodOf, MethodLevel {}

export interface MethodChanged extends MethodOf, Partial<Readings> {
  readonly from_mg_per_kg: number;
  readonly why: string;
  readonly at: string;
}

/** The name of a method's record; an element's symbol has no slash. */
export const methodKey = ({ party, method, element }: MethodOf): string => `${party}/${element}/${method}`;

const levelOf = (method: Method | undefined, from_mg_per_kg: number): MethodLevel | undefined =>
  method?.levels.find((level) => level.from_mg_per_kg === from_mg_per_kg);

const named = ({ party, method, element, from_mg_per_kg }: MethodOf & { readonly from_mg_per_kg: number }) =>
  `${element} by ${method} of ${party} from ${from_mg_per_kg} mg/kg`;

export type MethodRefusal = Refusal<"party_unknown" | "element_unknown" | "method_name_taken">;

/** G10: a method is registered once for a laboratory, an element and a level. */
export function decideMethod(
  before: Method | undefined,
  party: object | undefined,
  given: MethodRegistered,
): Result<MethodRegistered, MethodRefusal> {
  if (!party) return refuse("party_unknown", "party", `no party ${given.party} is registered`);
  if (!isElement(given.element)) return refuse("element_unknown", "element", whyNoElement(given.element));
  if (levelOf(before, given.from_mg_per_kg))
    return refuse("method_name_taken", "method", `${named(given)} is registered already: change it instead`);
  return done(given);
}

/** G4, G10: what changes of a level is a new entry with the reason. */
export function decideMethodChange(
  before: Method | undefined,
  given: MethodChanged,
): Result<MethodChanged, Refusal<"method_unknown" | "nothing_changed" | "time_before_input">> {
  const level = levelOf(before, given.from_mg_per_kg);
  if (!level) return refuse("method_unknown", "method", `${named(given)} is not registered`);
  if (JSON.stringify(changedLevel(level, given)) === JSON.stringify(changedLevel(level, level)))
    return refuse("nothing_changed", "why", "state a value that differs from what is registered");
  return beforeGrounds(given.at, [["it was registered", level.registered_at]]) ?? done(given);
}

const changedLevel = (
  level: MethodLevel,
  {
    repeatability = level.repeatability,
    bias = level.bias,
    calibration = level.calibration,
  }: Partial<Readings>,
): MethodLevel => ({
  from_mg_per_kg: level.from_mg_per_kg,
  repeatability,
  bias,
  ...(calibration ? { calibration } : {}),
  ...(level.registered_at === undefined ? {} : { registered_at: level.registered_at }),
});

/** A method with a level more, in the order of the levels. */
export function withLevel(before: Method | undefined, given: MethodRegistered): Method {
  const { party, method, element, ...level } = given;
  const levels = [...(before?.levels ?? []), level].sort((a, b) => a.from_mg_per_kg - b.from_mg_per_kg);
  return { party, method, element, levels };
}

export const withLevelChanged = (before: Method, given: MethodChanged): Method => ({
  ...before,
  levels: before.levels.map((level) =>
    level.from_mg_per_kg === given.from_mg_per_kg ? changedLevel(level, given) : level,
  ),
});

/**
 * Both parts of the doubt of a reading that a laboratory states with one standard uncertainty (G11). Of a registered method the bias
 * is known: the reading's own part is what is left of the stated doubt, and never less than the registered repeatability. Where
 * no level holds, it is two equal parts.
 */
export function doubtOfReading(
  known: Method | undefined,
  by: MethodOf,
  { best, sd }: { readonly best: number; readonly sd: number },
): LaboratoryDoubt {
  const read = { laboratory: by.party, method: by.method, element: by.element };
  const level = known?.levels.findLast(({ from_mg_per_kg }) => from_mg_per_kg <= best);
  const parts = level && doubtAt(level, best);
  if (!parts) return partsUnknown(read, sd);
  const { random, shared } = parts;
  const left = Math.sqrt(Math.max(0, sd ** 2 - shared ** 2));
  return { random: Math.max(random, left), shared, bias: biasOf(laboratoryBias(read), level.calibration) };
}
