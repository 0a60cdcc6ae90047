import assert from "node:assert/strict";
import { test } from "node:test";
import { certificateOf, impurities } from "../../test/support/passport-world.ts";
import {
  anyBeyond,
  checkSpecification,
  compareWithBooks,
  findSpecification,
  probabilityText,
  type Reading,
} from "./index.ts";

const grade = (id: string) => {
  const found = findSpecification(id);
  assert.ok(found);
  return found;
};
const GB = grade("GB-Nd2O3-4N");
const withLine = (analyte: string, line: Partial<Reading>): Reading[] =>
  impurities("22").map((r) => (r.analyte === analyte ? { analyte, mg_per_kg: "1", ...line } : r));
const judged = (results: Reading[], spec = GB) => checkSpecification(certificateOf("L", 1000, results), spec);
const limitOf = (results: Reading[], limit: string) => judged(results).checks.find((c) => c.limit === limit);

test("C24: a La2O3 of 9.9 +- 5 against 10 is a yes that is false as often as not, and says so", () => {
  const results = withLine("La2O3", { mg_per_kg: "9.9", u: "5" });
  const la = limitOf(results, "La2O3");
  assert.deepEqual([la?.result, la?.false_yes], ["passed", "0.49"]);
  const whole = judged(results);
  assert.equal(whole.meets, "yes");
  assert.equal(whole.false_yes, "0.49");
  assert.match(whole.decision_rule ?? "", /simple acceptance/);
});

test("C24: at its limit half, two standard uncertainties inside 2.3 %, below a limit inside nothing", () => {
  const of = (mg_per_kg: string, u?: string) =>
    limitOf(withLine("La2O3", { mg_per_kg, ...(u === undefined ? {} : { u }) }), "La2O3");
  assert.equal(of("10", "1")?.false_yes, "0.5");
  assert.equal(of("8", "1")?.false_yes, "0.023");
  assert.equal(of("9", "1")?.false_yes, "0.16");
  assert.equal(of("1", "1")?.false_yes, "<0.000001");
  assert.equal(of("<5")?.false_yes, "0");
  assert.deepEqual([of("9.9")?.false_yes, of("9.9")?.doubt], [undefined, "not_stated"]);
  assert.equal(of("10.1", "5")?.false_yes, undefined, "a no is no false yes");
});

test("C24: the purity's yes is judged by the sum of what was found, and not where a doubt is missing", () => {
  const purity = (line: Partial<Reading>) =>
    judged(withLine("Pr6O11", line), grade("4N")).checks.find((c) => c.limit === "purity");
  const near = purity({ mg_per_kg: "85", u: "10" });
  assert.equal(near?.result, "passed");
  assert.ok(Number(near?.false_yes) > 0.15 && Number(near?.false_yes) < 0.3, near?.false_yes);
  assert.equal(purity({ mg_per_kg: "22" })?.doubt, "not_stated");
});

test("C24: of the whole, what was not stated is named and not counted", () => {
  const whole = judged(withLine("La2O3", { mg_per_kg: "9.9" }));
  assert.ok(whole.doubt_not_stated?.includes("La2O3"));
  assert.ok(whole.doubt_not_stated?.includes("reo"));
  const no = judged(withLine("La2O3", { mg_per_kg: "11", u: "1" }));
  assert.deepEqual([no.meets, no.false_yes], ["no", undefined]);
});

test("C24: several chances are one, never below the largest and never above their sum", () => {
  assert.equal(anyBeyond([]), 0);
  assert.equal(probabilityText(anyBeyond([0.5, 0.5])), "0.75");
  assert.equal(anyBeyond([1, 0.1]), 1);
  assert.equal(probabilityText(anyBeyond([Number.MIN_VALUE])), "<0.000001");
});

const KG = 1_000_000;
const found = (best: number, sd: number) => ({ best, moves: { laboratory: sd } });
const compared = (elements_mg: object, change: object = {}) =>
  compareWithBooks(
    { mass_mg: found(100 * KG, 100), elements_mg: elements_mg as never },
    {
      ...{ oxide: "Nd2O3", reo_pct: "99.60" },
      purity: { purity_pct: "99.99", u_mg_per_kg: "3" } as never,
      results: [
        { analyte: "Pr6O11", mg_per_kg: "22", u: "2" },
        { analyte: "Dy2O3", mg_per_kg: "<1" },
        { analyte: "Fe", mg_per_kg: "5", u: "1" },
      ],
      ...change,
    },
  ).map((f) => [f.element, Math.sign(f.z)]);

test("C25: books and certificate of analysis agree within their doubt, element by element", () => {
  // 100 kg at 99.6 % oxide: 22 mg/kg Pr6O11 are 1.813 g Pr; Nd2O3 is 85.736 % Nd; 5 mg/kg Fe are 500 mg.
  const honest = {
    Nd: found(85_382_000, 400_000),
    Pr: found(1813, 50),
    Dy: found(40, 10),
    Fe: found(500, 20),
  };
  assert.deepEqual(compared(honest), []);
  assert.deepEqual(
    compared({ ...honest, Pr: found(7252, 50) }),
    [["Pr", -1]],
    "four times as much in the books",
  );
  assert.deepEqual(compared({ ...honest, Dy: found(10_800, 10) }), [["Dy", -1]], "270 times its limit");
  assert.deepEqual(compared({ ...honest, Nd: found(80_000_000, 400_000) }), [["Nd", 1]]);
  assert.deepEqual(compared({ ...honest, Fe: found(0, 0) }), [["Fe", 1]], "the books say there is none");
});

test("C25: what the books do not follow is not compared, wide doubt agrees, and a blank agrees with nothing held", () => {
  assert.deepEqual(compared({}), []);
  assert.deepEqual(compared({ Pr: found(7252, 3000) }), []);
  assert.deepEqual(compared({ Dy: found(0, 0) }), []);
});
