import {
  COMPUTERS,
  type Estimate,
  type EvidenceGrade,
  type FormFactor,
  LINE_CLASSES,
  type LineClass,
} from "../classify/classes.ts";
import { unpackWeights } from "../classify/classifier.ts";
import { type Candidate, indexModels, readModels } from "../classify/model-index.ts";
import { MODELS } from "../classify/models.ts";
import { OPINION } from "../classify/opinion.ts";
import { secondOpinion } from "../classify/second-opinion.ts";
import { WEIGHTS } from "../classify/weights.ts";
import { PRIORS, type PriorPart } from "../magnets/priors.ts";
import { namedDevice } from "../reading/device-names.ts";
import type { DriveReading } from "../reading/drive-models.ts";
import { mended } from "../reading/mended.ts";
import { productLines } from "../reading/product-lines.ts";
import type { LineReading } from "../reading/reading.ts";
import { CLASS_WORDS, OTHER_THINGS, PRIOR_WORDS, UNMEASURED_BUS } from "../reading/words.ts";
import { type Taught, taughtClass } from "../taught/wording.ts";
import { billFor, type LineMagnet, partsFor, withChance } from "./line-bill.ts";
import { type Learned, lookAt } from "./look.ts";

/** What one manifest line is taken to be, and what that means in magnets and elements. */
export interface LineIdentity {
  readonly line: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly class: LineClass;
  readonly p: number;
  /** Sums to 1. */
  readonly classes: Readonly<Record<LineClass, number>>;
  /** Row of the prior table used; `unknown` when none is. */
  readonly prior_class: string;
  readonly drive: {
    readonly p_hdd: number;
    readonly form_factor: FormFactor | null;
    readonly capacity_bytes: number | null;
  } | null;
  readonly candidates: readonly { readonly model: string; readonly p: number }[];
  readonly quantity: number;
  readonly magnets: readonly LineMagnet[];
  /** For the whole line, presence included; empty when the line is unknown: not known is not zero. */
  readonly elements_g: Readonly<Record<string, Estimate>>;
  readonly evidence: EvidenceGrade;
}

/** Below this no class is named: the line is unknown. */
const NAMED_FROM = 0.3;
/** Share of the probability a drive keeps whose bus was never measured and whose kind no word names (SPEC I9). */
const UNMEASURED_KEEPS = 0.58;
/** What is left of a guess about words without a number that no list knows (SPEC I29), and what counts as listed. */
const UNLISTED_KEEPS = 0.29;
const KINDRED_LIKENESS = 0.5;
/** Such a number may be another maker's too. On 927 listed names it was wrong twice; more is left for those not listed. */
const NAMED_P = 0.95;
/** What stays possible when words name a thing that is none of the classes. */
const NAMED_OTHER_KEEPS = 0.15;
/** A listed model whose own information the line holds to this degree is believed about its form factor and size. */
const BELIEVED_LIKENESS = 0.8;
/** And from here on it is the model itself. */
const SAME_LIKENESS = 0.99;
const DRIVE_FROM = 0.05;
/** A listed candidate is shown from here. */
const CANDIDATE_FROM = 0.02;

let shipped: Learned | undefined;
const shippedLearned = (): Learned =>
  (shipped ??= {
    classifier: unpackWeights(WEIGHTS),
    opinion: OPINION,
    index: indexModels(readModels(MODELS)),
  });

/**
 * Reads one manifest line: device class with calibrated probability, drive facts, likely models, quantity, magnets
 * and elements with 90 % intervals (SPEC I1 to I11). Never refuses: what cannot be read is `unknown`. What somebody
 * stated for the same wording counts before what is learned.
 */
