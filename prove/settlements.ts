import assert from "node:assert/strict";
import fc from "fast-check";
import { type Statement, settleLot } from "../src/settle/index.ts";
import {
  add,
  equal,
  type Fraction,
  fractionOf,
  negate,
  recompute,
  roundFraction,
} from "../src/settle/second-computation.ts";
import type { Ask, Counted, Proof } from "./proof.ts";
import { randomSettlement, type SettlementInput } from "./random-settlements.ts";

const OXIDES = ["Nd", "Pr", "Dy", "Tb"].map((element) => `${element}.returnable_oxide`);
const TOTAL = "total.returnable_oxide";

/** A counter-example is told with its seed and what it shrinks to; the same seed and count meet it again. */
export const settlements: Proof = {
  name: "settlements",
  proves:
    "S4 S9 S12 S21: whatever the lot and the terms, the printed arithmetic gives what is shown, lines add up to their totals, and the parties can change places",
  count: 10_000,
  share: 300,
  run,
};

function run({ count, seed, progress }: Ask): Counted {
  let [tried, lines, final] = [0, 0, 0];
  fc.assert(
    fc.property(randomSettlement, (input) => {
      const statement = settled(input);
      checkArithmetic(statement, input);
      checkTotals(statement, input);
      checkChangedPlaces(input);
      tried++;
      lines += statement.lines.length;
      if (statement.status === "final") final++;
      progress(tried);
    }),
    { numRuns: count, seed },
  );
  return {
    "settlements of metal": tried,
    "lines computed a second time": lines,
    final,
    provisional: tried - final,
  };
}

function settled(input: SettlementInput): Statement {
  const result = settleLot(input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function checkArithmetic(statement: Statement, input: SettlementInput): void {
  const { display, mode } = input.agreement.rounding;
  const above = new Set<string>();
  for (const line of statement.lines) {
    for (const used of line.inputs)
      assert.ok(above.has(used), `${line.id} uses ${used}, which stands above it`);
    above.add(line.id);
    const [text, result, rest] = line.arithmetic.split(" = ");
    if (!result || !text) continue;
    assert.equal(rest, undefined);
    assert.equal(result, `${line.shown} ${line.unit}`.trim());
    const places =
      { kg: display.mass_kg, "%": display.assay_pct, "": display.fraction }[line.unit] ?? display.money;
    const shownPlaces = line.role === "rounding" ? 12 : places;
    assert.equal(
      roundFraction(recompute(text), shownPlaces, mode),
      line.shown,
      `${line.id}: ${line.arithmetic}`,
    );
  }
}

function checkTotals(statement: Statement, input: SettlementInput): void {
  const { carry, display } = input.agreement.rounding;
  const sumOf = (ids: readonly string[]): Fraction =>
    ids.map((id) => fractionOf(lineOf(statement, id).value)).reduce(add, fractionOf("0"));
  if (carry === "unrounded") {
    const charges = statement.lines.filter(({ role }) => role === "charge").map(({ id }) => id);
    assert.ok(equal(sumOf(OXIDES), sumOf([TOTAL])), "returnable oxides make their total");
    assert.ok(equal(sumOf(charges), sumOf(["charges"])), "charges make their total");
  }
  const from = statement.status === "final" ? "charges" : "provisional_charges";
  const due = fractionOf(statement.amount_due);
  assert.ok(equal(sumOf([from, "amount_due.rounding"]), due), "charges and their rounding make what is due");
  assert.equal(roundFraction(due, display.money, "half_up"), statement.amount_due);
  checkShownParts(statement);
}

/** Shown parts plus the rounding line, where there is one, make the shown total. */
function checkShownParts(statement: Statement): void {
  const shown = (id: string) => fractionOf(lineOf(statement, id).shown);
  const left = add(shown(TOTAL), negate(OXIDES.map(shown).reduce(add, fractionOf("0"))));
  const difference = statement.lines.find(({ id }) => id === `${TOTAL}.rounding_difference`);
  assert.equal(difference !== undefined, !equal(left, fractionOf("0")));
  if (difference) assert.ok(equal(left, fractionOf(difference.value)));
}

function checkChangedPlaces(input: SettlementInput): void {
  const one = structuredClone(input);
  one.agreement.assay_rule["provisional_assay"] = "mean";
  const other = structuredClone(one);
  for (const [element, { supplier, processor, ...umpire }] of Object.entries(one.assays))
    other.assays[element] = { supplier: processor, processor: supplier, ...umpire };
  const [here, there] = [settled(one), settled(other)];
  const told = ({ elements }: Statement) =>
    elements.map((e) => [e.final_pct, e.status, e.returnable_oxide_kg]);
  assert.deepEqual(told(here), told(there));
  assert.equal(here.amount_due, there.amount_due);
}

function lineOf(statement: Statement, id: string) {
  const line = statement.lines.find((one) => one.id === id);
  assert.ok(line, `there is no line ${id}`);
  return line;
}
