import assert from "node:assert/strict";
import { test } from "node:test";
import type { Product } from "../chemistry/index.ts";
import {
  basisOf,
  buildCertificate,
  certifiedProduct,
  checkRatioOf,
  checkSpecification,
  decideIssue,
  impuritiesOf,
  mustBeMeasured,
  SPECIFICATIONS,
  type Specification,
} from "./index.ts";

const NDPR: Product = {
  product: "NdPr",
  name: "NdPr oxide",
  form: "oxide",
  elements: ["Nd", "Pr"],
  ratio: { Nd: { from: 0.75, to: 0.8 }, Pr: { from: 0.2, to: 0.25 } },
};
const of = { oxide: "NdPr", product: NDPR };
const line = (analyte: string, mg_per_kg: string, u?: string) => ({
  analyte,
  mg_per_kg,
  ...(u ? { u } : {}),
});

const issue = (shares_mg: Record<string, Record<string, number>>, measured = 900_000) => {
  const known = { measured: { Nd: { best: measured }, Pr: { best: measured } }, claimed: {} };
  return decideIssue({
    before: undefined,
    current: undefined,
    body: { passport: "P", lot: "L", mass_mg: 1_000_000, oxide: "NdPr" },
    product: NDPR,
    shares_mg,
    feeds: new Map([
      ["F-1", known],
      ["F-2", known],
    ]),
    claimed_mg: {},
    mother: undefined,
  });
};

test("C40: claims on all elements together fit into the net mass, over all feeds", () => {
  // By hand: 1 kg - 0.6 kg / 0.857356 - 0.1 kg / 0.827704 of oxide is left for F-2; 82.7704 % of that is Pr.
  const both = issue({ "F-1": { Nd: 600_000, Pr: 100_000, Fe: 5 }, "F-2": { Pr: 200_000 } });
  assert.deepEqual(both.ok && both.value.feeds_mg, {
    "F-1": { Nd: 600_000, Pr: 100_000 },
    "F-2": { Pr: 148_455 },
  });
  const full = issue({ "F-1": { Nd: 857_356, Pr: 400_000 } });
  assert.deepEqual(
    full.ok && full.value.feeds_mg,
    { "F-1": { Nd: 857_355 } },
    "nothing is left for the other",
  );
  const over = issue({ "F-1": { Nd: 500_000, Pr: 100_000 } }, 90_000);
  assert.equal(over.ok ? "done" : over.refusal.code, "claim_exceeds_feed");
  const none = issue({ "F-1": { Fe: 5 } });
  assert.equal(none.ok ? "done" : none.refusal.code, "nothing_to_claim");
});

test("C40: what a certificate is of is said by its definition; a single oxide by its formula", () => {
  assert.deepEqual(certifiedProduct({ oxide: "Nd2O3" })?.elements, ["Nd"]);
  assert.equal(certifiedProduct({ oxide: "NdPr" }), undefined);
  assert.equal(certifiedProduct(of), NDPR);
  const lines = [line("Nd2O3", "760000"), line("Pr6O11", "240000"), line("La2O3", "5")];
  assert.deepEqual(
    impuritiesOf({ ...of, results: lines }).map((l) => l.analyte),
    ["La2O3"],
  );
  assert.equal(
    impuritiesOf({ oxide: "Nd2O3", results: lines }).length,
    3,
    "a single oxide lists impurities alone",
  );
  assert.ok(!mustBeMeasured("NdPr", NDPR).some((o) => o === "Nd2O3" || o === "Pr6O11"));
  assert.ok(mustBeMeasured("Nd2O3").includes("Pr6O11"));
  const metal: Product = { ...NDPR, form: "metal" };
  assert.equal(basisOf({ ...of, product: metal }), "metal");
  assert.ok(mustBeMeasured("NdPr", metal).includes("La"));
});

