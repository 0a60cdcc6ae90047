import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { AgreementTerms } from "../contract/agreement.ts";
import { agreementProse, decideReturn, readAgreement, settleLot } from "./index.ts";

type Json = any;

/** Terms with every clause there is, and a lot on which each of them tells. */
function everything(): Json {
  const { agreement, weights, assays } = JSON.parse(readFileSync("examples/settle/statement.json", "utf8"));
  const [nd, pr, dy] = agreement.elements;
  const settled = {
    ...agreement,
    elements: [{ ...nd, specification: "4N" }, pr, dy],
    penalties: agreement.penalties,
  };
  settled.elements[0].payable_pct = "98.5";
  settled.elements[0].minimum_content = { amount: "0.10", basis: "assay_pct" };
  settled.rounding.trailing_zeros = "drop";
  settled.assay_rule.laboratories = { supplier: ["lab-a"], processor: ["lab-b"], umpire: ["lab-u"] };
  return {
    agreement: settled,
    ...{ lot: "L-1", received_on: "2026-03-02", weights },
    assays: {
      ...assays,
      Nd: { supplier: "21.84", processor: "21.97" },
      Dy: { supplier: "2.14", processor: "<2.10" },
    },
  };
}

/** Each clause, with another value of it that has to tell. Constants have none: whatever else is written is refused. */
const OTHER: Readonly<Record<string, unknown>> = {
  id: "T-2",
  title: "Other terms",
  kind: "purchase",
  "parties.supplier": "Another recycler",
  "parties.processor": "Another refiner",
  "effective.from": "2026-03-03",
  "effective.to": "2026-03-01",
  currency: "EUR",
  basis: "wet",
  "elements.0.element": "Tb",
  "elements.0.oxide": "NdO2",
  "elements.0.splitting_limit_pct": "0.01",
  "elements.0.guaranteed_recovery_pct": "91",
  "elements.0.payable_pct": "97",
  "elements.0.minimum_content.amount": "50",
  "elements.0.minimum_content.basis": "contained_metal_kg",
  "elements.0.specification": "3N",
  "toll.amount_per_kg": "29",
  "toll.basis": "dry_feed",
  "assay_rule.final_assay": "supplier",
  "assay_rule.joint_laboratory": "one-lab",
  "assay_rule.laboratories.supplier.0": "lab-x",
  "assay_rule.laboratories.processor.0": "lab-x",
  "assay_rule.laboratories.umpire.0": "lab-x",
  "assay_rule.when_within_limit": { weight_supplier: "0.7" },
  "assay_rule.umpire_rule": 2,
  "assay_rule.umpire_cost.amount": "351",
  "assay_rule.umpire_cost.basis": "per_lot",
  "assay_rule.provisional_assay": "processor",
  "assay_rule.below_detection": "zero",
  "assay_rule.missing_assay": "other_conclusive",
  "penalties.0.element": "Co",
  "penalties.0.splitting_limit_pct": "0.01",
  "penalties.0.threshold_pct": "1.1",
  "penalties.0.increment_pct": "0.2",
  "penalties.0.charge_per_t": "16",
  "penalties.0.basis": "wet_feed",
  "penalties.0.counted": "pro_rata",
  "penalties.0.reject_above_pct": "1.5",
  provisional_pct: "80",
  moisture_limit_pct: "0.5",
  "rounding.carry": "each_step",
  "rounding.display.mass_kg": 2,
  "rounding.display.money": 1,
  "rounding.display.assay_pct": 2,
  "rounding.display.fraction": 3,
  "rounding.mode": "half_even",
  "rounding.trailing_zeros": "keep",
};

const published = z.toJSONSchema(AgreementTerms, { io: "input" }) as Json;

/** Each clause of the published terms by its path. */
function clauses(schema: Json, at: string): string[] {
  if (schema.items) return clauses(schema.items, `${at}.0`);
  if (!schema.properties || at.endsWith("when_within_limit")) return [at];
  return Object.entries(schema.properties).flatMap(([name, of]) =>
    clauses(of, at === "" ? name : `${at}.${name}`),
  );
}

function put(input: Json, path: string, value: unknown): void {
  const steps = path.split(".");
  const last = steps.pop() as string;
  steps.reduce((place: Json, step) => place[step], input.agreement)[last] = value;
}

