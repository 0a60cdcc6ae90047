import { assert } from "../quantity/index.ts";
import type { Agreement, AssayRule } from "./agreement.ts";
import { type Calculation, constant, minus, over, plus, times } from "./arithmetic.ts";
import { Decimal, decimalText } from "./decimals.ts";
import type { LineBook } from "./line-book.ts";
import type { ElementReadings, Reading } from "./lot-reading.ts";
import { ASSAY_PARTIES } from "./parties.ts";
import type { ElementOutcome } from "./statement.ts";
import { applyUmpireRule, decideSplit, type FinalFrom, umpirePaidBy } from "./umpire.ts";

interface Exchange {
  readonly element: string;
  readonly splitting_limit_pct: string;
  readonly readings: ElementReadings;
}

/** Writes the lines from two or three assays to the one that settles, `ELEMENT.final_assay` (SPEC S9 to S16). */
export function settleAssay(book: LineBook, { assay_rule }: Agreement, exchange: Exchange): ElementOutcome {
  const { element, readings } = exchange;
  writeReadings(book, exchange, assay_rule);
  const { supplier, processor } = readings;
  if (!supplier || !processor) return bindToOther(book, element, supplier ? "supplier" : "processor");
  if (assay_rule.final_assay !== undefined) return byTerms(book, element, assay_rule.final_assay);
  if (supplier.below_pct !== undefined && processor.below_pct !== undefined)
    return agreeOnNothing(book, element, { supplier, processor });
  const limit = `${element}.splitting_limit`;
  const { difference, decision } = writeDifference(book, element, { supplier, processor });
  const within = decision(book.valueOf(limit)) === "split";
  const outcome = within ? "split" : readings.umpire ? "umpire_applied" : "umpire_due";
  book.decided({
    id: `${element}.decision`,
    label: `${element}: split or umpire`,
    value: outcome,
    why: `${decimalText(difference)} % ${within ? "does not exceed" : "exceeds"} ${exchange.splitting_limit_pct} %`,
    inputs: [`${element}.difference`, limit],
  });
  if (outcome === "split") return splitBetween(book, element, assay_rule);
  if (readings.umpire)
    return applyUmpire(book, element, { assay_rule, supplier, processor, umpire: readings.umpire });
  return awaitUmpire(book, element, { assay_rule, supplier, processor });
}

function writeReadings(
  book: LineBook,
  { element, readings, splitting_limit_pct }: Exchange,
  rule: AssayRule,
): void {
  for (const party of ASSAY_PARTIES) {
    const reading = readings[party];
    if (!reading) continue;
    const counted = rule.below_detection === "zero" ? "zero" : "half the limit";
    const below =
      reading.below_pct === undefined ? "" : ` (below ${reading.below_pct} %, counted as ${counted})`;
    const label = `${element} by the ${party}${below}`;
    book.given({ id: `${element}.${party}`, label, unit: "%" }, "measured", reading.value_pct, reading.text);
  }
  const label = `${element}: splitting limit`;
  const limit = new Decimal(splitting_limit_pct);
  book.given({ id: `${element}.splitting_limit`, label, unit: "%" }, "term", limit, splitting_limit_pct);
}

function writeDifference(book: LineBook, element: string, two: { supplier: Reading; processor: Reading }) {
  const ids = [`${element}.supplier`, `${element}.processor`];
  const [high, low] = two.supplier.value_pct.gte(two.processor.value_pct) ? ids : [...ids].reverse();
  assert(high && low, "two parties exchanged");
  const line = {
    id: `${element}.difference`,
    label: `${element}: difference`,
    unit: "%",
    shown: "assay_pct",
  } as const;
  book.computed(line, minus(book.figureOf(high), book.figureOf(low)), ids);
  // Decided on the assays themselves: a difference rounded for display must not turn a dispute into a split.
  const exact = decideSplit(two.supplier.value_pct, two.processor.value_pct, new Decimal(0)).difference_pct;
  const decision = (limit: Decimal) =>
    decideSplit(two.supplier.value_pct, two.processor.value_pct, limit).decision;
  return { difference: exact, decision };
}

const finalLine = (element: string, label: string) =>
  ({ id: `${element}.final_assay`, label: `${element}: ${label}`, unit: "%", shown: "assay_pct" }) as const;

function bindToOther(book: LineBook, element: string, party: "supplier" | "processor"): ElementOutcome {
  const absent = party === "supplier" ? "processor" : "supplier";
  const from = `${element}.${party}`;
  book.decided({
    id: `${element}.decision`,
    label: `${element}: split or umpire`,
    value: "other_conclusive",
    why: `the ${absent} did not exchange in time and is bound by the ${party}'s assay`,
    inputs: [from],
  });
  const final = book.computed(finalLine(element, "final assay"), book.figureOf(from), [from]);
  return { element, status: "other_conclusive", final_pct: decimalText(final) };
}

