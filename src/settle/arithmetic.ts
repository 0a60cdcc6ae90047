import { Decimal, decimalText, divide } from "./decimals.ts";

/**
 * A small calculation as data. Its value and the text that is printed beside it both come from this one tree,
 * so what a statement says was calculated is what was calculated.
 */
export type Calculation =
  | { readonly op: "number"; readonly value: Decimal; readonly text: string; readonly unit: string }
  | { readonly op: "+" | "-" | "x" | "/" | "roundup"; readonly parts: readonly Calculation[] };

/** A figure with the text it was given in; a figure without text is printed shortened (see `printCalculation`). */
export const figure = (value: Decimal, unit = "", text = ""): Calculation => ({
  op: "number",
  value,
  text,
  unit,
});
/** A figure of the rule itself, such as the 100 of a percentage. */
export const constant = (text: string): Calculation => figure(new Decimal(text), "", text);

export const plus = (...parts: Calculation[]): Calculation => ({ op: "+", parts });
export const minus = (left: Calculation, right: Calculation): Calculation => ({
  op: "-",
  parts: [left, right],
});
export const times = (...parts: Calculation[]): Calculation => ({ op: "x", parts });
/** The next whole number, for what is counted by steps begun. */
export const roundUp = (part: Calculation): Calculation => ({ op: "roundup", parts: [part] });
export const over = (left: Calculation, right: Calculation): Calculation => ({
  op: "/",
  parts: [left, right],
});

/** The value: sums, differences and products exact, each quotient carried to 30 places (SPEC S2). */
export function evaluate(calculation: Calculation): Decimal {
  if (calculation.op === "number") return calculation.value;
  const [first, ...rest] = calculation.parts.map(evaluate);
  const start = first ?? new Decimal(0);
  switch (calculation.op) {
    case "+":
      return rest.reduce((a, b) => a.plus(b), start);
    case "-":
      return rest.reduce((a, b) => a.minus(b), start);
    case "x":
      return rest.reduce((a, b) => a.times(b), start);
    case "/":
      return rest.reduce(divide, start);
    case "roundup":
      return start.ceil();
  }
}

/** The calculation with every figure cut to so many places, as a reader with only the printed text would have it. */
export function asPrinted(calculation: Calculation, places: number): Calculation {
  if (calculation.op !== "number") {
    return { op: calculation.op, parts: calculation.parts.map((part) => asPrinted(part, places)) };
  }
  return calculation.text === "" ? { ...calculation, value: cut(calculation.value, places) } : calculation;
}

const cut = (value: Decimal, places: number) => value.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);

const STRENGTH = { "+": 1, "-": 1, x: 2, "/": 2, number: 3, roundup: 3 } as const;

/** As one line of text; figures that do not end are printed to so many places. */
export function printCalculation(calculation: Calculation, places: number): string {
  if (calculation.op === "number") {
    const text = calculation.text === "" ? decimalText(cut(calculation.value, places)) : calculation.text;
    const figureText = calculation.unit === "" ? text : `${text} ${calculation.unit}`;
    return text.startsWith("-") ? `(${figureText})` : figureText;
  }
  if (calculation.op === "roundup") {
    return `roundup(${calculation.parts.map((part) => printCalculation(part, places)).join(", ")})`;
  }
  const strength = STRENGTH[calculation.op];
  return calculation.parts
    .map((part, i) => {
      const bare = STRENGTH[part.op] > strength || (STRENGTH[part.op] === strength && i === 0);
      const text = printCalculation(part, places);
      return bare ? text : `(${text})`;
    })
    .join(` ${calculation.op} `);
}
