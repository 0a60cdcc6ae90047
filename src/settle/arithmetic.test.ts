import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Calculation,
  constant,
  evaluate,
  figure,
  over,
  plus,
  printCalculation,
  times,
} from "./arithmetic.ts";
import { Decimal, decimalText, divide, parseDecimal, roundTo } from "./decimals.ts";
import { recompute, roundFraction } from "./second-computation.ts";

test("S1: a decimal is text without exponent, comma or blank", () => {
  for (const good of ["0", "22.40", "-40", "123456789012.123456789012"]) assert.ok(parseDecimal(good), good);
  const bad = [
    "",
    " 1",
    "1e3",
    "1,5",
    "+1",
    ".5",
    "5.",
    "NaN",
    "Infinity",
    "0x10",
    "1234567890123",
    "1.1234567890123",
  ];
  for (const text of [...bad, 1, null, undefined, {}])
    assert.equal(parseDecimal(text), undefined, String(text));
});

test("S2: sums and products are exact, where binary floats are not", () => {
  const sum = plus(constant("0.1"), constant("0.2"));
  assert.equal(decimalText(evaluate(sum)), "0.3");
  assert.equal(
    decimalText(evaluate(times(constant("123456789012.123456789012"), constant("0.000000000001")))),
    "0.123456789012123456789012",
  );
  assert.equal(decimalText(divide(new Decimal(2), new Decimal(3))), "0.666666666666666666666666666667");
  assert.equal(decimalText(evaluate(over(constant("1"), constant("8")))), "0.125");
});

test("S3: half up is half away from zero, half even is not", () => {
  const at = (text: string, mode: "half_up" | "half_even") =>
    decimalText(roundTo(new Decimal(text), 2, mode));
  assert.deepEqual([at("0.125", "half_up"), at("0.125", "half_even")], ["0.13", "0.12"]);
  assert.deepEqual([at("-0.125", "half_up"), at("-0.125", "half_even")], ["-0.13", "-0.12"]);
  assert.deepEqual([at("0.135", "half_up"), at("0.135", "half_even")], ["0.14", "0.14"]);
  assert.equal(at("-0.001", "half_up"), "0");
});

const amount = fc.integer({ min: -99_999, max: 99_999 }).map((n) => new Decimal(n).div(100));
const calculation = fc.letrec<{ tree: Calculation }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    amount.map((value) => figure(value, "kg")),
    fc
      .tuple(fc.constantFrom("+", "-", "x" as const), fc.array(tie("tree"), { minLength: 2, maxLength: 3 }))
      .map(([op, parts]) => ({ op, parts }) as Calculation),
    tie("tree").map((part) => over(part, constant("8"))),
  ),
})).tree;

test("S21: what is printed means what was computed, brackets and all", () => {
  fc.assert(
    fc.property(calculation, (tree) => {
      const printed = roundFraction(recompute(printCalculation(tree, 30)), 30, "half_even");
      assert.equal(printed, decimalText(evaluate(tree)));
    }),
  );
});
