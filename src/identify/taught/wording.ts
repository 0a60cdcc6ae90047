import type { Book } from "../../ledger/index.ts";
import { type DeviceClass, LINE_CLASSES } from "../classify/classes.ts";
import { readLine } from "../reading/reading.ts";

/** What somebody said a wording means. Lines that say the same, whatever their order and case, are read so from then on. */
export interface Wording {
  /** The words in one order: see `wordingKey`. */
  readonly wording: string;
  readonly class: DeviceClass;
  /** The line it was said of. */
  readonly line: string;
  readonly why: string;
  readonly at: string;
}

export interface IdentifyBodies {
  wording_taught: Wording;
}
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const IDENTIFY_KINDS: { readonly [K in keyof IdentifyBodies]: string } = {
  wording_taught: "wording taught",
};
export interface IdentifyEntry {
  readonly kind: "wording_taught";
  readonly body: Wording;
}

/** What entries of this room fold to, by collection. */
export interface IdentifyRecords {
  readonly wording: Wording;
}

/** Folds an entry: the last word on a wording counts. */
export async function applyIdentify(book: Book<IdentifyRecords>, entry: IdentifyEntry): Promise<void> {
  book.put("wording", entry.body.wording, { ...entry.body });
}

/** Longer wordings are prose, and nobody writes the same prose twice. */
const KEY_CHARACTERS_MAX = 150;

/**
 * What makes two lines the same wording: their words without quantity, tags, condition and what is said of storage,
 * in alphabetical order (SPEC I28). Null when nothing is left that could name a device.
 */
export function wordingKey(line: string): string | null {
  const words = readLine(line).words.map((word) => word.replace(/[^\p{L}\p{N}]+/gu, ""));
  const key = words.filter(Boolean).sort().join("-");
  return /[\p{L}\p{N}]{2}/u.test(key) && key.length <= KEY_CHARACTERS_MAX ? key : null;
}

/** Classes somebody has stated, by wording. */
export type Taught = ReadonlyMap<string, DeviceClass>;

/** The class stated for the wording of a line, if any. */
export function taughtClass(taught: Taught, line: string): DeviceClass | undefined {
  if (taught.size === 0) return undefined;
  const key = wordingKey(line);
  return key === null ? undefined : taught.get(key);
}

/** Lines with their classes as a list to look up; lines that name nothing teach nothing. */
export function taughtFrom(said: readonly { readonly line: string; readonly class: string }[]): Taught {
  const taught = new Map<string, DeviceClass>();
  for (const { line, class: kind } of said) {
    const key = wordingKey(line);
    if (key !== null && kind !== "unknown" && (LINE_CLASSES as readonly string[]).includes(kind))
      taught.set(key, kind as DeviceClass);
  }
  return taught;
}
