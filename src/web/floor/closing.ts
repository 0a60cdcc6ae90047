import { biasOf, doubtAt, type Readings } from "../../programme/index.ts";
import { combine, type Measured, readingOf, spread } from "../../quantity/index.ts";

/** Beyond this many standard uncertainties a difference is more than chance, as the ledger judges it (CLOSURE_K). */
export const CLOSES_WITHIN = 3;

export interface Closing {
  readonly missing_mg: number;
  readonly sd_mg: number;
  readonly closes: boolean;
}

/** Whether parts weighed on one scale add up to what was put in, with the doubt that the books will see in it. */
export function closing(given: {
  readonly input: Measured;
  readonly parts_mg: readonly number[];
  readonly scale: { readonly id: string; readonly readings: Readings } | undefined;
}): Closing {
  const { input, parts_mg, scale } = given;
  const parts = parts_mg.map((mg, k) => {
    const doubt = scale && doubtAt(scale.readings, mg);
    const shared = scale ? biasOf(scale.id, scale.readings.calibration) : "";
    return readingOf(mg, doubt ?? { random: 0, shared: 0 }, { own: `part ${k}`, shared });
  });
  const open = combine([[1, input], ...parts.map((part) => [-1, part] as const)]);
  const sd_mg = spread(open);
  const allowed = parts_mg.length + 1;
  const beyond = Math.max(0, Math.abs(open.best) - allowed);
  const sigmas = beyond === 0 ? 0 : sd_mg > 0 ? Math.abs(open.best) / sd_mg : Number.POSITIVE_INFINITY;
  return { missing_mg: open.best, sd_mg, closes: sigmas <= CLOSES_WITHIN };
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
