import type { FormFactor } from "../classify/classes.ts";

/** What a line says in words, before anyone asks what the device is. */
export interface LineReading {
  /** Upper case, quantity, tags and condition words taken out, statements on storage replaced by marks. */
  readonly text: string;
  readonly words: readonly string[];
  /** Statements found, such as `no_hdd` or `with_ssd`; they are evidence of a computer. */
  readonly marks: readonly string[];
  readonly quantity: number;
  /** Stated outside any storage statement, decimal prefixes; null when not stated. */
  readonly capacity_bytes: number | null;
  readonly form_factor: FormFactor | null;
  readonly hard_drive: "absent" | "present" | "unstated";
  readonly hard_drive_count: number;
}

/** Longer lines are read up to here: a manifest cell of more is prose, and its start names the device. */
export const LINE_CHARACTERS_MAX = 2000;
/** No line of a manifest counts more pieces than this; a larger number is a part number. */
const QUANTITY_MAX = 1_000_000;

const QUANTITIES: readonly RegExp[] = [
  /\b(?:QTY|QUANTITY|QNTY)\s*[.:=]?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})\b/,
  /^\s*(\d{1,3}(?:,\d{3})+|\d{1,6})\s*[X×*]\s+/,
  /\b(\d{1,3}(?:,\d{3})+|\d{1,6})\s*(?:PCS?|PIECES?|UNITS?|EACH|EA|STK|STUECK)\b\.?/,
  /\b(?:LOT|BOX|PALLET|SKID|CASE|BATCH) OF\s+(\d{1,6})\b/,
  /\(\s*[X×]\s*(\d{1,6})\s*\)/,
  /\s[X×]\s+(\d{1,6})\s*$/,
];

