/** More letters than this apart, two words are not the same word misspelt. */
const LETTERS_OFF_MAX = 3;

/** The nearest known word to one that is not known, or undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const short = word.slice(0, 60);
  const limit = Math.min(LETTERS_OFF_MAX, Math.floor(short.length / 2));
  return known
    .map((k) => [distance(short, k), k] as const)
    .filter(([off]) => off <= limit)
    .sort((a, b) => a[0] - b[0])[0]?.[1];
}

/** Levenshtein's distance: letters put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
