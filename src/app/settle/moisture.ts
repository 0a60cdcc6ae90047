import { Decimal } from "decimal.js";
import type { AssayReported, Sample } from "../../assay/index.ts";
import { refuse } from "../../quantity/index.ts";
import {
  type Agreement,
  figureOf,
  type LotStatements,
  lastFinal,
  type MoistureDispute,
  type MoistureReading,
  moistureDispute,
  sameFigure,
} from "../../settle/index.ts";

/** Nobody settles on moisture that one firm alone states. */
export const moistureMissing = () =>
  refuse(
    "moisture_missing",
    "moisture_pct",
    "no laboratory reported moisture: one of them corrects its report with it, once the other firm consents",
  );

/** The moisture a lot is settled on, and what is in dispute of it. */
export interface MoistureKnown {
  readonly pct: string;
  readonly dispute?: MoistureDispute;
}

/**
 * What both firms agreed of a lot that is settled on this sample; else the mean of what the laboratories reported, or, where they
 * differ by more than the terms let a mean settle, what the umpire found or what counts until it does (S52).
 */
export function moistureUnder(
  agreement: Agreement,
  { sample, statements }: { readonly sample: Sample; readonly statements: LotStatements | undefined },
): MoistureKnown | undefined {
  const settled = statements?.sample === sample.sample ? statements : undefined;
  if (settled?.moisture_pct !== undefined) return { pct: settled.moisture_pct };
  const mean = meanMoisture(sample);
  if (mean === undefined) {
    const pct = figureOf(settled?.issued.at(-1), "moisture");
    return pct === undefined ? undefined : { pct };
  }
  if (settled && finalOnMean(settled, mean)) return { pct: mean };
  const { supplier, processor, umpire } = sample.reports;
  const dispute = moistureDispute(agreement, {
    ...{ supplier: readingOf(supplier), processor: readingOf(processor), umpire: readingOf(umpire) },
  });
  return dispute ? { pct: dispute.pct, dispute } : { pct: mean };
}

/** A lot that was final on the mean before differences of moisture were looked at stays so. */
function finalOnMean(statements: LotStatements, mean: string): boolean {
  const lines = lastFinal(statements)?.lines ?? [];
  const moisture = lines.find(({ id }) => id === "moisture")?.value;
  const decided = lines.some(({ id }) => id === "moisture.decision");
  return moisture !== undefined && !decided && sameFigure(moisture, mean);
}

const text = (figure: number): string => new Decimal(figure).toDecimalPlaces(12).toFixed();

function readingOf(report: AssayReported | undefined): MoistureReading | undefined {
  const moisture = report?.moisture_pct;
  return moisture && { pct: text(moisture.best) };
}

function meanMoisture(sample: Sample): string | undefined {
  const { supplier, processor } = sample.reports;
  const readings = [supplier, processor].flatMap((r) => (r?.moisture_pct ? [r.moisture_pct.best] : []));
  if (readings.length === 0) return undefined;
  return readings
    .reduce((sum, x) => sum.plus(x), new Decimal(0))
    .div(readings.length)
    .toFixed();
}

/** Whether a lot waits for a moisture: of the umpire, or agreed by both. */
export const waitsForMoisture = (statements: LotStatements | undefined): boolean =>
  statements?.issued.at(-1)?.statement.umpire_due.includes("moisture") ?? false;
