/** Beyond this many standard uncertainties a difference is more than chance, as the ledger judges it (CLOSURE_K). */
export const CLOSES_WITHIN = 3;

export interface Closing {
  readonly missing_mg: number;
  readonly sigmas: number;
  readonly closes: boolean;
}

/**
 * Whether parts weighed on one scale add up to what was put in. Each weighing has the scale's own uncertainty, the input its
 * own; a share the scale has in both is counted twice here, so this first look is never stricter than the books.
 */
export function closing(given: {
  readonly input_mg: number;
  readonly input_sd_mg: number;
  readonly parts_mg: readonly number[];
  readonly scale_sd_mg: number;
}): Closing {
  const missing_mg = given.input_mg - given.parts_mg.reduce((a, b) => a + b, 0);
  const sd = Math.hypot(given.input_sd_mg, given.scale_sd_mg * Math.sqrt(given.parts_mg.length));
  const allowed = given.parts_mg.length + 1;
  const beyond = Math.max(0, Math.abs(missing_mg) - allowed);
  const sigmas = beyond === 0 ? 0 : sd > 0 ? Math.abs(missing_mg) / sd : Number.POSITIVE_INFINITY;
  return { missing_mg, sigmas, closes: sigmas <= CLOSES_WITHIN };
}

const MG_PER_KG = 1_000_000;

/** What was keyed in, in kilograms, as whole milligrams; undefined while it is not a weight yet. */
export function readKeyed(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{0,6}))?$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * MG_PER_KG + Number((match[2] ?? "").padEnd(6, "0"));
}

/** The text after one more key: digits, one point, at most six decimals; "←" takes one away. */
export function afterKey(text: string, key: string): string {
  if (key === "←") return text.slice(0, -1);
  const next = text + key;
  const whole = next === "." ? "0." : next.replace(/^0(?=\d)/, "");
  return readKeyed(whole) === undefined ? text : whole;
}
