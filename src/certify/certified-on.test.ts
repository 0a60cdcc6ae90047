import assert from "node:assert/strict";
import { test } from "node:test";
import { decideRestsOn, type Reading, type RestsOn, readAnalysis } from "./index.ts";

const results: readonly Reading[] = [
  { analyte: "Pr6O11", mg_per_kg: "22.0", u: "2" },
  { analyte: "Dy2O3", mg_per_kg: "<1" },
];
const REPORT = {
  ...{ at: "2026-03-21T00:00:00Z", laboratory: "lab", method: "ICP-MS", analysed_on: "2026-03-20" },
  ...{ results, reo_pct: "99.6" },
};
const KNOWN = {
  ...{ sample: "Q", drawn_at: "2026-03-20T22:00:00Z", report: REPORT },
  released_at: "2026-03-22T00:00:00Z",
};
const given: RestsOn = {
  ...{ lot: "L", sample: "Q", at: "2026-03-23T00:00:00Z", known: KNOWN, speaks_for: "L" },
  ...{ carried: {}, others: [], stated: {} },
};

const tried = (change: Partial<RestsOn>): string => {
  const decided = decideRestsOn({ ...given, ...change });
  return decided.ok ? "done" : `${decided.refusal.code} at ${decided.refusal.at}`;
};
const { released_at: _, ...unreleased } = KNOWN;

test("C21: the sample is known, of this lot, its results released, and analysed after it was drawn", () => {
  assert.equal(tried({}), "done");
  assert.equal(tried({ known: undefined }), "sample_unknown at sample");
  assert.equal(tried({ speaks_for: undefined }), "sample_of_another_lot at sample");
  assert.equal(tried({ known: unreleased }), "results_not_released at sample");
  assert.equal(tried({ known: { sample: "Q", drawn_at: KNOWN.drawn_at } }), "results_not_released at sample");
  assert.equal(tried({ at: "2026-03-21T12:00:00Z" }), "results_not_released at at", "released only later");
  const early = { ...KNOWN, report: { ...REPORT, analysed_on: "2026-03-19" } };
  assert.equal(tried({ known: early }), "analysed_before_sample at sample");
  const drawn_at = "2026-03-20T23:30:00-05:00";
  assert.equal(
    tried({ known: { ...KNOWN, drawn_at } }),
    "analysed_before_sample at sample",
    "the 21st in UTC",
  );
});

