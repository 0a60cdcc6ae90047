import type { DriveReading } from "../reading/drive-models.ts";
import { mended } from "../reading/mended.ts";
import { productLines } from "../reading/product-lines.ts";
import type { LineReading } from "../reading/reading.ts";
import { slippedDriveModel } from "../reading/slipped-drive.ts";
import { CLASS_WORDS, DRIVE_WORDS, OTHER_THINGS } from "../reading/words.ts";
import { LINE_CLASSES, type LineClass } from "./classes.ts";
import type { Candidate } from "./model-index.ts";

/** What speaks for each class, from sources that were each made without seeing the others. */
export interface Evidence {
  /** One group of figures a class: said by pieces of words, by listed neighbours. */
  readonly graded: readonly Float64Array[];
  /** Names of plain facts that hold of the line. */
  readonly facts: readonly string[];
}

/** Log probabilities below this say no more than "no". */
const LOG_FLOOR = -7;
/** How fast a neighbour's vote falls with unlikeness, and the vote of a neighbour not listed: both only set a scale. */
const VOTE_SHARPNESS = 8;
const VOTE_FLOOR = 0.02;

/** The fact that a line names no model: its words hold no digits but those of a size or an interface. */
export const NAMELESS = "no model number";
const NOT_A_NUMBER = /^(?:[^\p{N}]*|\d+(?:\.\d+)?(?:[TGM]B?|IN|K)?|\d+(?:\.\d+)?[TG]\d?B?|M\.?2|[36]GB?)$/u;

const K = LINE_CLASSES.length;
const placeOf = new Map<LineClass, number>(LINE_CLASSES.map((name, k) => [name, k]));

/** How the listed neighbours of a line vote on its class, as logarithms. */
function neighbourVotes(known: readonly Candidate[]): Float64Array {
  const votes = new Float64Array(K).fill(VOTE_FLOOR);
  for (const candidate of known) {
    const k = placeOf.get(candidate.known.class);
    if (k !== undefined) votes[k] = (votes[k] ?? 0) + Math.exp(VOTE_SHARPNESS * (candidate.likeness - 1));
  }
  const total = votes.reduce((a, b) => a + b, 0);
  return votes.map((v) => Math.log(v / total));
}

/** Gathers what the second opinion weighs (SPEC I25). */
export function evidenceOf(
  reading: LineReading,
  drive: DriveReading | null,
  known: readonly Candidate[],
  first: Float64Array,
): Evidence {
  const words = reading.words.map(mended);
  const plain = words.join(" ");
  const logs = first.map((p) => Math.max(LOG_FLOOR, Math.log(Math.max(1e-12, p))));
  const facts = ["always"];
  for (const [kind, pattern] of CLASS_WORDS) if (pattern.test(plain)) facts.push(`says ${kind}`);
  for (const kind of productLines(plain)) facts.push(`line ${kind}`);
  if (OTHER_THINGS.test(plain)) facts.push("other thing");
  if (drive) facts.push(`scheme ${drive.kind}`);
  if (reading.marks.length > 0) facts.push("storage or memory noted");
  for (const [name, pattern] of DRIVE_WORDS) if (pattern.test(plain)) facts.push(`drive ${name}`);
  if (reading.capacity_bytes !== null) facts.push(drive ? "size and scheme" : "size");
  const slipped = drive ? null : slippedDriveModel(reading.words);
  if (slipped) facts.push(`scheme slipped ${slipped.kind}`);
  const nearest = known[0];
  const level = nearest ? Math.min(4, Math.floor(nearest.likeness * 5)) : 0;
  facts.push(`near ${level}`);
  if (!/\p{N}/u.test(plain)) facts.push(`no number, near ${level}`);
  if (nearest && nearest.likeness > 0.6) facts.push(`near ${nearest.known.class} ${level}`);
  if (words.every((word) => NOT_A_NUMBER.test(word))) facts.push(NAMELESS);
  facts.push(`words ${Math.min(5, reading.words.length)}`);
  return { graded: [logs, neighbourVotes(known)], facts };
}