export function identifyLine(
  text: string,
  row: Readonly<Record<string, unknown>> = {},
  more: { readonly learned?: Learned; readonly taught?: Taught } = {},
): LineIdentity {
  const learned = more.learned ?? shippedLearned();
  const look = lookAt(text, learned);
  const { reading, features, known, plain } = look;
  const named = priorWord(plain);
  const p = judge(
    reading,
    plain,
    features.drive,
    secondOpinion(learned.opinion, look.evidence),
    known,
    named !== null,
  );
  believe(
    p,
    features.drive === null ? (known[0]?.numbered ? known[0].known.class : namedDevice(plain)) : null,
  );
  const stated = more.taught ? taughtClass(more.taught, text) : undefined;
  if (stated !== undefined) {
    p.fill(0);
    p[LINE_CLASSES.indexOf(stated)] = 1;
  }
  const classes = Object.fromEntries(LINE_CLASSES.map((name, k) => [name, p[k] ?? 0])) as Record<
    LineClass,
    number
  >;
  let top: LineClass = "unknown";
  for (const name of LINE_CLASSES) if (classes[name] > classes[top]) top = name;
  if (classes[top] < NAMED_FROM) top = "unknown";
  const drive = driveFacts(classes, reading, features.drive, known);
  const prior_class = priorClass(top, named, drive?.form_factor ?? null, plain);
  const bill = billOf(top, prior_class, classes, drive, reading);
  return {
    line: text,
    row,
    class: top,
    p: classes[top],
    classes,
    prior_class,
    drive,
    candidates: known
      .filter((c) => c.p >= CANDIDATE_FROM && top !== "unknown")
      .map((c) => ({ model: c.known.model, p: c.p })),
    quantity: reading.quantity,
    ...bill,
  };
}

const priorWord = (plain: string): string | null =>
  PRIOR_WORDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;

/** The classifier's word, held back where it was never measured or where plain words say something else. */
function judge(
  reading: LineReading,
  plain: string,
  drive: DriveReading | null,
  p: Float64Array,
  known: readonly Candidate[],
  priorThing: boolean,
): Float64Array {
  const unknown = LINE_CLASSES.indexOf("unknown");
  const keep = (share: number): void => {
    let kept = 0;
    for (let k = 0; k < p.length; k++) {
      if (k === unknown) continue;
      p[k] = (p[k] ?? 0) * share;
      kept += p[k] ?? 0;
    }
    p[unknown] = 1 - kept;
  };
  if (reading.words.length === 0) {
    p.fill(0);
    p[unknown] = 1;
    return p;
  }
  const says = new Set(CLASS_WORDS.filter(([, pattern]) => pattern.test(plain)).map(([name]) => name));
  const listed = known[0];
  const certain = drive !== null || (listed !== undefined && listed.likeness > 0.9);
  if ((priorThing || OTHER_THINGS.test(plain)) && says.size === 0 && !certain) keep(NAMED_OTHER_KEEPS);
  if (
    !/\p{N}/u.test(plain) &&
    says.size === 0 &&
    !certain &&
    !known.some((c) => c.likeness > KINDRED_LIKENESS)
  ) {
    // A maker's name alone is a hint of what it makes; a word nobody lists is no hint at all.
    if (productLines(reading.words.map(mended).join(" ")).length === 0) keep(UNLISTED_KEEPS);
  }
  const kindSaid = says.has("hdd") || says.has("ssd");
  const pDrive = (p[LINE_CLASSES.indexOf("hdd")] ?? 0) + (p[LINE_CLASSES.indexOf("ssd")] ?? 0);
  if (pDrive > 0.3 && !kindSaid && (UNMEASURED_BUS.test(plain) || drive?.sas)) keep(UNMEASURED_KEEPS);
  return p;
}

/** A maker's number or name that leaves no doubt outweighs what pieces of words suggest (SPEC I31). */
function believe(p: Float64Array, device: LineClass | null): void {
  if (device === null) return;
  for (let k = 0; k < p.length; k++) p[k] = (p[k] ?? 0) * (1 - NAMED_P);
  const at = LINE_CLASSES.indexOf(device);
  p[at] = (p[at] ?? 0) + NAMED_P;
}