/** The terms say whose assay is final before anything is compared (SPEC S9). */
function byTerms(book: LineBook, element: string, party: "supplier" | "processor"): ElementOutcome {
  const from = `${element}.${party}`;
  book.decided({
    id: `${element}.decision`,
    label: `${element}: split or umpire`,
    value: "final_by_terms",
    why: `the terms make the ${party}'s assay final`,
    inputs: [from],
  });
  const final = book.computed(finalLine(element, "final assay"), book.figureOf(from), [from]);
  return { element, status: "final_by_terms", final_pct: decimalText(final) };
}

/** Two blanks agree, however far apart their limits: the lower one says more, and settles as the terms count it (SPEC S15). */
function agreeOnNothing(
  book: LineBook,
  element: string,
  two: { readonly supplier: Reading; readonly processor: Reading },
): ElementOutcome {
  const lower = new Decimal(two.processor.below_pct ?? 0).lt(two.supplier.below_pct ?? 0)
    ? "processor"
    : "supplier";
  const inputs = [`${element}.supplier`, `${element}.processor`];
  book.decided({
    id: `${element}.decision`,
    label: `${element}: split or umpire`,
    value: "both_below",
    why: `both found less than they can detect, which is no difference; the ${lower}'s limit of ${two[lower].below_pct} % is not above the other`,
    inputs,
  });
  const final = book.computed(
    finalLine(element, "final assay"),
    book.figureOf(`${element}.${lower}`),
    inputs,
  );
  return { element, status: "both_below", final_pct: decimalText(final) };
}

function splitBetween(book: LineBook, element: string, { when_within_limit }: AssayRule): ElementOutcome {
  const ids = [`${element}.supplier`, `${element}.processor`] as const;
  const [supplier, processor] = [book.figureOf(ids[0]), book.figureOf(ids[1])];
  const split =
    when_within_limit === "mean"
      ? over(plus(supplier, processor), constant("2"))
      : weighted(supplier, processor, when_within_limit.weight_supplier);
  const final = book.computed(finalLine(element, "final assay"), split, ids);
  return { element, status: "split", final_pct: decimalText(final) };
}

const weighted = (supplier: Calculation, processor: Calculation, weight: string): Calculation =>
  plus(times(supplier, constant(weight)), times(processor, minus(constant("1"), constant(weight))));

interface ThreeReadings {
  readonly assay_rule: AssayRule;
  readonly supplier: Reading;
  readonly processor: Reading;
  readonly umpire: Reading;
}

function applyUmpire(book: LineBook, element: string, three: ThreeReadings): ElementOutcome {
  const rule = three.assay_rule.umpire_rule;
  const assays = {
    supplier_pct: three.supplier.value_pct,
    processor_pct: three.processor.value_pct,
    umpire_pct: three.umpire.value_pct,
  };
  const { from } = applyUmpireRule(rule, assays);
  const inputs = ASSAY_PARTIES.map((party) => `${element}.${party}`);
  const line = finalLine(element, `final assay by umpire rule ${rule}`);
  const final = book.computed(line, finalCalculation(book, element, from), inputs);
  const paid_by = umpirePaidBy(assays);
  return {
    element,
    status: "umpire_applied",
    umpire_rule: rule,
    umpire_paid_by: paid_by,
    final_pct: decimalText(final),
  };
}

function finalCalculation(book: LineBook, element: string, from: FinalFrom): Calculation {
  const of = (party: string) => book.figureOf(`${element}.${party}`);
  const two = constant("2");
  switch (from) {
    case "supplier":
    case "processor":
    case "umpire":
      return of(from);
    case "mean_of_umpire_and_supplier":
      return over(plus(of("umpire"), of("supplier")), two);
    case "mean_of_umpire_and_processor":
      return over(plus(of("umpire"), of("processor")), two);
    case "mean_of_three":
      return over(plus(of("supplier"), of("processor"), of("umpire")), constant("3"));
  }
}

function awaitUmpire(book: LineBook, element: string, two: Omit<ThreeReadings, "umpire">): ElementOutcome {
  const which = two.assay_rule.provisional_assay;
  const ids = [`${element}.supplier`, `${element}.processor`] as const;
  const lower = two.supplier.value_pct.lte(two.processor.value_pct) ? "supplier" : "processor";
  const used =
    which === "mean"
      ? over(plus(book.figureOf(ids[0]), book.figureOf(ids[1])), constant("2"))
      : book.figureOf(`${element}.${which === "lower" ? lower : which}`);
  const final = book.computed(finalLine(element, "assay used until the umpire reports"), used, ids);
  return { element, status: "umpire_due", final_pct: decimalText(final) };
}
