import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, formOf } from "./calibration-form.ts";
import {
  faultOfCsv,
  fieldsOf,
  figure,
  figures,
  fittableOf,
  fromBench,
  SAMPLE,
  SAMPLE_CSV,
  withNumber,
} from "./experiment.ts";
import { START } from "./settings.ts";

test("W29: what this browser remembers of the form is taken up, and what is no form is left", () => {
  const begun = formOf(undefined);
  const left = { ...begun, csv: SAMPLE_CSV, error: "0.4", profile: true };
  assert.deepEqual(formOf(JSON.stringify(left)), left);
  for (const text of ["", "{", "3", "null", '{"csv":7}', '{"experiment":{}}', '{"fit":"Nd"}'])
    assert.deepEqual(formOf(text), begun, text);
});

test("W29: a form is sent once it has a curve, something to fit, and an error above 0 or none", () => {
  const form = { ...formOf(undefined), csv: SAMPLE_CSV };
  assert.equal(checked(form).ready, true);
  assert.equal("error" in checked(form).input.experiments[0]!, false);
  const stated = checked({ ...form, error: " 0.5 " });
  assert.deepEqual(stated.input.experiments[0]?.error, { absolute_mol_per_m3: 0.5 });
  for (const error of ["0", "-1", "x"]) assert.equal(checked({ ...form, error }).ready, false, error);
  for (const part of [{ csv: "" }, { fit: [] }, { csv: "time_s,Nd\n1,x\n" }])
    assert.equal(checked({ ...form, ...part }).ready, false);
});

test("W29: a curve that cannot be fitted is refused by its line", () => {
  assert.equal(faultOfCsv(SAMPLE_CSV, SAMPLE), undefined);
  assert.match(faultOfCsv("time_s,Nd\n1,2\n3,x\n", SAMPLE) ?? "", /^Line 3 column Nd: "x" is not a number/);
  assert.match(faultOfCsv("time_s,Dy\n1,2\n", SAMPLE) ?? "", /^Line 1: Dy is not among the species Cu, Nd/);
  assert.match(faultOfCsv("time_s,Nd\n", SAMPLE) ?? "", /^Line 2/);
});

test("W29: every number of an experiment is a field in words, and changed alone", () => {
  const labels = fieldsOf(SAMPLE).map(({ label }) => label);
  assert.equal(new Set(labels).size, labels.length);
  assert.ok(labels.includes("capacity, mol/m³ of bed") && labels.includes("Nd in inlet 1, mol/m³"));
  const changed = withNumber(SAMPLE, ["species", 1, "affinity"], 3);
  const differ = fieldsOf(changed).filter(({ value }, k) => value !== fieldsOf(SAMPLE)[k]?.value);
  assert.deepEqual(
    differ.map(({ label, value }) => [label, value]),
    [["affinity of Nd", 3]],
  );
});

test("W29: two ends are written with the digits that tell them apart", () => {
  assert.deepEqual(figures(1400, 1600), ["1400", "1600"]);
  assert.deepEqual(figures(1500.0012, 1500.1031), ["1500.001", "1500.103"]);
  assert.deepEqual(figures(9.99741e-6, 1.00142e-5), ["9.9974e-6", "1.0014e-5"]);
  assert.deepEqual(figures(2, 2), ["2", "2"]);
});

test("W29: only what has a value to start from is offered, for the bench's column as for the sample's", () => {
  const offered = (of: typeof SAMPLE) => fittableOf(of).map(({ parameter }) => parameter);
  assert.deepEqual(offered(SAMPLE), ["capacity_mol_per_m3_bed", "axial_dispersion_m2_per_s", "affinity:Nd"]);
  assert.ok(offered(fromBench(START)).includes("pore_diffusivity_m2_per_s"));
  assert.ok(!offered(fromBench(START)).includes("affinity:Cu"));
});

test("figures of transport keep their power of ten", () => {
  assert.equal(figure(9.7921e-6), "9.7921e-6");
  assert.equal(figure(1499.98), "1500");
});
