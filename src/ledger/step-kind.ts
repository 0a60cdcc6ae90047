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
  /** How an output's content follows from the input where nobody measured it: by output kind, "*" for any other. */
  readonly contents: Readonly<Record<string, ContentBasis>>;
  /** The same for named losses; the default is a share by mass. */
  readonly losses: Readonly<Record<string, ContentBasis>>;
  readonly evidence: Evidence;
  readonly source: string;
  /** Notes the outputs carry on. */
  readonly marks: Readonly<Record<string, string>>;
}

/** The content rule of a kind for one output or loss. */
export function contentRule(
  kind: StepKind,
  part: { readonly output: string } | { readonly loss: string },
): ContentBasis {
  const rule = "output" in part ? ruleOf(kind.contents, part.output) : ruleOf(kind.losses, part.loss);
  return rule ?? ("output" in part ? kind.contents["*"] : undefined) ?? { by: "share" };
}

/** Kinds and places are words from outside: one may be called "constructor". */
const ruleOf = (rules: Readonly<Record<string, ContentBasis>>, name: string): ContentBasis | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined;