test("C21: what is stated beside the report is what was reported, however its numbers are written", () => {
  const stated = (of: RestsOn["stated"]) => tried({ stated: of });
  const { at: __, ...all } = REPORT;
  assert.equal(stated(all), "done");
  assert.equal(stated({ results: [...results].reverse(), reo_pct: "99.60" }), "done");
  assert.equal(
    stated({ results: [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2.0" }, results[1] as Reading] }),
    "done",
  );
  assert.equal(stated({ laboratory: "other" }), "results_differ at laboratory");
  assert.equal(stated({ method: "XRF" }), "results_differ at method");
  assert.equal(stated({ analysed_on: "2026-03-21" }), "results_differ at analysed_on");
  assert.equal(stated({ loi_pct: "0.3" }), "results_differ at loi_pct", "nobody measured it");
  assert.equal(stated({ reo_pct: "99.7" }), "results_differ at reo_pct");
  assert.equal(stated({ results: results.slice(0, 1) }), "results_differ at results");
  const first = (change: Partial<Reading>) =>
    stated({ results: [{ ...(results[0] as Reading), ...change }, results[1] as Reading] });
  assert.equal(first({ mg_per_kg: "21" }), "results_differ at results[0]");
  assert.equal(first({ mg_per_kg: "<22" }), "results_differ at results[0]");
  assert.equal(first({ u: "1" }), "results_differ at results[0]");
  assert.equal(first({ analyte: "Pr2O3" }), "results_differ at results[0]");
});

test("C23: a sample carries one lot's certificate of analysis; a composite each of those it names", () => {
  assert.equal(tried({ carried: { L: "L" } }), "done", "released anew");
  assert.equal(tried({ carried: { L: "L-PART" } }), "certificate_used_already at sample");
  assert.equal(tried({ carried: { M: "M" } }), "done", "the composite's other lot");
});

test("C21: of the samples that speak for a lot the one drawn last decides, whatever was corrected since", () => {
  const { at: report_at } = REPORT;
  const other = (drawn_at: string, more: object = {}) => [{ sample: "R", drawn_at, report_at, ...more }];
  assert.equal(tried({ others: other("2026-03-20T22:00:01Z") }), "newer_results at sample");
  assert.equal(tried({ others: other("2026-03-21T00:30:00+03:00") }), "done", "half an hour before, in UTC");
  assert.equal(tried({ others: other(KNOWN.drawn_at) }), "done", "as new");
  const later = other(KNOWN.drawn_at, { report_at: "2026-03-21T00:00:01Z" });
  assert.equal(tried({ others: later }), "newer_results at sample");
  const corrected = { ...KNOWN, report: { ...REPORT, at: "2026-03-22T00:00:00Z" } };
  assert.equal(
    tried({ known: corrected, others: other("2026-03-20T23:00:00Z") }),
    "newer_results at sample",
    "a correction makes it no newer than it was drawn",
  );
  assert.equal(tried({ others: other("2026-03-21T00:00:00Z", { sample: "Q" }) }), "done", "itself");
});

test("C1: below detection carries the doubt of its limit however it counts, and what has no doubt is named", () => {
  const asked = (convention: "zero" | "half_limit" | "full_limit", ...lines: Reading[]) => {
    const read = readAnalysis({ basis: "TREO", convention, results: lines });
    assert.ok(read.ok, JSON.stringify(read));
    return read.value;
  };
  const below: Reading[] = [
    { analyte: "Pr6O11", mg_per_kg: "<3" },
    { analyte: "Dy2O3", mg_per_kg: "<4" },
  ];
  // By hand: 5 over the root of 3, and of 12.
  assert.deepEqual(
    (["zero", "half_limit", "full_limit"] as const).map((c) => asked(c, ...below).u_mg_per_kg),
    ["2.88675", "1.44338", "2.88675"],
  );
  const sure = asked("zero", { analyte: "Pr6O11", mg_per_kg: "<3", u: "0.001" });
  assert.equal(sure.u_mg_per_kg, "1.73205", "a smaller doubt than the limit's is none");
  assert.match(asked("zero", { analyte: "Pr6O11", mg_per_kg: "3" }).statement, /Pr6O11 is not stated/);
  assert.doesNotMatch(asked("zero", ...below).statement, /not stated/);
});

test("C22: what no method finds is no reading", () => {
  const asked = (mg_per_kg: string, u?: string) => {
    const line = { analyte: "Pr6O11", mg_per_kg, ...(u === undefined ? {} : { u }) };
    const read = readAnalysis({ basis: "TREO", convention: "zero", results: [line] });
    return read.ok ? "done" : read.refusal.code;
  };
  assert.equal(asked("0.0000001"), "limit_missing");
  assert.equal(asked("0.0000001", "0.0000001"), "limit_missing");
  assert.equal(asked("<0.0000001"), "limit_missing");
  assert.equal(asked("0.0000001", "0.5"), "done", "with a doubt that says so");
  assert.equal(asked("0.0001"), "done");
  assert.equal(asked("<0.002"), "done", "as published");
});

test("C22: an exact zero, and nothing at all, are no analysis", () => {
  const asked = (...lines: Reading[]) => {
    const read = readAnalysis({ basis: "TREO", convention: "half_limit", results: lines });
    return read.ok ? read.value.purity_pct : `${read.refusal.code} at ${read.refusal.at}`;
  };
  const line = (mg_per_kg: string, u?: string): Reading => ({
    ...{ analyte: "Pr6O11", mg_per_kg },
    ...(u === undefined ? {} : { u }),
  });
  assert.equal(asked(), "results_missing at results");
  for (const zero of ["0", "0.00", "000.000", " 0 "])
    assert.equal(asked(line(zero)), "limit_missing at results[0].mg_per_kg", zero);
  assert.equal(asked(line("0", "0.0")), "limit_missing at results[0].mg_per_kg");
  assert.equal(
    asked(line("5"), { analyte: "Fe2O3", mg_per_kg: "0" }),
    "limit_missing at results[1].mg_per_kg",
    "whatever counts to the purity",
  );
  assert.equal(asked(line("0", "2")), "100", "nothing found, with its doubt");
  assert.equal(asked(line("<2")), "99.9999");
});