test("C41: the ratio holds within its bands, with the doubt of every line in it", () => {
  const ratio = (...results: ReturnType<typeof line>[]) =>
    checkRatioOf({ ...of, results }).map((c) => [c.result, c.p === undefined ? "unstated" : c.p.toFixed(3)]);
  const sure = [line("Nd2O3", "775000", "10"), line("Pr6O11", "225000", "10")] as const;
  assert.deepEqual(ratio(...sure), [
    ["passed", "0.000"],
    ["passed", "0.000"],
  ]);
  // At the edge of its band: it lies outside as likely as not.
  const edge = ratio(line("Nd2O3", "750000", "100"), line("Pr6O11", "250000", "100"));
  assert.deepEqual(edge, [
    ["passed", "0.500"],
    ["passed", "0.500"],
  ]);
  assert.deepEqual(ratio(line("Nd2O3", "775000"), line("Pr6O11", "225000", "10"))[0], ["passed", "unstated"]);
  assert.deepEqual(
    ratio(line("Nd2O3", "700000"), line("Pr6O11", "300000")).map(([r]) => r),
    ["failed", "failed"],
  );
  for (const results of [[sure[0]], [sure[0], line("Pr6O11", "<5")], [line("Nd", "775000"), sure[1]], []])
    assert.deepEqual(
      ratio(...results).map(([r]) => r),
      ["not_checked", "not_checked"],
    );
  // Pr2O3 is heavier in metal than Pr6O11: the same milligrams of it are more praseodymium.
  const other = checkRatioOf({ ...of, results: [sure[0], line("Pr2O3", "225000", "10")] });
  assert.match(other[1]?.why ?? "", /^23\.0\d %/);
});

test("C62: no element is reported twice, a product's own neither, by whatever formula", () => {
  const built = (...own: ReturnType<typeof line>[]) =>
    buildCertificate({
      ...{ lot: "L", oxide: "NdPr", product: NDPR, net_mass_mg: 1000, sample: "Q", laboratory: "l" },
      ...{ method: "m", convention: "half_limit", made_on: "2026-03-01", analysed_on: "2026-03-02" },
      ...{ approved_by: "a", sample_programme: true, check: [], results: [...own, line("La2O3", "<1")] },
    });
  for (const again of [line("Nd2O3", "380000"), line("NdO", "380000"), line("Nd", "380000")]) {
    const said = built(line("Nd2O3", "400000"), again, line("Pr6O11", "120000"));
    assert.deepEqual(!said.ok && [said.refusal.code, said.refusal.at], [
      "analyte_named_twice",
      "results[1].analyte",
    ]);
  }
  assert.ok(built(line("Nd2O3", "780000"), line("Pr6O11", "220000")).ok);
});

test("C63: what tells of less than all of a product meets no specification", () => {
  const traces = mustBeMeasured("NdPr", NDPR).map((analyte) => line(analyte, "<1"));
  const meets = (product: Product, nd: ReturnType<typeof line>, pr: ReturnType<typeof line>) =>
    checkSpecification({ ...of, product, results: [nd, pr, ...traces] }, SPECIFICATIONS[0] as Specification);
  const whole = (said: ReturnType<typeof meets>) => said.checks.filter(({ limit }) => limit === "whole");
  const honest = meets(NDPR, line("Nd2O3", "776000", "2000"), line("Pr6O11", "220000", "2000"));
  assert.deepEqual([honest.meets, whole(honest)], ["yes", []]);
  // The same told in milligrams of metal, and in grams.
  for (const [nd, pr] of [
    ["665000", "182000"],
    ["776", "220"],
  ] as const) {
    const short = meets(NDPR, line("Nd2O3", nd, "1"), line("Pr6O11", pr, "1"));
    assert.deepEqual([short.meets, whole(short)[0]?.result], ["unproven", "not_checked"]);
    assert.match(whole(short)[0]?.why ?? "", /nobody knows what the rest is/);
  }
});
