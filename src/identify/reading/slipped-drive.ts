import { type DriveReading, readDriveModel } from "./drive-models.ts";

const SHORTEST = 8;
const LONGEST = 18;
/** Letters that begin makers' numbers and are easily lost in front. */
const LOST_IN_FRONT = ["S", "W", "H", "M", "I"];

/**
 * The drive meant by a word that fits no numbering scheme, with one character doubled, swapped or lost in front put
 * right. It is a hint and no more: what is put right may be what was never wrong (SPEC I27).
 */
export function slippedDriveModel(words: readonly string[]): DriveReading | null {
  for (const word of words) {
    if (word.length < SHORTEST || word.length > LONGEST) continue;
    if (!/\d{2}/.test(word) || !/[A-Z]{2}/.test(word)) continue;
    const tries: string[] = LOST_IN_FRONT.map((letter) => letter + word);
    for (let i = 0; i < word.length; i++) {
      tries.push(word.slice(0, i) + word.slice(i + 1));
      if (i > 0 && word[i] !== word[i - 1])
        tries.push(word.slice(0, i - 1) + (word[i] ?? "") + (word[i - 1] ?? "") + word.slice(i + 1));
    }
    const found = readDriveModel(tries);
    if (found) return found;
  }
  return null;
}
