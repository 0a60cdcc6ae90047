import { type DriveReading, readDriveModel } from "../reading/drive-models.ts";
import { fold } from "../reading/look-alikes.ts";
import type { LineReading } from "../reading/reading.ts";
import { CLASS_WORDS, OTHER_THINGS } from "../reading/words.ts";
import { LINE_CLASSES } from "./classes.ts";

/** Hash buckets: with some 400,000 distinct features more buckets gained nothing on held-out families. */
export const BUCKETS = 1 << 15;

const RULE_COPIES = 12;

/** What the classifier looks at: hashed buckets, without repeats, in the order found. */
export interface Features {
  readonly buckets: readonly number[];
  readonly drive: DriveReading | null;
}

/** FNV-1a over UTF-16 code units (Fowler, Noll, Vo; offset basis and prime of the 32-bit variant). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}

/** A word's outline: runs of digits become one mark. Numbering schemes of a maker share it across families. */
const outline = (word: string): string => word.replace(/\p{N}+/gu, "#");

/** Sizes as the trade rounds them: the number itself tells a 320 GB disk from a 240 GB solid-state drive. */
const sizeWord = (capacity_bytes: number): string => (capacity_bytes / 1e9).toPrecision(2);

/** Order, case and separators leave these the same: words and pieces of words, never of two words together. */
export function featuresOf(reading: LineReading): Features {
  const seen = new Set<number>();
  const add = (name: string): void => {
    seen.add(hash(name) % BUCKETS);
  };
  add("bias");
  const words = reading.words.slice(0, 40);
  const plain = words.join(" ");
  const drive = readDriveModel(words);
  for (const word of words) addWord(word.slice(0, 32), add);
  for (const mark of reading.marks) add(`mark ${mark}`);
  // A rule counts as several features: it carries over to families never seen, pieces of words do not.
  const rule = (name: string): void => {
    for (let copy = 0; copy < RULE_COPIES; copy++) add(`${copy} ${name}`);
  };
  for (const [kind, pattern] of CLASS_WORDS) if (pattern.test(plain)) rule(`says ${kind}`);
  if (OTHER_THINGS.test(plain)) rule("says other");
  if (drive) {
    rule(`scheme ${drive.kind}`);
    add(`scheme ${drive.kind} ${drive.maker}`);
  }
  if (reading.capacity_bytes !== null) {
    add(`size ${sizeWord(reading.capacity_bytes)}`);
    if (!drive && words.length <= 5)
      for (const word of words) add(`size ${sizeWord(reading.capacity_bytes)} ${word}`);
    if (!drive) add("size without model");
  }
  add(`words ${Math.min(words.length, 8)}`);
  if (words.length === 0) add("nothing");
  return { buckets: [...seen], drive };
}

function addWord(word: string, add: (name: string) => void): void {
  const folded = fold(word);
  add(`w ${word}`);
  add(`f ${folded}`);
  add(`o ${outline(word)}`);
  const framed = `<${word}>`;
  for (let size = 2; size <= 5; size++)
    for (let at = 0; at + size <= framed.length; at++) add(`${size}${framed.slice(at, at + size)}`);
  const foldedFramed = `<${folded}>`;
  if (folded !== word)
    for (let size = 3; size <= 4; size++)
      for (let at = 0; at + size <= foldedFramed.length; at++)
        add(`f${size}${foldedFramed.slice(at, at + size)}`);
  const shape = `<${outline(word)}>`;
  if (shape.length !== framed.length)
    for (let size = 3; size <= 5; size++)
      for (let at = 0; at + size <= shape.length; at++) add(`s${shape.slice(at, at + size)}`);
}

export const CLASS_COUNT = LINE_CLASSES.length;
