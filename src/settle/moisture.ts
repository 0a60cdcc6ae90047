import type { Agreement } from "./agreement.ts";
import { Decimal, decimalText } from "./decimals.ts";
import type { LineBook } from "./line-book.ts";

/** One laboratory's moisture, in percent. */
export interface MoistureReading {
  readonly pct: string;
}

/** What two laboratories found of the moisture where they differ by more than a mean may settle, and what counts until that is over. */
export interface MoistureDispute {
  readonly status: "umpire_due" | "umpire_applied" | "final_by_terms";
  readonly pct: string;
  /** The higher one, which leaves the least metal: neither disputes that this much is there. */
  readonly higher_pct: string;
  readonly readings: readonly { readonly by: "supplier" | "processor" | "umpire"; readonly pct: string }[];
  readonly why: string;
}

/**
 * Where the terms name no limit: a percentage point. A laboratory's own doubt widens it by nothing: as one firm's word it counts as
 * 0.2 percentage points at most, and three standard uncertainties of two such lie within it.
 */
const LIMIT_PCT = 1;

function limitOf({ moisture_limit_pct }: Agreement): { readonly limit: Decimal; readonly named: string } {
  return moisture_limit_pct === undefined
    ? { limit: new Decimal(LIMIT_PCT), named: "no term" }
    : { limit: new Decimal(moisture_limit_pct), named: "the terms" };
}

/** Whether the moistures of two laboratories differ by more than the terms let a mean settle (SPEC S52). */
export function moistureDispute(
  agreement: Agreement,
  found: { readonly [P in "supplier" | "processor" | "umpire"]?: MoistureReading | undefined },
): MoistureDispute | undefined {
  const { supplier, processor, umpire } = found;
  if (!supplier || !processor) return undefined;
  const { limit, named } = limitOf(agreement);
  const [s, p] = [new Decimal(supplier.pct), new Decimal(processor.pct)];
  const difference = s.minus(p).abs();
  if (difference.lte(limit)) return undefined;
  const higher = Decimal.max(s, p);
  const why = `${decimalText(difference)} % exceeds ${decimalText(limit.toDecimalPlaces(4))} % (${named})`;
  const readings = (["supplier", "processor", "umpire"] as const).flatMap((by) =>
    found[by] ? [{ by, pct: found[by].pct }] : [],
  );
  const rest = { higher_pct: decimalText(higher), readings, why };
  const { final_assay, provisional_assay } = agreement.assay_rule;
  const of = { supplier: s, processor: p };
  if (final_assay) return { status: "final_by_terms", pct: decimalText(of[final_assay]), ...rest };
  if (umpire) return { status: "umpire_applied", pct: umpire.pct, ...rest };
  const used = { ...of, lower: higher, mean: s.plus(p).div(2) }[provisional_assay];
  return { status: "umpire_due", pct: decimalText(used), ...rest };
}

/** Writes what the laboratories found beside the moisture that is settled on. */
export function writeMoistureDispute(book: LineBook, dispute: MoistureDispute | undefined): void {
  if (!dispute) return;
  for (const { by, pct } of dispute.readings) {
    const line = { id: `moisture.${by}`, label: `Moisture by the ${by}`, unit: "%" };
    book.given(line, "measured", new Decimal(pct), pct);
  }
  book.decided({
    id: "moisture.decision",
    label: "Moisture: mean or umpire",
    value: dispute.status,
    why: dispute.why,
    inputs: dispute.readings.map(({ by }) => `moisture.${by}`),
  });
}

/** What a statement says of a moisture that waits for the umpire. */
export const moistureNotes = (dispute: MoistureDispute | undefined): string[] =>
  dispute?.status === "umpire_due"
    ? [
        `Moisture: the two laboratories differ, ${dispute.why}; this statement is provisional until the umpire reports one or both firms agree one.`,
      ]
    : [];
