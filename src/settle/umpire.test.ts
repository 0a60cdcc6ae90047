import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import { settleByUmpire, splitAssays, UMPIRE_RULES } from "./index.ts";
import { equal, fractionOf } from "./second-computation.ts";

function umpired(rule: number, supplier: string, processor: string, umpire: string) {
  const result = settleByUmpire({
    umpire_rule: rule,
    supplier_pct: supplier,
    processor_pct: processor,
    umpire_pct: umpire,
  });
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const to6 = (text: string) => text.replace(/(\.\d{6})\d+$/, (_, kept) => kept);

// Parties at 10 (supplier) and 12 (processor). Columns: rules 1 to 9, then who bears the cost. Worked by hand.
const BY_HAND: [string, string[], string][] = [
  ["10.5", ["10.5", "10.5", "10.833333", "10.5", "10.25", "10.25", "10.25", "10.25", "10.25"], "processor"],
  ["11", ["11", "11", "11", "11", "11", "11", "11", "11", "11"], "shared"],
  ["11.2", ["11.2", "11.2", "11.066666", "11.2", "11.6", "11.6", "11.6", "11.6", "11.6"], "supplier"],
  ["12", ["12", "12", "11.333333", "12", "12", "12", "12", "12", "12"], "supplier"],
  ["13", ["12", "13", "11.666666", "12", "12", "12.5", "13", "12", "12.5"], "supplier"],
  ["9", ["10", "9", "10.333333", "10", "10", "9.5", "9", "10", "9.5"], "processor"],
];
for (const [umpire, finals, payer] of BY_HAND) {
  test(`S10 S11 S12: nine rules with the umpire at ${umpire}`, () => {
    for (const rule of UMPIRE_RULES) {
      const { final_pct, umpire_paid_by } = umpired(rule, "10", "12", umpire);
      assert.equal(to6(final_pct), finals[rule - 1], `rule ${rule}`);
      assert.equal(umpire_paid_by, payer);
    }
  });
}

test("S10: parties that agree are both the nearer one", () => {
  for (const rule of [1, 4, 5, 8] as const) assert.equal(umpired(rule, "10", "10", "12").final_pct, "10");
  for (const rule of [6, 9] as const) assert.equal(umpired(rule, "10", "10", "12").final_pct, "11");
  assert.equal(umpired(2, "10", "10", "12").umpire_paid_by, "shared");
});

test("S9: a difference equal to the limit splits, decided in decimals", () => {
  const split = (a: string, b: string, limit: string) => {
    const result = splitAssays({ supplier_pct: a, processor_pct: b, splitting_limit_pct: limit });
    assert.ok(result.ok);
    return [result.value.decision, result.value.difference_pct, result.value.final_pct];
  };
  // In binary floats 30.10 - 29.80 is above 0.30.
  assert.deepEqual(split("30.10", "29.80", "0.30"), ["split", "0.3", "29.95"]);
  assert.deepEqual(split("30.10", "29.79", "0.30"), ["umpire", "0.31", null]);
  assert.deepEqual(split("5", "5", "0"), ["split", "0", "5"]);
});

test("S9 S10: what is unreadable is refused by its field", () => {
  const at = (result: { ok: boolean; refusal?: { at: string } }) => (result.ok ? "done" : result.refusal?.at);
  assert.equal(
    at(splitAssays({ supplier_pct: "1", processor_pct: "x", splitting_limit_pct: "1" })),
    "processor_pct",
  );
  assert.equal(
    at(splitAssays({ supplier_pct: "1", processor_pct: "1", splitting_limit_pct: "-1" })),
    "splitting_limit_pct",
  );
  assert.equal(
    at(settleByUmpire({ umpire_rule: 10, supplier_pct: "1", processor_pct: "1", umpire_pct: "1" })),
    "umpire_rule",
  );
});

const assay = fc.integer({ min: 0, max: 10_000 }).map((n) => (n / 100).toFixed(2));
test("S9 S10: splitting and every rule treat the parties alike", () => {
  const other = { supplier: "processor", processor: "supplier", shared: "shared" } as const;
  fc.assert(
    fc.property(assay, assay, assay, fc.constantFrom(...UMPIRE_RULES), (a, b, u, rule) => {
      const [one, swapped] = [umpired(rule, a, b, u), umpired(rule, b, a, u)];
      assert.equal(one.final_pct, swapped.final_pct);
      assert.equal(one.umpire_paid_by, other[swapped.umpire_paid_by]);
      const limits = { splitting_limit_pct: u };
      assert.deepEqual(
        splitAssays({ supplier_pct: a, processor_pct: b, ...limits }),
        splitAssays({ supplier_pct: b, processor_pct: a, ...limits }),
      );
    }),
  );
});

test("S10: rules 1 and 4, 5 and 8, 6 and 9 agree everywhere, and no rule leaves the span of the three", () => {
  fc.assert(
    fc.property(assay, assay, assay, (a, b, u) => {
      for (const [one, two] of [
        [1, 4],
        [5, 8],
        [6, 9],
      ] as const) {
        assert.ok(
          equal(fractionOf(umpired(one, a, b, u).final_pct), fractionOf(umpired(two, a, b, u).final_pct)),
        );
      }
      const figures = [a, b, u].map(Number);
      for (const rule of UMPIRE_RULES) {
        const final = Number(umpired(rule, a, b, u).final_pct);
        assert.ok(final >= Math.min(...figures) - 1e-9 && final <= Math.max(...figures) + 1e-9);
      }
    }),
  );
});

const path = caseFile("settlement", "settlement-cases.json");
type Json = any;
const caseOf = (id: string): Json =>
  JSON.parse(readFileSync(path, "utf8")).cases.find((c: Json) => c.id === id);
const skip = skipWithout(path);

test("S10 S11 S12: the published matrix of umpire rules", { skip }, () => {
  const { inputs, recomputed } = caseOf("umpire-rule-matrix");
  const party: Record<string, string> = { seller: "supplier", buyer: "processor", shared: "shared" };
  for (const { umpire, results, umpire_cost_paid_by } of recomputed) {
    for (const rule of UMPIRE_RULES) {
      const { final_pct, umpire_paid_by } = umpired(rule, inputs.seller, inputs.buyer, umpire);
      const printed = results[`rule${rule}`];
      const places = printed.split(".")[1]?.length ?? 0;
      assert.equal(String(Number(Number(final_pct).toFixed(places))), printed, `rule ${rule} at ${umpire}`);
      assert.equal(umpire_paid_by, party[umpire_cost_paid_by]);
    }
  }
});

test("S9: the published splitting decisions", { skip }, () => {
  const { inputs, recomputed } = caseOf("splitting-limit-decision");
  for (const { pair, out, final } of recomputed) {
    if (pair[1] === null) continue; // a missing assay is a term of the agreement: see S16
    const result = splitAssays({
      supplier_pct: pair[0],
      processor_pct: pair[1],
      splitting_limit_pct: inputs.limits.Au,
    });
    assert.ok(result.ok);
    assert.equal(result.value.decision, out.split(" ")[0]);
    assert.equal(result.value.final_pct, final ?? null);
  }
});
