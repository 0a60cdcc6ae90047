/** An oxide as programmes write it: one element, oxygen, and their counts. A lot's number is none. */
const OXIDE = /(?<![\w-])([A-Z][a-z]?\d{0,2}O\d{0,2})(?![\w-])/;

/** A text taken apart: every second part is an oxide, what stands between is not. */
export const oxidesIn = (text: string): string[] => text.split(OXIDE);

/** An oxide taken apart: every second part is a count. */
export const countsIn = (oxide: string): string[] => oxide.split(/(\d+)/);
