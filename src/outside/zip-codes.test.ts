import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { packZips, ZIP_TABLE, zipCodes } from "./zip-codes.ts";

const near = (a: number, b: number) => Math.abs(a - b) < 0.1;

test("N1: a ZIP code is found with its place; leading zeros count; an unknown one is not found", () => {
  const zips = zipCodes();
  const plainfield = zips.find("46168");
  assert.equal(plainfield?.state, "IN");
  assert.equal(plainfield?.city, "Plainfield");
  assert.ok(near(plainfield.lat, 39.7) && near(plainfield.lon, -86.4));
  assert.equal(zips.find("01746")?.state, "MA");
  for (const unknown of ["00000", "1746", "", "__proto__", "constructor", "46168-1234"])
    assert.equal(zips.find(unknown), undefined, unknown);
});

test("N1: without a table the package is read, and says the same", () => {
  const made = zipCodes();
  const packed = zipCodes(new URL("no-such-table.json", ZIP_TABLE));
  for (const zip of ["60601", "10001", "94103", "98101", "99501", "00601"])
    assert.deepEqual(packed.find(zip), made.find(zip));
});

test("N1: the table is small, and a broken one is a fault, not an unknown place", () => {
  assert.ok(JSON.stringify(packZips()).length < 1_500_000);
  assert.ok(statSync(ZIP_TABLE).size < 1_500_000);
  const folder = mkdtempSync(join(tmpdir(), "zips-"));
  try {
    const broken = join(folder, "zips.json");
    for (const text of ["{", "{}", '{"IN":"46168|Plainfield|x|y"}', "[]"]) {
      writeFileSync(broken, text);
      assert.throws(() => zipCodes(pathToFileURL(broken)).find("46168"), /not a table of ZIP codes/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