/** Lots on which clauses tell: as it is, with an umpire awaited, with one who reported, with an assay that did not come. */
const LOTS: readonly ((input: Json) => void)[] = [
  () => {},
  (input) => (input.assays.Nd.processor = "22.97"),
  (input) => Object.assign(input.assays.Nd, { processor: "22.97", umpire: "22.3" }),
  (input) => (input.assays.Nd.processor = null),
  // Half a cent, and half a gram: rounding tells only there.
  (input) => Object.assign(input.weights, { net_wet_kg: "862.5", moisture_pct: "50" }),
];

/** All that terms come to: figures or refusals lot by lot, the sentences, and whether oxide may go back. */
function comesTo(input: Json): string {
  const read = readAgreement(input.agreement);
  if (!read.ok) return JSON.stringify(read);
  const statements = LOTS.map((bend) => {
    const lot = structuredClone(input);
    bend(lot);
    const settled = settleLot(lot);
    if (!settled.ok) return settled.refusal.code;
    const { digest: _, agreement: __, ...said } = settled.value;
    return said;
  });
  const certified = { digest: "d", meets: { "3N": "yes", "4N": "no" } } as const;
  const returning = { lot: "O", oxide: "Nd2O3", owner: read.value.parties.supplier, mass_mg: 1, left_mg: 1 };
  const back = decideReturn({ ...returning, asked_mg: undefined }, read.value, {
    certified,
    certificate: undefined,
  });
  return JSON.stringify([statements, back.ok]);
}

/** What is no figure of a statement: names by which terms are known, and what another room asks of them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  id: "statement_of_another_lot (src/settle/correction.test.ts)",
  title: "the statement's head",
  "assay_rule.joint_laboratory": "laboratory_differs (src/app/settle/two-parties.test.ts)",
  "assay_rule.laboratories.supplier.0": "laboratory_not_named (src/app/settle/once.test.ts)",
  "assay_rule.laboratories.processor.0": "laboratory_not_named (src/app/settle/once.test.ts)",
  "assay_rule.laboratories.umpire.0": "laboratory_not_named (src/app/settle/once.test.ts)",
  moisture_limit_pct: "a lot that waits for a moisture (src/app/settle/once.test.ts)",
};

test("S45: the table below knows every clause that is published, and none besides", () => {
  assert.deepEqual(clauses(published, "").sort(), Object.keys(OTHER).sort());
});

test("S45: every clause moves a figure, a decision or a date, or is refused; none is taken and left lying", () => {
  const before = comesTo(everything());
  for (const [path, other] of Object.entries(OTHER)) {
    const input = everything();
    put(input, path, other);
    const read = readAgreement(input.agreement);
    if (path in ELSEWHERE) {
      assert.ok(read.ok, path);
      const prose = agreementProse(read.value).join();
      const plain = readAgreement(everything().agreement);
      assert.ok(plain.ok && prose !== agreementProse(plain.value).join(), `${path} is not even said`);
    } else assert.notEqual(comesTo(input), before, `${path} changes nothing`);
  }
});

test("S45: terms nobody applies are refused by their name, wherever they stand", () => {
  const unread = [
    "floor_price",
    "take_or_pay",
    "bands",
    "minimum_charge",
    "price_participation",
    "escalator",
  ];
  const places = [
    "",
    "toll",
    "elements.0",
    "elements.0.minimum_content",
    "assay_rule",
    "assay_rule.umpire_cost",
  ];
  for (const place of [...places, "penalties.0", "parties", "effective", "rounding", "rounding.display"]) {
    for (const name of unread) {
      const input = everything();
      const path = place === "" ? name : `${place}.${name}`;
      put(input, path, { minimum: "1" });
      const read = readAgreement(input.agreement);
      const at = path.replace(/\.(\d+)/g, "[$1]");
      assert.deepEqual(read.ok ? "read" : [read.refusal.code, read.refusal.at], ["clause_unknown", at]);
    }
  }
});

test("S45: an agreement is between two", () => {
  const input = everything();
  put(input, "parties.supplier", input.agreement.parties.processor);
  const read = readAgreement(input.agreement);
  assert.ok(!read.ok && read.refusal.code === "one_party_alone");
});
