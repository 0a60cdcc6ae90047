import { assert } from "../quantity/index.ts";
import type { RoundingTerms } from "./agreement.ts";
import { asPrinted, type Calculation, evaluate, figure, printCalculation } from "./arithmetic.ts";
import { type Decimal, decimalText, QUOTIENT_PLACES, roundTo } from "./decimals.ts";
import type { LineRole, StatementLine } from "./statement.ts";

/** Places to which a figure that does not end is printed inside arithmetic, unless more are needed to arrive at what is shown. */
const PRINTED_PLACES = 12;

export type Shown = "mass_kg" | "money" | "assay_pct" | "fraction";

interface NewLine {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly shown: Shown;
}

/** The lines of one statement as they are written, top down: a line can use only what stands above it (SPEC S21). */
export class LineBook {
  readonly #lines: StatementLine[] = [];
  readonly #figures = new Map<string, { value: Decimal; text: string; unit: string }>();
  readonly #rounding: RoundingTerms;

  constructor(rounding: RoundingTerms) {
    this.#rounding = rounding;
  }

  get lines(): readonly StatementLine[] {
    return this.#lines;
  }

  /** A figure that came from outside: measured, or a term. It is printed as it was written. */
  given(
    line: Omit<NewLine, "shown">,
    role: "measured" | "term",
    value: Decimal,
    text: string,
    arithmetic = role === "term" ? "agreed" : "as reported",
  ): void {
    this.#write({ ...line, role, value: decimalText(value), shown: text, arithmetic, inputs: [] });
    this.#figures.set(line.id, { value, text, unit: line.unit });
  }

  /** A figure computed from lines above; carried as the agreement says (SPEC S3). */
  computed(
    line: NewLine,
    calculation: Calculation,
    inputs: readonly string[],
    role: LineRole = "computed",
  ): Decimal {
    const exact = evaluate(calculation);
    const places = this.#rounding.display[line.shown];
    const rounded = roundTo(exact, places, this.#rounding.mode);
    const value = this.#rounding.carry === "each_step" ? rounded : exact;
    const shown = this.#show(rounded, places);
    const text = this.#print(calculation, places, rounded);
    const unit = line.unit === "" ? "" : ` ${line.unit}`;
    const arithmetic = `${text} = ${shown}${unit}`;
    this.#write({
      id: line.id,
      label: line.label,
      role,
      value: decimalText(value),
      unit: line.unit,
      shown,
      arithmetic,
      inputs,
    });
    this.#figures.set(line.id, { value, text: "", unit: line.unit });
    return value;
  }

  /** A difference that rounding made: its value is exact, and it is shown to twelve places whatever the others are shown to. */
  roundingLine(line: Omit<NewLine, "shown">, calculation: Calculation, inputs: readonly string[]): Decimal {
    const value = evaluate(calculation);
    const shown = decimalText(roundTo(value, PRINTED_PLACES, "half_even"));
    const arithmetic = `${printCalculation(calculation, PRINTED_PLACES)} = ${shown} ${line.unit}`;
    this.#write({ ...line, role: "rounding", value: decimalText(value), shown, arithmetic, inputs });
    this.#figures.set(line.id, { value, text: "", unit: line.unit });
    return value;
  }

  /** A decision and why. */
  decided(line: { id: string; label: string; value: string; why: string; inputs: readonly string[] }): void {
    const { id, label, value, why, inputs } = line;
    const shown = value.replaceAll("_", " ");
    this.#write({ id, label, role: "decision", value, unit: "decision", shown, arithmetic: why, inputs });
  }

  /** The figure of a line above, for use in a calculation. */
  figureOf(id: string): Calculation {
    const found = this.#known(id);
    return figure(found.value, found.unit, found.text);
  }

  valueOf(id: string): Decimal {
    return this.#known(id).value;
  }

  unitOf(id: string): string {
    return this.#known(id).unit;
  }

  /** The figure as shown, rounded; sums of shown parts are made of these. */
  roundedOf(id: string, shown: Shown): Decimal {
    return roundTo(this.valueOf(id), this.#rounding.display[shown], this.#rounding.mode);
  }

  /**
   * A total of lines above, and, when the parts as shown do not add up to it as shown, the difference on a line of its own (SPEC S4).
   */
  total(line: NewLine, parts: readonly string[], role: LineRole = "computed"): Decimal {
    assert(parts.length > 0, "a total has parts");
    const figures = parts.map((id) => this.figureOf(id));
    const value = this.computed(line, { op: "+", parts: figures }, parts, role);
    const shownParts = parts.map((id) => figure(this.roundedOf(id, line.shown), line.unit));
    const shownTotal = figure(this.roundedOf(line.id, line.shown), line.unit);
    const difference: Calculation = { op: "-", parts: [shownTotal, { op: "+", parts: shownParts }] };
    if (!evaluate(difference).isZero()) {
      const id = `${line.id}.rounding_difference`;
      const label = `Rounding difference: ${line.label.toLowerCase()} as shown, less its parts as shown`;
      this.roundingLine({ id, label, unit: line.unit }, difference, [line.id, ...parts]);
    }
    return value;
  }

  #known(id: string): { value: Decimal; text: string; unit: string } {
    const found = this.#figures.get(id);
    assert(found, `line ${id} stands above the line that uses it`);
    return found;
  }

  #show(rounded: Decimal, places: number): string {
    if (this.#rounding.trailing_zeros === "drop") return decimalText(rounded);
    return (rounded.isZero() ? rounded.abs() : rounded).toFixed(places);
  }

  #print(calculation: Calculation, places: number, rounded: Decimal): string {
    const printed = roundTo(evaluate(asPrinted(calculation, PRINTED_PLACES)), places, this.#rounding.mode);
    return printCalculation(calculation, printed.eq(rounded) ? PRINTED_PLACES : QUOTIENT_PLACES * 2);
  }

  #write(line: StatementLine): void {
    assert(!this.#lines.some((written) => written.id === line.id), `line ${line.id} is written once`);
    this.#lines.push(line);
  }
}
