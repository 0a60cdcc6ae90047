/**
 * For tests: evaluates the arithmetic a statement prints, from its text alone, in whole-number fractions.
 * It shares no code with the room it checks: no decimal library, no calculation tree.
 */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const made = (over: bigint, under: bigint): Fraction => {
  if (under === 0n) throw new Error("division by zero in printed arithmetic");
  return under < 0n ? { over: -over, under: -under } : { over, under };
};

/** A decimal text as a fraction. */
export function fractionOf(text: string): Fraction {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) throw new Error(`not a decimal: ${text}`);
  const digits = found[3] ?? "";
  const over = BigInt(`${found[2]}${digits}`);
  return made(found[1] === "-" ? -over : over, 10n ** BigInt(digits.length));
}

export const add = (a: Fraction, b: Fraction): Fraction =>
  made(a.over * b.under + b.over * a.under, a.under * b.under);
export const negate = (a: Fraction): Fraction => made(-a.over, a.under);
export const equal = (a: Fraction, b: Fraction): boolean => a.over * b.under === b.over * a.under;

const multiply = (a: Fraction, b: Fraction) => made(a.over * b.over, a.under * b.under);
const divide = (a: Fraction, b: Fraction) => made(a.over * b.under, a.under * b.over);
const ceil = (a: Fraction) => made(a.over > 0n ? (a.over + a.under - 1n) / a.under : a.over / a.under, 1n);

/** The text's value: numbers with optional units, + - x /, brackets, roundup(). */
export function recompute(text: string): Fraction {
  const bare = text.replace(/(?<=\d )(?!x )[A-Za-z%]+(\/[A-Za-z]+)?/g, "");
  const tokens = bare.match(/\d+(?:\.\d+)?|roundup|[-+/()]|(?<= )x(?= )/g) ?? [];
  let at = 0;
  const take = () => tokens[at++] ?? "";
  const factor = (): Fraction => {
    const token = take();
    if (token === "-") return negate(factor());
    if (token === "roundup") return ceil(factor());
    if (token !== "(") return fractionOf(token);
    const inside = sum();
    if (take() !== ")") throw new Error(`a bracket is not closed in ${text}`);
    return inside;
  };
  const product = (): Fraction => {
    let value = factor();
    while (tokens[at] === "x" || tokens[at] === "/") {
      value = take() === "x" ? multiply(value, factor()) : divide(value, factor());
    }
    return value;
  };
  const sum = (): Fraction => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") {
      value = take() === "+" ? add(value, product()) : add(value, negate(product()));
    }
    return value;
  };
  const value = sum();
  if (at !== tokens.length) throw new Error(`not all of "${text}" was read`);
  return value;
}

/** Rounded to decimal places as text, without zeros at the end. */
export function roundFraction(value: Fraction, places: number, mode: "half_up" | "half_even"): string {
  const scaled = value.over * 10n ** BigInt(places);
  const size = scaled < 0n ? -scaled : scaled;
  const whole = size / value.under;
  const twice = 2n * (size % value.under);
  const up = twice > value.under || (twice === value.under && (mode === "half_up" || whole % 2n === 1n));
  const digits = (up ? whole + 1n : whole).toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`.replace(/\.?0+$/, "");
  return scaled < 0n && text !== "0" ? `-${text}` : text;
}
