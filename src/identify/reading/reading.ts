import type { FormFactor } from "../classify/classes.ts";
import { takeEquipment } from "./equipment.ts";

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
  const stated = takeEquipment(text.replace(CONDITIONS, " "));
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

/** The first capacity stated with its unit, in bytes (decimal, as drives are sold). */
export function statedCapacity(text: string): number | null {
  const found = /(?<![A-Z0-9.-])(\d{1,5}(?:\.\d{1,2})?)\s?(TB|GB|MB|T|G)(?:YTES?)?(?![A-Z0-9])/.exec(text);
  if (!found) return null;
  const size = Number(found[1]);
  const unit = (found[2] ?? "").startsWith("T") ? 1e12 : (found[2] ?? "").startsWith("G") ? 1e9 : 1e6;
  return size > 0 ? size * unit : null;
}
