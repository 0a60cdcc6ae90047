import { table } from "../../quantity/index.ts";

/**
 * Characters that scanners and tired eyes exchange: 0/O, 1/I, 5/S, 8/B, 2/Z.
 * A template is a regular expression in which `#` stands for a digit and these letters stand for
 * themselves or their look-alike, so that "STI000DM0I0" still reads as ST1000DM010.
 */
const DIGIT = "[0-9OISBZ]";
const LETTERS: Readonly<Record<string, string>> = table({
  O: "[O0]",
  I: "[I1]",
  S: "[S5]",
  B: "[B8]",
  Z: "[Z2]",
});
const FOLDED: Readonly<Record<string, string>> = table({ 0: "O", 1: "I", 5: "S", 8: "B", 2: "Z" });
const TO_DIGIT: Readonly<Record<string, string>> = table({ O: "0", I: "1", S: "5", B: "8", Z: "2" });

export function template(pattern: string): RegExp {
  let out = "";
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? "";
    if (c === "\\") {
      out += c + (pattern[++i] ?? "");
      continue;
    }
    if (c === "[") inClass = true;
    if (c === "]") inClass = false;
    out += inClass ? c : c === "#" ? DIGIT : (LETTERS[c] ?? c);
  }
  return new RegExp(out);
}

/** The digits meant by a run of digits and look-alike letters. */
export const digitsOf = (text: string): string => text.replace(/[OISBZ]/g, (c) => TO_DIGIT[c] ?? c);

/** One spelling for all look-alikes, for comparing words whatever the scanner made of them. */
export const fold = (text: string): string => text.replace(/[01582]/g, (c) => FOLDED[c] ?? c);
