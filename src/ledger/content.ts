import { isElement, whyNoElement } from "../chemistry/index.ts";
import {
  combine,
  done,
  type Measured,
  measured,
  multiply,
  type Refusal,
  type Result,
  refuse,
  subtract,
  sum,
} from "../quantity/index.ts";
import type { Contents, ElementContents } from "./lot.ts";
import { inProportion } from "./proportion.ts";

/** A laboratory reading of one element, in mg/kg of the part: a value with its standard uncertainty, or "less than". */
export type Reading = { readonly best: number; readonly sd: number } | { readonly below: number };

/** How the element content of an output or a loss is known. */
export type ContentBasis =
  /** Same composition as what went in (split, demagnetise): by share of mass, with the doubt of both masses. */
  | { readonly by: "share" }
  /** Expected fractions of what went in, from the kind of step; `sd` is the doubt of the fraction. */
  | {
      readonly by: "transfer";
      readonly fractions: Readonly<Record<string, { readonly best: number; readonly sd: number }>>;
    }
  /** Whatever the other parts leave: at most one part of a step. */
  | { readonly by: "rest" }
  /** Measured by a laboratory; the laboratory's name is the shared cause. */
  | {
      readonly by: "assay";
      readonly mg_per_kg: Readonly<Record<string, Reading>>;
      readonly laboratory: string;
    }
  /** Holds none of the elements that are followed (packing, steel, water). */
  | { readonly by: "none" };

export type ContentRefusal = Refusal<
  | "element_unknown"
  | "fraction_out_of_range"
  | "fractions_exceed_one"
  | "content_negative"
  | "rest_named_twice"
  | "reading_unreadable"
>;

export interface Part {
  readonly at: string;
  readonly mass_mg: Measured;
  readonly content: ContentBasis;
}

/** A rectangular distribution over [0, limit]: mean half the limit, standard uncertainty limit / (2 sqrt 3). Source: JCGM 100:2008 (GUM), 4.3.7. */
const BELOW_BEST = 0.5;
const BELOW_SD = 1 / (2 * Math.sqrt(3));

const NOTHING: Measured = { best: 0, moves: {} };

/**
 * Works out the element contents of every output and loss of a step, in whole milligrams with their doubts.
 * Masses in mg. Refuses unknown elements, fractions outside 0..1, and a rest below zero beyond rounding.
 */
export function contentsOf(
  step: string,
  input: Pick<Contents, "mass_mg" | "elements_mg">,
  parts: readonly Part[],
): Result<ElementContents[], ContentRefusal> {
  if (parts.filter((p) => p.content.by === "rest").length > 1) {
    return refuse("rest_named_twice", "outputs", "only one part of a step can hold what the others leave");
  }
  const resolved: ElementContents[] = [];
  for (const [index, part] of parts.entries()) {
    const contents = part.content.by === "rest" ? done({}) : contentOf(`${step}/${index}`, input, part);
    if (!contents.ok) return contents;
    resolved.push(contents.value);
  }
  const over = fractionsAboveOne(
    parts.map((p) => p.content),
    Object.keys(input.elements_mg),
  );
  if (over)
    return refuse(
      "fractions_exceed_one",
      "outputs",
      `the fractions of ${over.element} add up to ${over.sum}: more than went in`,
    );
  const restAt = parts.findIndex((p) => p.content.by === "rest");
  if (restAt < 0) return done(resolved);
  const rest: Record<string, Measured> = {};
  for (const [element, entered] of Object.entries(input.elements_mg)) {
    const others = sum(resolved.map((contents) => contents[element] ?? NOTHING));
    const left = subtract(entered, others);
    if (left.best < -parts.length) {
      return refuse(
        "content_negative",
        parts[restAt]?.at ?? "outputs",
        `the other parts hold ${-left.best} mg more ${element} than went in`,
        { short_mg: -left.best },
      );
    }
    rest[element] = { best: Math.max(0, left.best), moves: left.moves };
  }
  resolved[restAt] = rest;
  return done(resolved);
}

/** Decimal fractions add up to one within the rounding of binary numbers. */
const ROUNDING = 1e-9;

/** The first element of which fractions that pass over add up to more than the whole (L15). */
export function fractionsAboveOne(
  contents: readonly ContentBasis[],
  elements: readonly string[],
): { readonly element: string; readonly sum: number } | undefined {
  for (const element of elements) {
    const sum = contents.reduce((total, content) => {
      if (content.by !== "transfer") return total;
      return total + ((content.fractions[element] ?? content.fractions["*"])?.best ?? 0);
    }, 0);
    if (sum > 1 + ROUNDING) return { element, sum: Number(sum.toPrecision(6)) };
  }
  return undefined;
}

function contentOf(
  cause: string,
  input: Pick<Contents, "mass_mg" | "elements_mg">,
  part: Part,
): Result<ElementContents, ContentRefusal> {
  const { content } = part;
  if (content.by === "assay") return assayed(part, content);
  const contents: Record<string, Measured & { below?: boolean }> = {};
  if (content.by === "none" || content.by === "rest") return done(contents);
  for (const [element, entered] of Object.entries(input.elements_mg)) {
    const mark = entered.below ? { below: true } : {};
    if (content.by === "share") {
      contents[element] = { ...inProportion(entered, input.mass_mg, part.mass_mg), ...mark };
      continue;
    }
    const fraction = content.fractions[element] ?? content.fractions["*"];
    if (fraction === undefined) continue;
    if (!(fraction.best >= 0 && fraction.best <= 1 && fraction.sd >= 0)) {
      return refuse(
        "fraction_out_of_range",
        `${part.at}.fractions.${element}`,
        "a fraction lies between 0 and 1",
      );
    }
    const moved = multiply(entered, measured(fraction.best, fraction.sd, `${cause}/${element}`));
    contents[element] = { best: Math.round(moved.best), moves: moved.moves, ...mark };
  }
  return done(contents);
}

function assayed(
  part: Part,
  content: Extract<ContentBasis, { by: "assay" }>,
): Result<ElementContents, ContentRefusal> {
  const contents: Record<string, Measured & { below?: boolean }> = {};
  for (const [element, reading] of Object.entries(content.mg_per_kg)) {
    const at = `${part.at}.mg_per_kg.${element}`;
    if (!isElement(element)) return refuse("element_unknown", at, whyNoElement(element));
    const value = readingValue(reading);
    if (!value)
      return refuse(
        "reading_unreadable",
        at,
        "a reading is 0 to 1,000,000 mg/kg with its doubt, or below a limit",
      );
    const fraction = measured(value.best / 1e6, value.sd / 1e6, `${content.laboratory}/${element}`);
    const amount = multiply(part.mass_mg, fraction);
    contents[element] = {
      best: Math.round(amount.best),
      moves: combine([[1, amount]]).moves,
      ...("below" in reading ? { below: true } : {}),
    };
  }
  return done(contents);
}

/** Best estimate and standard uncertainty of a reading in its own unit; undefined when it cannot be one. */
export function readingValue(reading: Reading): { best: number; sd: number } | undefined {
  const limit = 1e6;
  if ("below" in reading) {
    if (!(reading.below > 0 && reading.below <= limit)) return undefined;
    return { best: reading.below * BELOW_BEST, sd: reading.below * BELOW_SD };
  }
  if (!(reading.best >= 0 && reading.best <= limit && reading.sd >= 0 && reading.sd <= limit))
    return undefined;
  return { best: reading.best, sd: reading.sd };
}
