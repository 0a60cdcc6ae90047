import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readDriveModel } from "./drive-models.ts";
import { readLine } from "./reading.ts";

describe("I2: quantity", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["QTY 12 WDC WD10EZEX", 12],
    ["qty: 7, laptop", 7],
    ["3 x ST500DM002", 3],
    ["Dell Latitude E7470, 40 pcs", 40],
    ["1,200 pieces iPhone 7", 1200],
    ["iPad Air 2 (x15)", 15],
    ["pallet 3: 12 x ThinkPad T430", 12],
    ["box of 25 AirPods", 25],
    ["e-bike motor x 20", 20],
    ["Seagate Exos X12", 1],
    ["ST1000DM010-2EP102", 1],
    ["Dell PowerEdge R720 with 8x 600GB HDD", 1],
    ["", 1],
  ];
  for (const [line, quantity] of cases)
    it(`${JSON.stringify(line)} is ${quantity}`, () => assert.equal(readLine(line).quantity, quantity));
});

describe("I3: what is said of the hard drive", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Dell Latitude E7470 no HDD", "absent"],
    ["SURFACE PRO 2 NOH DD", "absent"],
    ["ZoomSmart A1002 no HYDD", "absent"],
    ["HP 840 without hard drive", "absent"],
    ["ThinkPad T430, HDD removed", "absent"],
    ["OptiPlex 7010 8GB/256 SSD", "absent"],
    ["OptiPlex 7010 w/ 500GB HDD", "present"],
    ["thinkpad x270 w/ 500b hdd", "present"],
    ["OptiPlex 7010 + 1TB hard drive", "present"],
    ["OptiPlex 7010", "unstated"],
  ];
  for (const [line, said] of cases)
    it(`${line}: ${said}`, () => assert.equal(readLine(line).hard_drive, said));

  it("a stated number of drives counts them", () =>
    assert.equal(readLine("R720 server with 8x 600GB HDD").hard_drive_count, 8));
  it("the size of a computer's drive is not the size of the line", () =>
    assert.equal(readLine("Latitude w/ 500GB HDD").capacity_bytes, null));
});

describe("I4, I5: tags, conditions, odd input", () => {
  it("tags and conditions leave the words", () =>
    assert.deepEqual(readLine("#40310 ST500DM002 asset 757882 S/N Z12345 (bad) for parts").words, [
      "ST500DM002",
    ]));
  it("blanks, control characters and a megabyte are read", () => {
    assert.deepEqual(readLine(" \t ").words, []);
    assert.deepEqual(readLine("\u0000\u0001").words, []);
    assert.ok(readLine("w/ 1 x ".repeat(150_000)).words.length <= 2000);
  });
});

describe("I10: numbering schemes of drive makers", () => {
  const cases: readonly (readonly [string, string, string | null, number])[] = [
    ["ST4000DM004", "hdd", "3.5in", 4000],
    ["ST9500420AS", "hdd", "2.5in", 500],
    ["ST31000524AS", "hdd", "3.5in", 1000],
    ["STI000DM0I0", "hdd", "3.5in", 1000],
    ["WD40EFRX", "hdd", "3.5in", 4000],
    ["WD5000LPVX", "hdd", "2.5in", 500],
    ["WD161KRYZ", "hdd", "3.5in", 16_000],
    ["WD2500AAKX", "hdd", "3.5in", 250],
    ["HUS724040ALE640", "hdd", "3.5in", 4000],
    ["HTS545032B9A300", "hdd", "2.5in", 320],
    ["HUH721212ALE601", "hdd", "3.5in", 12_000],
    ["MG08ACA16TE", "hdd", "3.5in", 16_000],
    ["MK3265GSX", "hdd", "2.5in", 320],
    ["MK0800GCTZB", "ssd", null, 800],
    ["MZ7LM480HMHQ", "ssd", null, 480],
    ["MZWLJ3T8HBLS", "ssd", null, 3800],
    ["SSDSC2BB480G4", "ssd", null, 480],
    ["MTFDDAK960TDS", "ssd", null, 960],
    ["CT500MX500SSD1", "ssd", null, 500],
    ["SA400S37240G", "ssd", null, 240],
  ];
  for (const [word, kind, form, size_GB] of cases)
    it(`${word}: ${kind}, ${form ?? "form not said"}, ${size_GB} GB`, () => {
      const drive = readDriveModel([word]);
      assert.equal(drive?.kind, kind);
      assert.equal(drive?.form_factor, form);
      assert.equal(Math.round((drive?.capacity_bytes ?? 0) / 1e9), size_GB);
    });
  it("words that are no drive are no drive", () =>
    assert.equal(readDriveModel(["LATITUDE", "E7470", "KITCHEN", "2019"]), null));
});

describe("I33: a computer's insides", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["Dell Latitude 5490 i5-8350U 8GB 256GB SSD", "DELL LATITUDE 5490", "absent"],
    ["HP 850 G3 i5-6300U 8GB 500GB HDD", "HP 850 G3", "present"],
    ["Dell Precision T3610 Xeon E5-1620 v2 16GB 2x 1TB HDD", "DELL PRECISION T3610", "present"],
    ["ThinkCentre M710q, Core i5-7400T, 8GB RAM, no HDD", "THINKCENTRE M710Q", "absent"],
    ["Apple MacBook Air A1466 i5 1.8GHz 8GB 128GB SSD", "APPLE MACBOOK AIR A1466", "absent"],
    ["Acer Swift Ryzen 5 3500U / 16GB / 512GB NVMe", "ACER SWIFT", "absent"],
  ];
  for (const [line, left, drive] of cases)
    it(`${line}`, () => {
      const { words, hard_drive, capacity_bytes } = readLine(line);
      assert.deepEqual([words.join(" "), hard_drive, capacity_bytes], [left, drive, null]);
    });
  it("two drives are two", () =>
    assert.equal(readLine("Dell T3610 Xeon E5-1620 v2 16GB 2x 1TB HDD").hard_drive_count, 2));
  const things = [
    "Kingston 120GB SSD A400",
    "Seagate 1TB 2.5 SATA drive",
    "Samsung GT-I9300",
    "M5-7125 board",
    "WD 150 GB 6Gb/s",
  ];
  for (const line of things) it(`${line} has no insides`, () => assert.deepEqual(readLine(line).marks, []));
});
