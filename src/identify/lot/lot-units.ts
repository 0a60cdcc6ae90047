import type { LineIdentity } from "../line/identify-line.ts";
import { possibleParts } from "../line/identify-line.ts";
import { magnetFamily } from "../line/magnet-family.ts";
import { readLine } from "../reading/reading.ts";
import type { LotUnits } from "./lot-totals.ts";

/**
 * The units of a lot made of identified lines: families shared, stated hard drives and doubt of the class kept.
 * Lines without a prior row come along and are named in `not_counted` of the totals.
 */
export function lotUnitsOf(lines: readonly LineIdentity[]): LotUnits[] {
  return lines.map((line) => ({
    family: magnetFamily(line),
    prior_class: line.prior_class,
    count: line.quantity,
    parts: possibleParts(line, readLine(line.line)),
  }));
}
