import { isRareEarth } from "../../chemistry/elements.ts";
import type { LineIdentity } from "../../identify/index.ts";

/** The worth of knowing is against these until the reader says otherwise: a limit and a price of the example in the brief of a lot. */
export const STAKES = { wt_pct_min: 28, usd_per_kg_ree: 60 };
export type Stakes = typeof STAKES;

/** What could be measured next, with what it costs and how well it does: estimates of the trade, grade C. */
const MEASUREMENTS = [
  { kind: "handheld XRF of bare magnets", sd_wt_pct: 1, bias_sd_wt_pct: 0.5, cost_usd: 5 },
  { kind: "laboratory ICP of a composite", sd_wt_pct: 0.5, bias_sd_wt_pct: 0.2, cost_usd: 120 },
];

/** Pieces by the row of the prior table that stands for them; one family a row, as what is not told apart does not average out. */
export function unitsOf(lines: readonly LineIdentity[]) {
  const counts = new Map<string, number>();
  for (const line of lines)
    if (line.magnets.length > 0)
      counts.set(line.prior_class, (counts.get(line.prior_class) ?? 0) + line.quantity);
  return [...counts].map(([prior_class, count]) => ({ family: prior_class, prior_class, count }));
}

/** The question put to the lot: does it meet the limit, and is anything worth measuring first? */
export const lotQuestion = (lines: readonly LineIdentity[], stakes: Stakes) => ({
  units: unitsOf(lines),
  evidence: [],
  limit: { total_ree: true, wt_pct_min: stakes.wt_pct_min },
  stakes: { usd_per_kg_ree: stakes.usd_per_kg_ree },
  measurements: MEASUREMENTS,
  seed: 1,
});

/** Rare earths of a line together: the sums of the ends are wider than the sum's own ends, so only the best is added. */
export function rareEarths_g(line: LineIdentity): number {
  return Object.entries(line.elements_g).reduce(
    (sum, [element, held]) => (isRareEarth(element) ? sum + (held?.best ?? 0) : sum),
    0,
  );
}

/** Lines somebody should look at first: unknown ones, then the least sure, each weighed by its pieces. */
export function worthALook(lines: readonly LineIdentity[]): readonly number[] {
  return lines
    .map((line, i) => ({
      i,
      doubt: line.line.trim() === "" ? 0 : (1 - (line.class === "unknown" ? 0 : line.p)) * line.quantity,
    }))
    .filter(({ doubt }) => doubt > 0.05)
    .sort((a, b) => b.doubt - a.doubt)
    .map(({ i }) => i);
}

/** A probability in whole percents: a judgement calibrated on some thousand lines has no more digits to show. */
export function sureText(p: number): string {
  if (p >= 1) return "stated";
  return p > 0.99 ? "> 99 %" : `${Math.round(p * 100)} %`;
}
