import { isElement, whyNoElement } from "../chemistry/index.ts";
import {
  done,
  type Measured,
  measured,
  multiply,
  type Refusal,
  type Result,
  refuse,
  spread,
  subtract,
  sum,
} from "../quantity/index.ts";
import { CLOSURE_K } from "./closure.ts";
import { fractionRead, type LaboratoryDoubt, type Reading } from "./laboratory-reading.ts";
import type { Contents, ElementContents } from "./lot.ts";
import { inProportion } from "./proportion.ts";

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
  /** Measured by a laboratory: each reading errs by itself, and by what it shares with others of its method. */
  | {
      readonly by: "assay";
      readonly mg_per_kg: Readonly<Record<string, Reading>>;
      readonly laboratory: string;
      readonly method?: string | undefined;
      /** The parts of the doubt of readings whose method is known. */
      readonly doubts?: Readonly<Record<string, LaboratoryDoubt>>;
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
  /** It is the one lot that went in. */
  readonly stays?: boolean;
}

/** Whether a part holds what its assay does not name as what went in did. */
const carriesOver = ({ stays = false, content }: Part): boolean => stays && content.by === "assay";

const NOTHING: Measured = { best: 0, moves: {} };

/**
 * Works out the element contents of every output and loss of a step, in whole milligrams with their doubts.
 * Masses in mg. Where a lot stays what it is, an assay that names some of its elements leaves the others as they were:
 * by share of mass. Refuses unknown elements, fractions outside 0..1, and a rest below zero beyond chance; within it nothing is left,
 * as doubtful as that is, and the difference is the residual of the step (L82).
 */
export function contentsOf(
  step: string,
  input: Pick<Contents, "mass_mg" | "elements_mg">,
  parts: readonly Part[],
): Result<ElementContents[], ContentRefusal> {
  if (parts.filter((p) => p.content.by === "rest").length > 1) {
    return refuse("rest_named_twice", "outputs", "only one part of a step can hold what the others leave");
  }
  // Parts that weigh more than what went in, within the doubt of their scales or booked open, share what there was and no more.
  const shares = (part: Part) => part.content.by === "share" || carriesOver(part);
  const sharing_mg = sum(parts.flatMap((p) => (shares(p) ? [p.mass_mg] : [])));
  const whole = { ...input, shared_mg: sharing_mg.best > input.mass_mg.best ? sharing_mg : input.mass_mg };
  const resolved: ElementContents[] = [];
  for (const [index, part] of parts.entries()) {
    const contents = part.content.by === "rest" ? done({}) : contentOf(`${step}/${index}`, whole, part);
    if (!contents.ok) return contents;
    const unnamed = carriesOver(part) ? sharedOf(whole, part) : {};
    resolved.push({ ...unnamed, ...contents.value });
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
    if (left.best < -parts.length - CLOSURE_K * spread(left)) {
      return refuse(
        "content_negative",
        parts[restAt]?.at ?? "outputs",
        `the other parts hold ${-left.best} mg more ${element} than went in, beyond ${CLOSURE_K} times their doubt: assay them again, or what went in`,
        { short_mg: -left.best },
      );
    }
    rest[element] =
      left.best < -parts.length
        ? { best: 0, moves: { [`${step}/rest/${element}`]: spread(left) } }
        : { best: Math.max(0, left.best), moves: left.moves };
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

type Whole = Pick<Contents, "elements_mg"> & { readonly shared_mg: Measured };

/** What a part holds that has the composition of what went in. */
const sharedOf = ({ elements_mg, shared_mg }: Whole, part: Part): ElementContents =>
  Object.fromEntries(
    Object.entries(elements_mg).map(([element, entered]) => [
      element,
      { ...inProportion(entered, shared_mg, part.mass_mg), ...(entered.below ? { below: true } : {}) },
    ]),
  );

function contentOf(cause: string, input: Whole, part: Part): Result<ElementContents, ContentRefusal> {
  const { content } = part;
  if (content.by === "assay") return assayed(cause, part, content);
  const contents: Record<string, Measured & { below?: boolean }> = {};
  if (content.by === "none" || content.by === "rest") return done(contents);
  if (content.by === "share") return done(sharedOf(input, part));
  for (const [element, entered] of Object.entries(input.elements_mg)) {
    const mark = entered.below ? { below: true } : {};
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
  cause: string,
  part: Part,
  { mg_per_kg, laboratory, method, doubts = {} }: Extract<ContentBasis, { by: "assay" }>,
): Result<ElementContents, ContentRefusal> {
  const contents: Record<string, Measured & { below?: boolean }> = {};
  for (const [element, reading] of Object.entries(mg_per_kg)) {
    const at = `${part.at}.mg_per_kg.${element}`;
    if (!isElement(element)) return refuse("element_unknown", at, whyNoElement(element));
    const by = { laboratory, method, element, own: `${cause}/${element}`, doubt: doubts[element] };
    const fraction = fractionRead(reading, by);
    if (!fraction)
      return refuse(
        "reading_unreadable",
        at,
        "a reading is 0 to 1,000,000 mg/kg with its doubt, or below a limit",
      );
    const { best, moves } = multiply(part.mass_mg, fraction);
    contents[element] = { best: Math.round(best), moves, ...(fraction.below ? { below: true } : {}) };
  }
  return done(contents);
}