function driveFacts(
  classes: Readonly<Record<LineClass, number>>,
  reading: LineReading,
  scheme: DriveReading | null,
  known: readonly Candidate[],
): LineIdentity["drive"] {
  const both = classes.hdd + classes.ssd;
  if (both < DRIVE_FROM) return null;
  const p_hdd = classes.hdd / both;
  const kind = p_hdd >= 0.5 ? "hdd" : "ssd";
  const listed = known.find((c) => c.known.class === kind && c.likeness >= BELIEVED_LIKENESS)?.known;
  const fits = scheme?.kind === kind ? scheme : null;
  // A sister of the listed model has another size: only the model itself is believed before the maker's numbering.
  const itself = known.find((c) => c.known.class === kind && c.likeness >= SAME_LIKENESS)?.known;
  const capacity_bytes =
    itself?.capacity_bytes ??
    fits?.capacity_bytes ??
    reading.capacity_bytes ??
    capacityWord(reading) ??
    listed?.capacity_bytes ??
    null;
  const form_factor = listed?.form_factor ?? fits?.form_factor ?? guessForm(kind, reading, capacity_bytes);
  return { p_hdd, form_factor, capacity_bytes };
}

/** Sizes written into names without a unit, as "V300 120" or "ABC-0240": only sizes that are sold count. */
function capacityWord(reading: LineReading): number | null {
  for (const word of reading.words) {
    const found =
      /^\D*?0*(16|32|60|64|120|128|240|250|256|480|500|512|960|1000|1024|1920|2000|3840|7680)(?:GB?|S|N)?$/.exec(
        word,
      );
    if (found) return Number(found[1]) * 1e9;
  }
  return null;
}

/** Solid-state drives say M.2 or mSATA when they are; hard drives above 5 TB are sold in 3.5 inch only. */
function guessForm(
  kind: "hdd" | "ssd",
  reading: LineReading,
  capacity_bytes: number | null,
): FormFactor | null {
  if (kind === "ssd") return reading.form_factor ?? "2.5in";
  if (capacity_bytes !== null && capacity_bytes > 5.1e12) return "3.5in";
  return reading.form_factor;
}

/** From this generation on the maker puts a ring of magnets into the back (tear-down counts, 2020). */
const MAGNET_RING = /\bIPHONE ?(?:1[2-9])\b/;

function priorClass(top: LineClass, named: string | null, form: FormFactor | null, plain: string): string {
  if (top === "unknown") return named ?? "unknown";
  if (top === "phone" && MAGNET_RING.test(plain)) return "phone_magsafe";
  if (top === "earbuds" && /\bAIRPODS MAX\b/.test(plain)) return "headphones";
  if (top !== "hdd") return top;
  if (form === "3.5in" || form === "2.5in") return `hdd_${form}`;
  return form === "1.8in" || form === "<1.8in" ? "hdd_1.8in" : "hdd";
}

function billOf(
  top: LineClass,
  prior_class: string,
  classes: Readonly<Record<LineClass, number>>,
  drive: LineIdentity["drive"],
  reading: LineReading,
): Pick<LineIdentity, "magnets" | "elements_g" | "evidence"> {
  const row = PRIORS.get(prior_class);
  if (!row) return { magnets: [], elements_g: {}, evidence: "C" };
  return billFor(possibleParts({ class: top, prior_class, classes, drive }, reading), row, reading.quantity);
}

/** The parts a line may stand for, each with its chance: the device's own, and a hard drive's where one is possible. */
export function possibleParts(
  line: Pick<LineIdentity, "class" | "prior_class" | "classes" | "drive">,
  reading: Pick<LineReading, "hard_drive" | "hard_drive_count">,
): readonly PriorPart[] {
  const row = PRIORS.get(line.prior_class);
  if (!row) return [];
  const own = COMPUTERS.has(line.class) ? partsFor(row, reading) : row.parts;
  if (!line.drive || (line.class !== "hdd" && line.class !== "ssd")) return own;
  if (line.class === "hdd") return withChance(own, line.drive.p_hdd);
  // A solid-state drive that may be a hard drive may hold its magnets.
  const disk = PRIORS.get(
    priorClass("hdd", null, line.drive.form_factor === "3.5in" ? "3.5in" : "2.5in", ""),
  );
  return withChance(disk?.parts ?? [], line.drive.p_hdd);
}
