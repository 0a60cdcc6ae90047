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

const METALS = ["Nd", "Pr", "Dy", "Tb"];
const OXIDES = METALS.map((element) => `${element}.returnable_oxide`);
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
  let [tried, lines, final, provisional] = [0, 0, 0, 0];
  fc.assert(
    fc.property(randomSettlement, (input) => {
      const statement = settledIn(input);
      tried++;
      progress(tried);
      if (!statement) return;
      checkArithmetic(statement, input);
      checkSettledElsewhere(statement, input);
      checkTotals(statement, input);
      checkChangedPlaces(input);
      lines += statement.lines.length;
      if (statement.status === "final") final++;
      else provisional++;
    }),
    { numRuns: count, seed },
  );
  return {
    "settlements of metal": tried,
    "lines computed a second time": lines,
    final,
    provisional,
    "settled elsewhere, all of it": tried - final - provisional,
  };
}

/** The statement; nothing of a lot all of whose metal is settled elsewhere, which is checked. */
function settledIn(input: SettlementInput): Statement | undefined {
  const result = settleLot(input);
  if (result.ok) return result.value;
  assert.equal(result.refusal.code, "already_settled", JSON.stringify(result));
  const { settled_before: _, ...alone } = input;
  const whole = settled(alone);
  for (const element of METALS) assert.ok(!isPositive(leftOf(whole, input, element)), element);
  return undefined;
}

/** What is left of an element to settle: the less of what remains by mass and by part; its own arithmetic. */
function leftOf(whole: Statement, { settled_before = [] }: SettlementInput, element: string): Fraction {
  const mine = settled_before.filter((part) => part.element === element);
  const contained = fractionOf(lineOf(whole, `${element}.contained_metal`).value);
  const less = (text: (part: (typeof mine)[number]) => string, from: Fraction) =>
    mine.reduce((left, part) => add(left, negate(fractionOf(text(part)))), from);
  const byMass = less(({ metal_kg }) => metal_kg, contained);
  const rest = less(({ part_pct }) => part_pct, fractionOf("100"));
  const byPart = { over: contained.over * rest.over, under: contained.under * rest.under * 100n };
  const least = isPositive(add(byMass, negate(byPart))) ? byPart : byMass;
  return isPositive(least) ? least : fractionOf("0");
}

const isPositive = ({ over, under }: Fraction): boolean => over * under > 0n;

/** What is settled elsewhere is settled once: here and there together are what the lot holds, or less. */
function checkSettledElsewhere(statement: Statement, input: SettlementInput): void {
  if (!input.settled_before || input.agreement.rounding.carry !== "unrounded") return;
  for (const element of METALS) {
    const here = input.settled_before.some((part) => part.element === element)
      ? "to_settle"
      : "contained_metal";
    const said = fractionOf(lineOf(statement, `${element}.${here}`).value);
    const off = add(said, negate(leftOf(statement, input, element)));
    // A figure is carried to thirty decimal places.
    assert.ok(Math.abs(Number((off.over * 10n ** 25n) / off.under)) <= 1, `${element}: ${here}`);
    const oxide = Number(lineOf(statement, `${element}.contained_oxide`).value);
    const fraction = Number(lineOf(statement, `${element}.metal_fraction`).value);
    const metal = Number(said.over) / Number(said.under);
    assert.ok(Math.abs(oxide * fraction - metal) <= 1e-9 * Math.max(1, metal), `${element}: oxide`);
  }
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
