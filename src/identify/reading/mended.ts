import { fold } from "./look-alikes.ts";
import { LINE_WORDS } from "./product-lines.ts";

/** Words known again with one slip in them: lost, doubled, exchanged or swapped characters. */
const LONG_WORDS: readonly string[] = [
  ...new Set([
    ..."NOTEBOOK LAPTOP DESKTOP SERVER TABLET IPHONE IPAD WATCH AIRPODS HOMEPOD PHONE LENOVO SAMSUNG SEAGATE TOSHIBA HITACHI WESTERN CONVERTIBLE WORKSTATION COMPUTER ELECTRONICS TECHNOLOGY HEWLETT PACKARD GIGABYTE SUPERMICRO ASUSTEK FUJITSU INSPIRON PAVILION GALAXY SERIES GENERATION REMOTE APPLE INTEL DRIVE".split(
      " ",
    ),
    ...LINE_WORDS,
  ]),
];

/** Every word with one character left out: two words one slip apart share such a form. */
const slips = (word: string): string[] =>
  Array.from({ length: word.length }, (_, i) => word.slice(0, i) + word.slice(i + 1));
const SHORTEST = 5;
const known = new Set(LONG_WORDS);
const bySlip = new Map<string, string>();
// The first named wins where two words share a form.
for (const word of [...LONG_WORDS].reverse()) {
  bySlip.set(fold(word), word);
  if (word.length >= SHORTEST) for (const form of slips(fold(word))) bySlip.set(form, word);
}

/** A word that only shares its middle or its end is another word: "patch" is not "watch", "power" not "iPower". */
const alike = (word: string, found: string): boolean =>
  Math.abs(found.length - word.length) <= 1 &&
  (word[0] === found[0] || (word[0] === found[1] && word[1] === found[0])) &&
  (found.length !== word.length || word.length > 5 || found.at(-1) === word.at(-1));

/** The known word meant by one that a slip has changed, or the word itself (SPEC I26). */
export function mended(word: string): string {
  if (known.has(word) || word.length < SHORTEST - 1 || word.length > 16 || /\d{2}/.test(word)) return word;
  const own = fold(word);
  const direct = bySlip.get(own);
  if (direct && alike(fold(word), fold(direct))) return direct;
  if (word.length < SHORTEST) return word;
  for (const form of slips(own)) {
    const found = bySlip.get(form);
    if (found && alike(own, fold(found))) return found;
  }
  return word;
}
