import type { Form } from "../chemistry/index.ts";
import type { ContentBasis } from "./content.ts";

/** How well a default is known. A: read in a named source. B: published, recalled. C: our estimate, to be replaced by own measurements. */
export type Evidence = "A" | "B" | "C";

/** A kind of step as data. The rooms that prepare and refine ship their own; a programme adds or replaces any. */
export interface StepKind {
  readonly kind: string;
  readonly does: string;
  /** What a site must be able to do. */
  readonly capability: string;
  /** Kinds of lot it is usually done on; none where it is done on any when there is a reason. Absent where nobody said. */
  readonly takes?: readonly string[];
  /** Kinds of lot it makes, in the order they are weighed. Absent where it leaves the kind as it was. */
  readonly makes?: readonly string[];
  /** It only divides, packs or weighs: kind and product stay as they were. */
  readonly divides?: boolean;
  /** Forms of product it makes, beside those it is given. */
  readonly forms?: readonly Form[];
  /** How an output's content follows from the input where nobody measured it: by output kind, "*" for any other. */
  readonly contents: Readonly<Record<string, ContentBasis>>;
  /** The same for named losses; where a kind names none, the default is a share by mass. */
  readonly losses: Readonly<Record<string, ContentBasis>>;
  readonly evidence: Evidence;
  readonly source: string;
  /** Notes the outputs carry on. */
  readonly marks: Readonly<Record<string, string>>;
}

/** The content rule of a kind for one kind of output. */
export const outputRule = (kind: StepKind, output: string): ContentBasis =>
  ruleOf(kind.contents, output) ?? kind.contents["*"] ?? { by: "share" };

/**
 * The content rule of a kind for one loss; undefined of a place that a kind with named losses does not name: whether metal left
 * by it nobody said, and a guess either way puts metal where there is none.
 */
export const lossRule = (kind: StepKind, place: string): ContentBasis | undefined =>
  ruleOf(kind.losses, place) ??
  ruleOf(kind.losses, "*") ??
  (Object.keys(kind.losses).length === 0 ? { by: "share" } : undefined);

/** Kinds and places are words from outside: one may be called "constructor". */
const ruleOf = (rules: Readonly<Record<string, ContentBasis>>, name: string): ContentBasis | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined;
