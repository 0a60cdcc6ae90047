import type { CalibrationResult } from "./calibrate.ts";

type Fit = Omit<CalibrationResult, "warnings">;

/** Above this two parameters are called one: the long axis of their ellipse is ten times the short one. */
const correlated = 0.98;
/** Above this a parameter is known to no better than a factor of about three. */
const loose = 1;
/** A model that misses systematically leaves neighbours alike; noise gives at most about 2 / sqrt(readings). */
const alike = 0.5;
const poor_chi2 = 2;

const round = (value: number): string => value.toPrecision(3);

/** What the reader of a fit should know before using its numbers. */
export function warningsOf(fit: Fit, open: readonly { name: string; share: number }[][]): string[] {
  const warnings: string[] = [];
  const names = Object.keys(fit.parameters);
  for (const direction of open)
    warnings.push(
      `the data do not fix ${direction.map(({ name }) => name).join(" and ")}: another experiment is needed, or hold one`,
    );
  for (const { pair, power, sd_relative } of fit.together) {
    const r = fit.correlation[names.indexOf(pair[0])]![names.indexOf(pair[1])]!;
    if (Math.abs(r) <= correlated) continue;
    const known = power === null ? pair[1] : `${pair[0]} x ${pair[1]}^${round(power)}`;
    warnings.push(
      `the data cannot tell ${pair[0]} from ${pair[1]} (correlation ${r.toFixed(3)}): they trade, and only ${known} is known, to ${round(100 * sd_relative)} %`,
    );
  }
  for (const [name, { sd_relative, at_bound, profile }] of Object.entries(fit.parameters)) {
    const [low, high] = profile?.interval_90 ?? [0, 0];
    const missing = [...(low === null ? ["below"] : []), ...(high === null ? ["above"] : [])];
    if (missing.length > 0)
      warnings.push(
        `the data set no limit to ${name} ${missing.join(" or ")} within its bounds: its profile never rises to 90 %`,
      );
    if (at_bound)
      warnings.push(`${name} lies at its ${at_bound}: its uncertainty holds inside the bounds only`);
    if (sd_relative > loose) warnings.push(`${name} is hardly constrained by the data`);
  }
  for (const { experiment, species, autocorrelation, residual } of fit.curves)
    if (autocorrelation > Math.max(alike, 2 / Math.sqrt(residual.length)))
      warnings.push(
        `residuals of ${species} in ${experiment} run together (${autocorrelation.toFixed(2)}): the model misses something and the uncertainties are too small`,
      );
  if (fit.error === "stated" && fit.chi2_reduced > poor_chi2)
    warnings.push(
      `reduced chi squared is ${round(fit.chi2_reduced)}: the curves scatter more than stated, and the uncertainties are widened`,
    );
  if (fit.numerics.shift_over_sd > loose)
    warnings.push(
      `twice the cells would move a parameter by ${round(fit.numerics.shift_over_sd)} of its uncertainty: ask for more cells`,
    );
  if (!fit.converged) warnings.push("the fit had not settled when its rounds ended");
  return warnings;
}
