import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { agreementProse, readAgreement } from "./index.ts";

type Json = any;
const sample = (): Json => JSON.parse(readFileSync("examples/settle/statement.json", "utf8")).agreement;

function outcome(bend: (agreement: Json) => unknown): string {
  const agreement = sample();
  bend(agreement);
  const read = readAgreement(agreement);
  return read.ok ? "read" : `${read.refusal.code} at ${read.refusal.at}`;
}

for (const [rule, name, bend, expected] of [
  ["S5", "the sample", () => {}, "read"],
  [
    "S5",
    "a clause nobody knows",
    (a) => (a.toll.amount_per_lb = "1"),
    "clause_unknown at toll.amount_per_lb",
  ],
  ["S5", "a remark", (a) => (a.note = "x"), "read"],
  ["S5", "no id", (a) => delete a.id, "field_missing at id"],
  ["S5", "an empty title", (a) => (a.title = " "), "field_unreadable at title"],
  ["S5", "another kind", (a) => (a.kind = "purchase"), "value_unknown at kind"],
  ["S5", "no processor", (a) => delete a.parties.processor, "field_missing at parties.processor"],
  ["S5", "parties as text", (a) => (a.parties = "both"), "field_unreadable at parties"],
  ["S5", "a currency in words", (a) => (a.currency = "dollars"), "field_unreadable at currency"],
  ["S6", "no assay basis", (a) => delete a.basis, "basis_missing at basis"],
  ["S6", "an unknown assay basis", (a) => (a.basis = "wet"), "basis_unknown at basis"],
  ["S6", "a toll without basis", (a) => delete a.toll.basis, "basis_missing at toll.basis"],
  ["S6", "a toll on air", (a) => (a.toll.basis = "air"), "basis_unknown at toll.basis"],
  ["S6", "a negative toll", (a) => (a.toll.amount_per_kg = "-40"), "read"],
  [
    "S6",
    "a penalty without basis",
    (a) => delete a.penalties[0].basis,
    "basis_missing at penalties[0].basis",
  ],
  [
    "S6",
    "an umpire cost without basis",
    (a) => delete a.assay_rule.umpire_cost.basis,
    "basis_missing at assay_rule.umpire_cost.basis",
  ],
  [
    "S6",
    "an umpire cost in the older form",
    (a) => (a.assay_rule.umpire_cost_usd = "350"),
    "basis_missing at assay_rule.umpire_cost_usd",
  ],
  ["S5", "no elements", (a) => (a.elements = []), "field_missing at elements"],
  ["S5", "elements not listed", (a) => (a.elements = {}), "field_unreadable at elements"],
  [
    "S5",
    "an unknown element",
    (a) => (a.elements[0].element = "Xx"),
    "element_unknown at elements[0].element",
  ],
  [
    "S5",
    "the same element twice",
    (a) => (a.elements[1] = a.elements[0]),
    "element_repeated at elements[1].element",
  ],
  [
    "S5",
    "a penalty on a returned element",
    (a) => (a.penalties[0].element = "Nd"),
    "element_repeated at penalties[0].element",
  ],
  [
    "S5",
    "an oxide of another metal",
    (a) => (a.elements[0].oxide = "Pr6O11"),
    "oxide_of_another_metal at elements[0].oxide",
  ],
  ["S5", "what is no oxide", (a) => (a.elements[0].oxide = "Nd"), "oxide_unreadable at elements[0].oxide"],
  [
    "S5",
    "a negative limit",
    (a) => (a.elements[0].splitting_limit_pct = "-0.1"),
    "value_out_of_range at elements[0].splitting_limit_pct",
  ],
  [
    "S5",
    "more than all recovered",
    (a) => (a.elements[0].guaranteed_recovery_pct = "100.1"),
    "value_out_of_range at elements[0].guaranteed_recovery_pct",
  ],
  [
    "S1",
    "a limit as a JSON number",
    (a) => (a.elements[0].splitting_limit_pct = 0.3),
    "field_unreadable at elements[0].splitting_limit_pct",
  ],
  [
    "S5",
    "a minimum of something",
    (a) => delete a.elements[2].minimum_content.basis,
    "basis_missing at elements[2].minimum_content.basis",
  ],
  [
    "S10",
    "umpire rule 0",
    (a) => (a.assay_rule.umpire_rule = 0),
    "value_out_of_range at assay_rule.umpire_rule",
  ],
  [
    "S10",
    "umpire rule 10",
    (a) => (a.assay_rule.umpire_rule = 10),
    "value_out_of_range at assay_rule.umpire_rule",
  ],
  [
    "S9",
    "a weight above one",
    (a) => (a.assay_rule.when_within_limit = { weight_supplier: "1.1" }),
    "value_out_of_range at assay_rule.when_within_limit.weight_supplier",
  ],
  [
    "S9",
    "an unknown way to split",
    (a) => (a.assay_rule.when_within_limit = "median"),
    "value_unknown at assay_rule.when_within_limit",
  ],
  [
    "S15",
    "below detection ignored",
    (a) => (a.assay_rule.below_detection = "ignore"),
    "value_unknown at assay_rule.below_detection",
  ],
  ["S3", "an unknown carry", (a) => (a.rounding.carry = "sometimes"), "value_unknown at rounding.carry"],
  ["S3", "an unknown mode", (a) => (a.rounding.mode = "up"), "value_unknown at rounding.mode"],
  [
    "S3",
    "places as a fraction",
    (a) => (a.rounding.display.money = 1.5),
    "value_out_of_range at rounding.display.money",
  ],
  ["S3", "no rounding", (a) => delete a.rounding, "field_missing at rounding"],
  [
    "S24",
    "steps of nothing",
    (a) => (a.penalties[0].increment_pct = "0"),
    "value_out_of_range at penalties[0].increment_pct",
  ],
  [
    "S5",
    "dates reversed",
    (a) => (a.effective = { from: "2026-02-01", to: "2026-01-31" }),
    "dates_reversed at effective.to",
  ],
  ["S5", "one day", (a) => (a.effective = { from: "2024-02-29", to: "2024-02-29" }), "read"],
  ["S5", "a day that is not", (a) => (a.effective.from = "2026-02-29"), "field_unreadable at effective.from"],
  ["S5", "no end stated", (a) => delete a.effective.to, "field_missing at effective.to"],
  [
    "S23",
    "more than all, provisionally",
    (a) => (a.provisional_pct = "101"),
    "value_out_of_range at provisional_pct",
  ],
] as [string, string, (agreement: Json) => unknown, string][]) {
  test(`${rule}: ${name} is ${expected}`, () => assert.equal(outcome(bend), expected));
}