const TAGS: readonly RegExp[] = [
  /\b(?:PALLET|SKID|BOX|GAYLORD)\s*#?\s*\d+\s*:/g,
  /^\s*#\s*\d{3,}\b/g,
  /\bASSET\s*(?:TAG|NO|#)?\s*[:.#]?\s*[A-Z]?\d{3,}\b/g,
  /\bS\/N\s*[:.#]?\s*[A-Z0-9]{4,}\b/g,
  /\bSERIAL\s*(?:NO|NUMBER)?\s*[:.#]?\s*[A-Z0-9]*\d[A-Z0-9]*\b/g,
];

const CONDITIONS =
  /\b(?:FOR PARTS(?: ONLY)?|AS[- ]IS|UNTESTED|TESTED(?: OK| GOOD)?|WIPED|SANITI[SZ]ED|DATA ERASED|REFURB(?:ISHED)?|NOT WORKING|SCRAP|USED|GRADE [A-D]|NO CADDY|W\/ ?CADDY|WITH CADDY)\b|\((?:BAD|GOOD|USED|AS[- ]IS)\)/g;

// A stray letter inside HDD and a wandering blank are the usual slips; "NOH DD" and "NO HYDD" mean no hard drive.
const HDD = "(?:H\\s?[A-Z0-9]?\\s?D\\s?[A-Z0-9]?\\s?D|HD|HARD\\s?(?:DISK\\s?)?DRIVES?|HARD\\s?DIS[KC]S?)";
const NO_HDD = new RegExp(
  `\\b(?:N[O0]|WITHOUT|W\\/O|LESS|MISSING|MINUS)\\s*(?:${HDD}|DRIVES?|STORAGE)(?![A-Z0-9])|\\b${HDD}S?\\s+(?:REMOVED|PULLED|MISSING|OUT)\\b|\\bDISKLESS\\b`,
);
const SIZE = "(\\d+(?:[.,]\\d+)?)\\s*([TG])?[I1]?[B8]?";
const WITH_HDD = new RegExp(
  `(?:\\bW\\/?(?=\\s*\\d)|\\b(?:W\\/|WITH|INCL(?:UDING|UDES|\\.)?|HAS)|[A-Z0-9]W\\/|\\+)\\s*(?:(\\d{1,2})\\s*X\\s*)?(?:${SIZE}\\s*)?(?:SATA\\s*|SAS\\s*)?${HDD}S?(?![A-Z0-9])`,
);
const WITH_SSD =
  /(?:\b(?:W\/|WITH|INCL(?:UDING|\.)?)|\+)\s*(?:\d{2,4}\s*[TG]?B?\s*)?(?:SATA\s*|NVME\s*|M\.?2\s*)?SSD\b/;
// Either the stroke between memory and drive or all other characters are as they should be: one slip is read over.
const MEMORY_AND_SSD =
  /\b(?:\d{1,3}\s*[A-Z0-9]?G\s?[A-Z0-9]?[B8]?\s*\/\s*\d[A-Z0-9]{1,4}\s*(?:G[B8]?)?|(?:4|8|16|32)\s*G[B8] ?(?:128|256|512))\s*S[A-Z0-9\s]?S[A-Z0-9\s]?D\b/;
const MEMORY_AND_HDD = new RegExp(`\\b\\d{1,3}\\s*GB?\\s*\\/\\s*\\d{1,4}\\s*(?:[GT]B?)?\\s*${HDD}\\b`);
const CPU_AND_MEMORY = /\b(?:[I1L][3579S]|RYZEN \d|XEON)\s*-?\s*\d{1,3}\s*G[A-Z0-9]?[B8]?\b(?!\s*\/)/;

const FORM_FACTORS: readonly (readonly [RegExp, FormFactor])[] = [
  [/\bM[. ]2\b|\b22[0-9]0 ?(?:NVME|SSD)/, "M.2"],
  [/\bMSATA\b/, "mSATA"],
  [/\b3[.,]5\s*(?:"|''|IN(?:CH)?\b|-INCH)|\bLFF\b/, "3.5in"],
  [/\b2[.,]5\s*(?:"|''|IN(?:CH)?\b|-INCH)|\bSFF\b/, "2.5in"],
  [/\b1[.,]8\s*(?:"|''|IN(?:CH)?\b)/, "1.8in"],
];

/** Reads what a manifest line states in words (SPEC I1 to I5). Case and separators do not matter. */
export function readLine(line: string): LineReading {
  let text = ` ${line
    .slice(0, LINE_CHARACTERS_MAX)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\p{Cc}\p{Zs}]+/gu, " ")} `;
  for (const tag of TAGS) text = text.replace(tag, " ");
  text = text.replace(/^[\s,;|:-]+/, "");
  let quantity = 1;
  for (const pattern of QUANTITIES) {
    const found = pattern.exec(text);
    const count = found ? Number((found[1] ?? "").replaceAll(",", "")) : 0;
    if (!found || count < 1 || count > QUANTITY_MAX) continue;
    quantity = count;
    text = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    break;
  }
  const stated = takeStorage(text.replace(CONDITIONS, " "));
  text = stated.text;
  const form_factor = FORM_FACTORS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return {
    text: text.trim(),
    words: text.match(/[\p{L}\p{N}]+(?:\.\p{N}+)?/gu) ?? [],
    marks: stated.marks,
    quantity,
    capacity_bytes: statedCapacity(text),
    form_factor,
    hard_drive: stated.hard_drive,
    hard_drive_count: stated.hard_drive_count,
  };
}

/** Takes out what is said of memory and storage, so that "w/ 500GB HDD" does not make a notebook a hard drive. */
function takeStorage(given: string) {
  let text = given;
  const marks: string[] = [];
  let hard_drive: LineReading["hard_drive"] = "unstated";
  let hard_drive_count = 1;
  const take = (pattern: RegExp, mark: string): RegExpExecArray | null => {
    const found = pattern.exec(text);
    if (!found) return null;
    marks.push(mark);
    text = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return found;
  };
  if (take(NO_HDD, "no_hdd")) hard_drive = "absent";
  const withHdd = take(WITH_HDD, "with_hdd");
  if (withHdd) {
    hard_drive = "present";
    hard_drive_count = Math.max(1, Number(withHdd[1] ?? 1));
  } else if (take(MEMORY_AND_HDD, "with_hdd")) hard_drive = "present";
  const ssd = take(MEMORY_AND_SSD, "memory_ssd") ?? take(WITH_SSD, "with_ssd");
  // One drive is the rule in a computer: a stated solid-state drive stands where the hard drive would.
  if (ssd && hard_drive === "unstated") hard_drive = "absent";
  take(CPU_AND_MEMORY, "cpu_memory");
  return { text, marks, hard_drive, hard_drive_count };
}

/** The first capacity stated with its unit, in bytes (decimal, as drives are sold). */
export function statedCapacity(text: string): number | null {
  const found = /(?<![A-Z0-9.-])(\d{1,5}(?:\.\d{1,2})?)\s?(TB|GB|MB|T|G)(?:YTES?)?(?![A-Z0-9])/.exec(text);
  if (!found) return null;
  const size = Number(found[1]);
  const unit = (found[2] ?? "").startsWith("T") ? 1e12 : (found[2] ?? "").startsWith("G") ? 1e9 : 1e6;
  return size > 0 ? size * unit : null;
}
