import { type Agreement, type PenaltyTerms, TOLL_BASES, type TollBasis } from "./agreement.ts";
import { TOLL_BASIS_TEXT } from "./agreement-prose.ts";
import { type Calculation, constant, figure, minus, over, times } from "./arithmetic.ts";
import { Decimal, decimalText, roundTo } from "./decimals.ts";
import type { LineBook } from "./line-book.ts";
import { penaltySteps } from "./penalty.ts";
import type { AmountDue, ElementOutcome, Statement } from "./statement.ts";

/** The line that holds the mass a toll basis counts. */
const BASIS_LINE: Readonly<Record<TollBasis, string>> = {
  returned_oxide: "total.returnable_oxide",
  dry_feed: "dry_weight",
  wet_feed: "net_wet",
  contained_metal: "total.contained_metal",
};

/** The same of a lot a part of which is settled elsewhere. */
const TO_SETTLE_LINE: Readonly<Record<TollBasis, string>> = {
  returned_oxide: "total.returnable_oxide",
  dry_feed: "dry_weight_to_settle",
  wet_feed: "net_wet_to_settle",
  contained_metal: "total.to_settle",
};

interface Charging {
  readonly outcomes: readonly ElementOutcome[];
  readonly provisional: boolean;
  /** A part of its metal is settled elsewhere, and was charged for there. */
  readonly partly: boolean;
}

/** Writes toll, penalties, umpire costs and what is due (SPEC S4, S6, S12, S20, S23, S24). */
export function writeCharges(
  book: LineBook,
  agreement: Agreement,
  { outcomes, provisional, partly }: Charging,
): Pick<Statement, "amount_due" | "due"> {
  const basis = partly ? TO_SETTLE_LINE : BASIS_LINE;
  const charges = [
    writeToll(book, agreement, basis),
    ...agreement.penalties.map((terms) => writePenalty(book, agreement, { terms, basis })),
  ];
  const unit = agreement.currency;
  const label = "Charges to the supplier";
  book.total({ id: "charges", label, unit, shown: "money" }, charges);
  const amount = writeAmountDue(book, agreement, provisional);
  const due: AmountDue[] = [];
  if (!amount.isZero()) {
    const [from, to] = amount.isNegative()
      ? (["processor", "supplier"] as const)
      : (["supplier", "processor"] as const);
    due.push({
      from,
      to,
      amount: decimalText(amount.abs()),
      for: provisional ? "provisional share of the charges" : "charges",
    });
  }
  return { amount_due: decimalText(amount), due: [...due, ...writeUmpireCosts(book, agreement, outcomes)] };
}

function writeToll(book: LineBook, agreement: Agreement, line_of: typeof BASIS_LINE): string {
  const { toll, currency } = agreement;
  const rate = { id: "toll.rate", label: "Toll agreed", unit: `${currency}/kg` };
  book.given(rate, "term", new Decimal(toll.amount_per_kg), toll.amount_per_kg);
  const tollOn = (basis: TollBasis): Calculation =>
    times(book.figureOf(line_of[basis]), book.figureOf("toll.rate"));
  const inputsOf = (basis: TollBasis) => [line_of[basis], "toll.rate"];
  const label = `Toll per kg of ${TOLL_BASIS_TEXT[toll.basis]}`;
  const line = { id: "toll", label, unit: currency, shown: "money" } as const;
  book.computed(line, tollOn(toll.basis), inputsOf(toll.basis), "charge");
  for (const basis of TOLL_BASES) {
    if (basis === toll.basis) continue;
    const other = `For information: the same rate per kg of ${TOLL_BASIS_TEXT[basis]}`;
    const information = { id: `toll.on_${basis}`, label: other, unit: currency, shown: "money" } as const;
    book.computed(information, tollOn(basis), inputsOf(basis), "information");
  }
  return "toll";
}