test("S5: what is not an object is refused", () => {
  for (const nothing of [undefined, null, [], "x", 3]) assert.ok(!readAgreement(nothing).ok);
});

test("S7: terms left out are stated, and reading twice changes nothing", () => {
  const agreement = sample();
  for (const term of ["provisional_assay", "below_detection", "missing_assay"])
    delete agreement.assay_rule[term];
  for (const term of ["trailing_zeros"]) delete agreement.rounding[term];
  delete agreement.penalties;
  const read = readAgreement(agreement);
  assert.ok(read.ok);
  const { assay_rule, rounding, penalties, elements } = read.value;
  assert.deepEqual(
    [
      assay_rule.provisional_assay,
      assay_rule.below_detection,
      assay_rule.missing_assay,
      rounding.trailing_zeros,
    ],
    ["lower", "refuse", "refuse", "drop"],
  );
  assert.deepEqual([penalties, elements[0]?.payable_pct], [[], "100"]);
  assert.deepEqual(readAgreement(read.value), read);
});

/** Every figure and name of an agreement, wherever it stands. */
function leaves(value: Json): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return typeof value === "string" && /^[\d.]+$|^[A-Z]/.test(value) ? [value] : [];
}

test("S8: every figure and every name of the agreement stands in its prose, one sentence a clause", () => {
  const read = readAgreement(sample());
  assert.ok(read.ok);
  const prose = agreementProse(read.value);
  for (const sentence of prose) assert.match(sentence, /^[A-Z].*\.$/);
  const text = prose.join("\n");
  for (const leaf of leaves(read.value)) if (leaf !== "100") assert.ok(text.includes(leaf), leaf);
});

test("S8: another term is another sentence", () => {
  const proseOf = (bend: (agreement: Json) => unknown) => {
    const agreement = sample();
    bend(agreement);
    const read = readAgreement(agreement);
    assert.ok(read.ok);
    return agreementProse(read.value).join("\n");
  };
  const plain = proseOf(() => {});
  for (const bend of [
    (a: Json) => (a.assay_rule.when_within_limit = { weight_supplier: "0.5" }),
    (a: Json) => (a.assay_rule.umpire_rule = 2),
    (a: Json) => (a.assay_rule.provisional_assay = "mean"),
    (a: Json) => (a.assay_rule.below_detection = "zero"),
    (a: Json) => (a.assay_rule.missing_assay = "other_conclusive"),
    (a: Json) => delete a.assay_rule.umpire_cost,
    (a: Json) => delete a.provisional_pct,
    (a: Json) => (a.rounding.carry = "each_step"),
    (a: Json) => (a.rounding.mode = "half_even"),
    (a: Json) => (a.rounding.trailing_zeros = "keep"),
    (a: Json) => (a.toll.basis = "wet_feed"),
    (a: Json) => (a.penalties[0].counted = "pro_rata"),
    (a: Json) => (a.effective.to = "2027-12-31"),
  ]) {
    assert.notEqual(proseOf(bend), plain, String(bend));
  }
});
