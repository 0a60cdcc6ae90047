import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { type Statement, settleLot } from "./index.ts";
import { add, equal, fractionOf, negate, recompute, roundFraction } from "./second-computation.ts";

type Json = any;
const sample = (): Json => JSON.parse(readFileSync("examples/settle/statement.json", "utf8"));

function settled(input: Json): Statement {
  const result = settleLot(input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const shown = (statement: Statement, id: string): string | undefined =>
  statement.lines.find((line) => line.id === id)?.shown;

const decimalOf = (max: number, places: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((n) => (n / 10 ** places).toFixed(places));
const assaysUpTo = (max: number) =>
  fc.record(
    {
      supplier: fc.oneof(
        decimalOf(max, 3),
        decimalOf(1, 2)
          .filter((x) => Number(x) > 0)
          .map((x) => `<${x}`),
      ),
      processor: decimalOf(max, 4),
      umpire: decimalOf(max, 2),
    },
    { requiredKeys: ["supplier", "processor"] },
  );
const anyLot = fc
  .record({
    wet: decimalOf(20_000, 2).filter((x) => Number(x) > 0),
    moisture: decimalOf(100, 2),
    nd: assaysUpTo(25),
    pr: assaysUpTo(8),
    dy: assaysUpTo(3),
    tb: assaysUpTo(1),
    ni: assaysUpTo(8),
    limit: decimalOf(2, 2),
    rule: fc.integer({ min: 1, max: 9 }),
    carry: fc.constantFrom("unrounded", "each_step"),
    mode: fc.constantFrom("half_up", "half_even"),
    basis: fc.constantFrom("returned_oxide", "dry_feed", "wet_feed", "contained_metal"),
    toll: fc.integer({ min: -5000, max: 5000 }).map((n) => (n / 100).toFixed(2)),
    counted: fc.constantFrom("absolute", "pro_rata"),
    below_detection: fc.constantFrom("zero", "half_limit"),
    mass_places: fc.integer({ min: 0, max: 6 }),
    money_places: fc.integer({ min: 0, max: 4 }),
  })
  .map((terms) => {
    const input = sample();
    const { agreement } = input;
    input.weights = { net_wet_kg: terms.wet, moisture_pct: terms.moisture };
    input.assays = { Nd: terms.nd, Pr: terms.pr, Dy: terms.dy, Tb: terms.tb, Ni: terms.ni };
    for (const element of agreement.elements) element.splitting_limit_pct = terms.limit;
    Object.assign(agreement.assay_rule, { umpire_rule: terms.rule, below_detection: terms.below_detection });
    Object.assign(agreement.rounding, { carry: terms.carry, mode: terms.mode });
    Object.assign(agreement.rounding.display, { mass_kg: terms.mass_places, money: terms.money_places });
    agreement.toll = { amount_per_kg: terms.toll, basis: terms.basis };
    agreement.penalties[0].counted = terms.counted;
    return input;
  });

function checkArithmetic(statement: Statement, rounding: Json): void {
  const { display, mode } = rounding;
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

test("S21: whatever the lot and the terms, the arithmetic as printed gives what is shown", () => {
  fc.assert(
    fc.property(anyLot, (input) => checkArithmetic(settled(input), input.agreement.rounding)),
    { numRuns: 300 },
  );
});

test("S4: whatever the lot and the terms, totals are the sum of their lines and the amount due is whole money", () => {
  fc.assert(
    fc.property(anyLot, (input) => {
      const statement = settled(input);
      const fraction = (id: string) => {
        const line = statement.lines.find((one) => one.id === id);
        assert.ok(line, id);
        return fractionOf(line.value);
      };
      const sumOf = (ids: string[]) => ids.map(fraction).reduce(add, fractionOf("0"));
      const returned = ["Nd", "Pr", "Dy", "Tb"].map((element) => `${element}.returnable_oxide`);
      const places = input.agreement.rounding.display;
      const exact = input.agreement.rounding.carry === "unrounded";
      if (exact) assert.ok(equal(sumOf(returned), fraction("total.returnable_oxide")));
      const charges = statement.lines.filter((line) => line.role === "charge").map((line) => line.id);
      if (exact) assert.ok(equal(sumOf(charges), fraction("charges")));
      const from = statement.status === "final" ? "charges" : "provisional_charges";
      assert.ok(equal(sumOf([from, "amount_due.rounding"]), fractionOf(statement.amount_due)));
      assert.equal(
        roundFraction(fractionOf(statement.amount_due), places.money, "half_up"),
        statement.amount_due,
      );
      checkShownParts(statement, returned);
    }),
    { numRuns: 300 },
  );
});

/** Shown parts plus the rounding line, where there is one, make the shown total. */
function checkShownParts(statement: Statement, parts: string[]): void {
  const of = (id: string) => fractionOf(shown(statement, id) ?? "0");
  const total = "total.returnable_oxide";
  const difference = statement.lines.find((line) => line.id === `${total}.rounding_difference`);
  const sum = parts.map(of).reduce(add, fractionOf("0"));
  const left = add(of(total), negate(sum));
  assert.equal(difference !== undefined, !equal(left, fractionOf("0")));
  if (difference) assert.ok(equal(left, fractionOf(difference.value)));
}

test("S9 S12: the parties can change places and only the names change", () => {
  fc.assert(
    fc.property(anyLot, (input) => {
      input.agreement.assay_rule.provisional_assay = "mean";
      const swapped = structuredClone(input);
      for (const assays of Object.values<Json>(swapped.assays)) {
        [assays.supplier, assays.processor] = [assays.processor, assays.supplier];
      }
      const [one, other] = [settled(input), settled(swapped)];
      assert.deepEqual(
        one.elements.map((e) => [e.final_pct, e.status, e.returnable_oxide_kg]),
        other.elements.map((e) => [e.final_pct, e.status, e.returnable_oxide_kg]),
      );
      assert.equal(one.amount_due, other.amount_due);
    }),
  );
});

test("S22: the same lot gives the same bytes, and a statement is plain JSON", () => {
  const [one, other] = [settled(sample()), settled(sample())];
  assert.equal(JSON.stringify(one), JSON.stringify(other));
  assert.deepEqual(JSON.parse(JSON.stringify(one)), one);
});
