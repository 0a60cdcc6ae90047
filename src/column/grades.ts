/** How well a value is known that was neither measured here nor stated, by letter. */
export const GRADE_WORDS = {
  S: "read there",
  D: "derived",
  N: "checked by numbers",
  R: "remembered, not confirmed",
  G: "a guess",
} as const;

export type Grade = keyof typeof GRADE_WORDS;
