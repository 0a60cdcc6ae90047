import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import { type Statement, settleLot } from "./index.ts";

type Json = any;
const sample = (): Json => JSON.parse(readFileSync("examples/settle/statement.json", "utf8"));

function settled(input: Json): Statement {
  const result = settleLot(input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const refusalOf = (input: Json): string => {
  const result = settleLot(input);
  return result.ok ? "settled" : `${result.refusal.code} at ${result.refusal.at}`;
};
const shown = (statement: Statement, id: string): string | undefined =>
  statement.lines.find((line) => line.id === id)?.shown;

/** The figures of a toll lot: the four magnet metals, mean assays, 90 % returned. */
function plainLot(assays: Json, limits: Record<string, string>, toll: string): Json {
  const input = sample();
  const oxides: Record<string, string> = { Nd: "Nd2O3", Pr: "Pr6O11", Dy: "Dy2O3", Tb: "Tb4O7" };
  input.agreement.elements = Object.keys(limits).map((element) => ({
    element,
    oxide: oxides[element],
    splitting_limit_pct: limits[element],
    guaranteed_recovery_pct: "90",
  }));
  input.agreement.penalties = [];
  input.agreement.toll = { amount_per_kg: toll, basis: "returned_oxide" };
  return { ...input, assays };
}

const path = caseFile("settlement", "settlement-cases.json");
test("S4 S19 S20: a constructed magnet lot reproduces to the printed digit", {
  skip: skipWithout(path),
}, () => {
  const { cases } = JSON.parse(readFileSync(path, "utf8"));
  const { inputs, recomputed } = cases.find((c: Json) => c.id === "constructed-toll-magnet-lot");
  const given: Record<string, string[]> = inputs.assays_pct_shipper_refiner_limit;
  const assays = Object.fromEntries(
    Object.entries(given).map(([e, [supplier, processor]]) => [e, { supplier, processor }]),
  );
  const limits = Object.fromEntries(Object.entries(given).map(([e, row]) => [e, row[2] ?? ""]));
  const input = plainLot(assays, limits, inputs.toll_usd_per_kg);
  input.weights = { net_wet_kg: inputs.net_wet_kg, moisture_pct: inputs.moisture_pct };
  for (const terms of input.agreement.elements)
    terms.guaranteed_recovery_pct = inputs.guaranteed_recovery_pct;
  const statement = settled(input);
  assert.equal(shown(statement, "dry_weight"), recomputed.dry_kg);
  for (const [element, figures] of Object.entries<Json>(recomputed.elements)) {
    for (const [line, printed] of [
      ["difference", figures.diff],
      ["final_assay", figures.final_pct],
      ["contained_metal", figures.contained_metal_kg],
      ["metal_fraction", figures.metal_fraction_of_oxide],
      ["contained_oxide", figures.contained_oxide_kg],
      ["returnable_oxide", figures.returnable_oxide_kg_at_90pct],
    ]) {
      assert.equal(shown(statement, `${element}.${line}`), printed, `${element}.${line}`);
    }
  }
  assert.equal(shown(statement, "total.returnable_oxide"), recomputed.returnable_oxide_total_kg);
  assert.equal(shown(statement, "toll"), recomputed.toll_usd.per_kg_returned_oxide);
  assert.equal(shown(statement, "toll.on_dry_feed"), recomputed.toll_usd.per_kg_dry_feed);
  assert.equal(shown(statement, "toll.on_wet_feed"), recomputed.toll_usd.per_kg_wet_feed);
  // The four masses as printed add up to a gram more than the total as printed.
  assert.equal(shown(statement, "total.returnable_oxide.rounding_difference"), "-0.001");
  assert.equal(statement.amount_due, recomputed.toll_usd.per_kg_returned_oxide);
});

test("S4 S19 S20: a lot of two elements, worked by hand", () => {
  // Wet 400 kg at 2.5 %: 390 dry. Nd 20.005 %: 78.0195 kg; x 336.481/288.484 = 91.000088 oxide; 90 %: 81.900079.
  // Dy 3.335 %: 13.0065 kg; x 372.997/325 = 14.927355 oxide; 90 %: 13.434620. Sum 95.334699; toll at 30: 2860.04.
  const assays = {
    Nd: { supplier: "20.01", processor: "20.00" },
    Dy: { supplier: "3.33", processor: "3.34" },
  };
  const input = plainLot(assays, { Nd: "0.01", Dy: "0.05" }, "30");
  input.weights = { net_wet_kg: "400", moisture_pct: "2.5" };
  const statement = settled(input);
  assert.deepEqual(
    ["dry_weight", "Nd.final_assay", "Nd.contained_metal", "Nd.contained_oxide", "Nd.returnable_oxide"].map(
      (id) => shown(statement, id),
    ),
    ["390", "20.005", "78.02", "91", "81.9"],
  );
  assert.deepEqual(
    ["Dy.contained_metal", "Dy.contained_oxide", "Dy.returnable_oxide", "total.returnable_oxide", "toll"].map(
      (id) => shown(statement, id),
    ),
    ["13.007", "14.927", "13.435", "95.335", "2860.04"],
  );
  assert.equal(statement.amount_due, "2860.04");
  assert.equal(statement.status, "final");
});

test("S3: carried step by step, each figure is rounded before the next uses it", () => {
  const assays = {
    Nd: { supplier: "20.01", processor: "20.00" },
    Dy: { supplier: "3.33", processor: "3.34" },
  };
  const input = plainLot(assays, { Nd: "0.01", Dy: "0.05" }, "30");
  input.weights = { net_wet_kg: "400", moisture_pct: "2.5" };
  input.agreement.rounding.carry = "each_step";
  const statement = settled(input);
  // Dy: 13.007 kg / 0.871321 = 14.928 where the unrounded way gives 14.927.
  assert.equal(shown(statement, "Dy.contained_oxide"), "14.928");
  for (const line of statement.lines) {
    if (line.role === "computed") assert.equal(line.value, line.shown, line.id);
  }
});

test("S3: zeros at the end are printed when the agreement keeps them", () => {
  const input = sample();
  input.agreement.rounding.trailing_zeros = "keep";
  const statement = settled(input);
  assert.equal(shown(statement, "Ni.penalty"), "25.70");
  assert.equal(shown(statement, "Tb.returnable_oxide"), "0.000");
});

test("S13 S23: an umpire that has not reported makes a provisional statement, not a failure", () => {
  const input = sample();
  delete input.assays.Pr.umpire;
  const statement = settled(input);
  assert.equal(statement.status, "provisional");
  assert.deepEqual(statement.umpire_due, ["Pr"]);
  assert.equal(statement.elements.find((e) => e.element === "Pr")?.status, "umpire_due");
  assert.equal(shown(statement, "Pr.final_assay"), "5.8"); // the lower of 6.02 and 5.80
  assert.equal(shown(statement, "provisional_charges"), statement.amount_due);
  delete input.agreement.provisional_pct;
  assert.equal(settled(input).amount_due, "0");
  assert.deepEqual(settled(input).due, []);
  for (const [term, final] of [
    ["mean", "5.91"],
    ["supplier", "6.02"],
    ["processor", "5.8"],
  ]) {
    input.agreement.assay_rule.provisional_assay = term;
    assert.equal(shown(settled(input), "Pr.final_assay"), final, term);
  }
});

test("S9: the agreed weight of the supplier's assay", () => {
  const input = sample();
  input.agreement.assay_rule.when_within_limit = { weight_supplier: "0.6" };
  assert.equal(shown(settled(input), "Nd.final_assay"), "21.892"); // 0.6 x 21.84 + 0.4 x 21.97
});

test("S12: a shared umpire cost is split to the cent, and the cents add up", () => {
  const input = sample();
  input.assays.Pr.umpire = "5.91";
  input.agreement.assay_rule.umpire_cost.amount = "350.01";
  const statement = settled(input);
  assert.equal(shown(statement, "Pr.final_assay"), "5.91");
  const shares = statement.due.filter((due) => due.to === "umpire").map((due) => [due.from, due.amount]);
  assert.deepEqual(shares, [
    ["supplier", "175.01"],
    ["processor", "175"],
  ]);
});

test("S14 S18: what was not used is said", () => {
  const input = sample();
  input.assays.Nd.umpire = "21.9";
  input.assays.Fe = { supplier: "60", processor: "<0.01" };
  const { notes } = settled(input);
  assert.ok(notes.some((note) => note.startsWith("Nd: the umpire's assay was not needed")));
  assert.ok(notes.some((note) => note.includes("does not settle Fe")));
});

test("S15: below detection is zero, half the limit, or refused, as agreed", () => {
  for (const below of ["<0.05", { below: "0.05" }]) {
    const input = sample();
    input.assays.Tb = { supplier: below, processor: "0.01" };
    input.agreement.elements[3].splitting_limit_pct = "0.02";
    assert.equal(shown(settled(input), "Tb.final_assay"), "0.0175");
    input.agreement.assay_rule.below_detection = "zero";
    assert.equal(shown(settled(input), "Tb.final_assay"), "0.005");
    input.agreement.assay_rule.below_detection = "refuse";
    assert.equal(refusalOf(input), "assay_below_detection at assays.Tb.supplier");
  }
});

test("S15: two results below detection agree, whatever their limits: no umpire, and the lower limit settles", () => {
  const blanks = (supplier: Json, processor: Json, rule = "half_limit") => {
    const input = sample();
    input.agreement.elements[3].splitting_limit_pct = "0.001";
    input.agreement.assay_rule.below_detection = rule;
    input.assays.Tb = { supplier, processor };
    return input;
  };
  for (const [supplier, processor] of [
    ["<0.05", "<0.01"],
    [{ below: "0.01" }, "<0.05"],
    ["<0.01", "<0.01"],
  ]) {
    const statement = settled(blanks(supplier, processor));
    assert.deepEqual(statement.umpire_due, []);
    assert.equal(shown(statement, "Tb.final_assay"), "0.005");
    assert.equal(statement.elements.find((e) => e.element === "Tb")?.status, "both_below");
    assert.equal(shown(settled(blanks(supplier, processor, "zero")), "Tb.final_assay"), "0");
  }
  const called = blanks("<0.05", "<0.01");
  called.assays.Tb.umpire = "<0.02";
  assert.ok(settled(called).notes.some((note) => note.startsWith("Tb: the umpire's assay was not needed")));
  assert.equal(refusalOf(blanks("<0.05", "<0.01", "refuse")), "assay_below_detection at assays.Tb.supplier");
  const one = settled(blanks("<0.05", "0.04"));
  assert.deepEqual(one.umpire_due, ["Tb"], "one blank and a value are compared as the terms read them");
});

test("S15: beside a limit stands no value", () => {
  const input = sample();
  input.assays.Tb = { supplier: { below: "0.05", value: "2" }, processor: "<0.05" };
  assert.equal(refusalOf(input), "field_unknown at assays.Tb.supplier.value");
});

test("S16: a party that did not exchange in time is bound by the other's assay, if so agreed", () => {
  const input = sample();
  input.assays.Nd.processor = null;
  assert.equal(refusalOf(input), "assay_missing at assays.Nd.processor");
  input.agreement.assay_rule.missing_assay = "other_conclusive";
  const statement = settled(input);
  assert.equal(shown(statement, "Nd.final_assay"), "21.84");
  assert.equal(statement.elements[0]?.status, "other_conclusive");
  input.assays.Nd.supplier = null;
  assert.equal(refusalOf(input), "assay_missing at assays.Nd.supplier");
});

const bent = (bend: (input: Json) => void): Json => {
  const input = sample();
  bend(input);
  return input;
};
for (const [name, bend, expected] of [
  ["negative weight", (x: Json) => (x.weights.net_wet_kg = "-1"), "value_out_of_range at weights.net_wet_kg"],
  ["zero weight", (x: Json) => (x.weights.net_wet_kg = "0"), "value_out_of_range at weights.net_wet_kg"],
  [
    "weight as a JSON number",
    (x: Json) => (x.weights.net_wet_kg = 862.35),
    "field_unreadable at weights.net_wet_kg",
  ],
  ["no weights", (x: Json) => delete x.weights, "field_missing at weights"],
  [
    "moisture below 0",
    (x: Json) => (x.weights.moisture_pct = "-0.01"),
    "value_out_of_range at weights.moisture_pct",
  ],
  [
    "moisture above 100",
    (x: Json) => (x.weights.moisture_pct = "100.01"),
    "value_out_of_range at weights.moisture_pct",
  ],
  ["assay below 0", (x: Json) => (x.assays.Nd.supplier = "-0.1"), "value_out_of_range at assays.Nd.supplier"],
  [
    "assay above 100",
    (x: Json) => (x.assays.Nd.processor = "100.1"),
    "value_out_of_range at assays.Nd.processor",
  ],
  ["assay unreadable", (x: Json) => (x.assays.Nd.umpire = "n/a"), "field_unreadable at assays.Nd.umpire"],
  [
    "limit unreadable",
    (x: Json) => (x.assays.Tb.supplier = "<x"),
    "field_unreadable at assays.Tb.supplier.below",
  ],
  [
    "limit of nothing",
    (x: Json) => (x.assays.Tb.supplier = "<0"),
    "value_out_of_range at assays.Tb.supplier.below",
  ],
  ["assay left out", (x: Json) => delete x.assays.Nd.processor, "assay_missing at assays.Nd.processor"],
  ["element left out", (x: Json) => delete x.assays.Dy, "assay_missing at assays.Dy"],
  ["unknown element", (x: Json) => (x.assays.Qq = { supplier: "1" }), "element_unknown at assays.Qq"],
  [
    "sum above 100",
    (x: Json) => (x.assays.Fe = { supplier: "70" }),
    "assays_above_hundred at assays.*.supplier",
  ],
  [
    "impure beyond refusal",
    (x: Json) => (x.assays.Ni = { supplier: "9", processor: "9" }),
    "lot_rejected at assays.Ni",
  ],
  [
    "received too early",
    (x: Json) => (x.received_on = "2025-12-31"),
    "agreement_not_in_force at received_on",
  ],
  ["no such day", (x: Json) => (x.received_on = "2026-02-29"), "field_unreadable at received_on"],
  ["a bad agreement", (x: Json) => delete x.agreement.toll.basis, "basis_missing at agreement.toll.basis"],
  ["no agreement", (x: Json) => delete x.agreement, "field_missing at agreement"],
] as const) {
  test(`S17: ${name} is ${expected}`, () => assert.equal(refusalOf(bent(bend)), expected));
}
test("S17: what is not an object is refused", () => {
  for (const nothing of [undefined, null, [], "x", 3]) assert.match(refusalOf(nothing), /at agreement$/);
});

test("S19: at 100 % moisture nothing is contained and nothing is owed", () => {
  const input = bent((x) => (x.weights.moisture_pct = "100"));
  assert.equal(settled(input).amount_due, "0");
});

test("S6: a negative toll is owed by the processor", () => {
  const input = bent((x) => {
    x.agreement.toll.amount_per_kg = "-4";
    x.agreement.penalties = [];
  });
  const { due, amount_due } = settled(input);
  assert.equal(due[0]?.from, "processor");
  assert.equal(`-${due[0]?.amount}`, amount_due);
});