function writePenalty(
  book: LineBook,
  agreement: Agreement,
  { terms, basis }: { readonly terms: PenaltyTerms; readonly basis: typeof BASIS_LINE },
): string {
  const { element } = terms;
  const assay = `${element}.final_assay`;
  const steps = `${element}.penalty_steps`;
  const label = `${element}: steps above ${terms.threshold_pct} %`;
  book.computed(
    { id: steps, label, unit: "", shown: "fraction" },
    penaltySteps(book.figureOf(assay), terms),
    [assay],
  );
  const feed = basis[terms.basis];
  const tonnes = over(book.figureOf(feed), constant("1000"));
  const charge = {
    id: `${element}.penalty`,
    label: `${element}: penalty`,
    unit: agreement.currency,
    shown: "money",
  } as const;
  book.computed(
    charge,
    times(book.figureOf(steps), constant(terms.charge_per_t), tonnes),
    [steps, feed],
    "charge",
  );
  return charge.id;
}

/** The charges, or the provisional share of them, rounded once to money, with what the rounding moved on its own line. */
function writeAmountDue(book: LineBook, agreement: Agreement, provisional: boolean): Decimal {
  const unit = agreement.currency;
  const { rounding } = agreement;
  let from = "charges";
  if (provisional) {
    const share = agreement.provisional_pct ?? "0";
    from = "provisional_charges";
    const label = `Share due provisionally, ${share} %`;
    const calculation = over(times(book.figureOf("charges"), constant(share)), constant("100"));
    book.computed({ id: from, label, unit, shown: "money" }, calculation, ["charges"]);
  }
  const carried = book.figureOf(from);
  const rounded = roundTo(book.valueOf(from), rounding.display.money, rounding.mode);
  const mode = rounding.mode === "half_up" ? "half away from zero" : "half to even";
  const label = `Rounding of the amount due to ${rounding.display.money} decimal places, ${mode}`;
  const moved = minus(figure(rounded, unit), carried);
  book.roundingLine({ id: "amount_due.rounding", label, unit }, moved, [from]);
  const sum: Calculation = { op: "+", parts: [carried, book.figureOf("amount_due.rounding")] };
  const line = { id: "amount_due", label: "Amount due from the supplier", unit, shown: "money" } as const;
  return book.computed(line, sum, [from, "amount_due.rounding"], "due");
}

/** Each party owes its share to the umpire; nothing of it passes between the parties (SPEC S12). */
function writeUmpireCosts(
  book: LineBook,
  agreement: Agreement,
  outcomes: readonly ElementOutcome[],
): AmountDue[] {
  const cost = agreement.assay_rule.umpire_cost;
  const umpired = outcomes.filter((outcome) => outcome.umpire_paid_by !== undefined);
  if (!cost || umpired.length === 0) return [];
  const line = { id: "umpire_cost", label: "Umpire's cost for each element", unit: agreement.currency };
  book.given(line, "term", new Decimal(cost.amount), cost.amount);
  return umpired.flatMap(({ element, umpire_paid_by: payer }) => {
    const whole = book.figureOf("umpire_cost");
    if (payer !== "shared") return [writeShare(book, { element, from: payer ?? "supplier", share: whole })];
    const supplier = writeShare(book, { element, from: "supplier", share: over(whole, constant("2")) });
    const rest = minus(whole, figure(new Decimal(supplier.amount), agreement.currency));
    return [supplier, writeShare(book, { element, from: "processor", share: rest })];
  });
}

function writeShare(
  book: LineBook,
  { element, from, share }: { element: string; from: "supplier" | "processor"; share: Calculation },
): AmountDue {
  const id = `${element}.umpire_cost_${from}`;
  const label = `${element}: umpire's cost borne by the ${from}`;
  const parties = ["supplier", "processor", "umpire"].map((party) => `${element}.${party}`);
  const unit = book.unitOf("umpire_cost");
  book.computed({ id, label, unit, shown: "money" }, share, ["umpire_cost", ...parties], "due");
  const amount = decimalText(book.roundedOf(id, "money"));
  return { from, to: "umpire", amount, for: `umpire's assay of ${element}` };
}
