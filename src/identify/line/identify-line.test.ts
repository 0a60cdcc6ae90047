import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { identifyLine, LINE_CLASSES, lotTotals, lotUnitsOf, magnetFamily, PRIORS } from "../index.ts";

/** Lines of our own, unlike the training recipe: what clerks write, with what it is. */
const OWN_LINES: readonly (readonly [string, string])[] = [
  ["Seagate Barracuda ST2000DM006 2TB", "hdd"],
  ["WD Red WD60EFRX", "hdd"],
  ["hitachi deskstar hds721010cla332 1tb", "hdd"],
  ["TOSHIBA MQ01ABF050 laptop hard drive", "hdd"],
  ["3.5 inch SATA hard drive 500GB", "hdd"],
  ["Samsung 860 EVO SSD 250GB", "ssd"],
  ["Kingston A400 SSD 480GB", "ssd"],
  ["Crucial MX500 1TB SSD", "ssd"],
  ["Intel SSDSC2BW240A4", "ssd"],
  ["Dell Latitude E6440 laptop", "notebook"],
  ["Lenovo ThinkPad T480s i5 8GB", "notebook"],
  ["HP ProBook 450 G5 notebook", "notebook"],
  ["MacBook Pro 13 2015", "notebook"],
  ["Dell OptiPlex 7050 SFF", "desktop"],
  ["HP EliteDesk 800 G3 mini", "desktop"],
  ["Lenovo ThinkCentre M710q", "desktop"],
  ["Dell PowerEdge R640 server", "server"],
  ["HP ProLiant DL360 Gen9", "server"],
  ["Apple iMac 21.5", "all_in_one"],
  ["HP EliteOne 800 all-in-one", "all_in_one"],
  ["iPad mini 4 A1538", "tablet"],
  ["Samsung Galaxy S9 smartphone", "android_device"],
  ["iPhone 8 Plus 64GB", "phone"],
  ["Apple Watch Series 3", "smartwatch"],
  ["AirPods Pro", "earbuds"],
  ["iPod touch 6th gen", "media_player"],
  ["Apple TV 4K", "set_top_box"],
  ["HomePod mini", "smart_speaker"],
];
const STRANGE = [
  "",
  "   ",
  "\t",
  "soup tureen",
  "garlic press",
  "set of 6 wine glasses",
  "cast iron skillet 12 inch",
  "oak dining table",
  "rice steamer",
  "rocking horse",
  "bath mat",
  "wicker basket",
  "qzxj vbnk",
  "asdkjh",
  "%%%%",
  "lorem ipsum dolor",
  "8837 2213",
  "xx-yy-zz",
  "paper towels",
  "child car seat",
  "cheese grater",
  "stainless steel pan",
  "ironing board",
  "garden gnome",
  "potato masher",
  "picture frame 30x40",
  "bag of nails",
  "wool sweater",
  "office chair",
  "microwave oven",
  "HP LaserJet printer",
  "Dell 24 inch monitor",
  "KVM cable box",
  "tea strainer",
  "HP 300GB 15K SAS",
  "SEAGATE ST3300657SS",
  "FUJITSU MBA3147RC SCSI",
  "EG0600FBDSR",
  "HUS156030VLS600 SAS",
  "ST600MM0006",
  "AL13SEB600",
];
const total = (x: object): number => Object.values(x).reduce((a: number, b: number) => a + b, 0);

describe("identifyLine", () => {
  it("I6: own lines are named right, 25 of 28 or more", () => {
    const wrong = OWN_LINES.filter(([line, kind]) => identifyLine(line).class !== kind).map(
      ([line, kind]) => `${line} (${kind}): ${identifyLine(line).class}`,
    );
    assert.ok(wrong.length <= 3, wrong.join("; "));
  });
  it("I6: classes sum to 1 and p is the top one, whatever the line", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary", maxLength: 80 })), (line) => {
        const said = identifyLine(line);
        assert.deepEqual(Object.keys(said.classes), [...LINE_CLASSES]);
        assert.ok(Math.abs(total(said.classes) - 1) < 1e-9);
        assert.equal(said.p, said.classes[said.class]);
        assert.ok(Object.values(said.classes).every((p) => p >= 0 && p <= 1));
        assert.equal(said.line, line);
        for (const e of Object.values(said.elements_g))
          assert.ok(e.lo90 <= e.hi90 && e.lo90 >= 0 && Number.isFinite(e.best));
      }),
    );
  });
  it("I7, I9: strange lines are unknown or unsure, 95 in 100", () => {
    const sure = STRANGE.filter((line) => {
      const said = identifyLine(line);
      return said.class !== "unknown" && said.p >= 0.6;
    });
    assert.ok(sure.length <= STRANGE.length * 0.05, sure.join("; "));
  });
  it("I5: a blank line is a line", () => {
    const said = identifyLine("  ", { pallet: "7" });
    assert.deepEqual(
      [said.class, said.p, said.prior_class, said.quantity, said.drive],
      ["unknown", 1, "unknown", 1, null],
    );
    assert.deepEqual(said.row, { pallet: "7" });
    assert.deepEqual([said.magnets, said.elements_g, said.candidates], [[], {}, []]);
  });
});

describe("I1: what does not matter", () => {
  const changes: readonly (readonly [string, (line: string) => string])[] = [
    ["upper case", (l) => l.toUpperCase()],
    ["lower case", (l) => l.toLowerCase()],
    ["semicolons", (l) => l.replaceAll(" ", ";")],
    ["bars", (l) => l.replaceAll(" ", " | ")],
    ["dashes", (l) => l.replaceAll(" ", " - ")],
    ["quantity in front", (l) => `QTY 12 ${l}`],
    ["pieces behind", (l) => `${l}, 30 pcs`],
    ["asset tag", (l) => `${l} asset 727250`],
    ["condition", (l) => `${l} (bad)`],
  ];
  for (const [name, change] of changes)
    it(`${name}: no probability moves by 0.1`, () => {
      for (const [line] of OWN_LINES) {
        const [before, after] = [identifyLine(line).classes, identifyLine(change(line)).classes];
        for (const kind of LINE_CLASSES)
          assert.ok(Math.abs(before[kind] - after[kind]) < 0.1, `${line} / ${change(line)}: ${kind}`);
      }
    });
});

describe("magnets of a line", () => {
  it("I3: no HDD, unstated, with HDD: the bill grows", () => {
    const nd = (line: string): number => identifyLine(line).elements_g["Nd"]?.best ?? 0;
    for (const name of [
      "Dell Latitude E6440 laptop",
      "Dell OptiPlex 7050 desktop",
      "Dell PowerEdge R640 server",
    ]) {
      const [without, unstated, withOne] = [nd(`${name} no HDD`), nd(name), nd(`${name} w/ 500GB HDD`)];
      assert.ok(without < unstated, name);
      if (!name.includes("server")) assert.ok(unstated < withOne, name);
      const bill = identifyLine(`${name} no HDD`).magnets.find((m) => m.part === "hard_drive");
      assert.ok((bill?.present_p ?? 1) <= 0.05);
      assert.equal(identifyLine(`${name} w/ 500GB HDD`).class, identifyLine(name).class);
    }
    assert.ok(
      nd("Dell PowerEdge R640 server with 8x 600GB HDD") >
        3 * nd("Dell PowerEdge R640 server with 1x 600GB HDD"),
    );
  });
  it("I11: grams are for the whole line", () => {
    const [one, dozen] = [identifyLine("ST4000DM004"), identifyLine("QTY 12 ST4000DM004")];
    for (const [element, e] of Object.entries(one.elements_g))
      assert.ok(Math.abs((dozen.elements_g[element]?.best ?? 0) / e.best - 12) < 1e-9);
    assert.deepEqual(one.magnets, dozen.magnets);
    const expected = one.magnets.reduce((sum, m) => sum + m.present_p * m.mass_g.best, 0);
    const metal = Object.values(one.elements_g).reduce((sum, e) => sum + e.best, 0);
    assert.ok(metal > 0.85 * expected && metal < 1.05 * expected, `${metal} g of elements in ${expected} g`);
  });
  it("I10: size decides the row: a laptop drive holds about a quarter", () => {
    const [big, small] = [identifyLine("ST4000DM004"), identifyLine("WD5000LPVX")];
    assert.deepEqual([big.prior_class, small.prior_class], ["hdd_3.5in", "hdd_2.5in"]);
    assert.deepEqual([big.drive?.form_factor, small.drive?.form_factor], ["3.5in", "2.5in"]);
    assert.ok((small.elements_g["Nd"]?.best ?? 0) < 0.35 * (big.elements_g["Nd"]?.best ?? 0));
  });
  it("I8: things outside the classes choose their own row; ferrite holds no Nd", () => {
    for (const [line, row] of [
      ["e-bike hub motor", "ebike_hub_motor"],
      ["microwave oven", "microwave_oven_magnetron"],
      ["inverter air conditioner compressor", "aircon_compressor"],
    ] as const) {
      const said = identifyLine(line);
      assert.deepEqual([said.class, said.prior_class], ["unknown", row]);
    }
    assert.equal(identifyLine("microwave oven").elements_g["Nd"], undefined);
    assert.ok((identifyLine("e-bike hub motor").elements_g["Gd"]?.best ?? 0) > 5);
    assert.equal(identifyLine("Samsung SSD 870 EVO 500GB").elements_g["Nd"], undefined);
  });
  it("I11: every prior row has its grade and source, and its alloys add up to at most 100 wt%", () => {
    for (const row of PRIORS.values())
      for (const part of row.parts) {
        assert.match(part.evidence, /^[ABC]$/);
        assert.ok(
          part.source.length > 5 &&
            part.median_g > 0 &&
            part.log_sd > 0 &&
            part.present_p > 0 &&
            part.present_p <= 1,
        );
        assert.ok(Math.abs(part.alloys.reduce((sum, a) => sum + a.p, 0) - 1) < 1e-9);
      }
  });
  it("I12: a family is maker and series, not the model", () => {
    const family = (line: string): string => magnetFamily(identifyLine(line));
    assert.equal(family("ST4000DM004-2CV104"), family("QTY 4 seagate ST2000DM006"));
    assert.notEqual(family("ST4000DM004"), family("WD40EFRX"));
    assert.equal(family("Dell Latitude E7470"), family("dell latitude e6440"));
  });
  it("I16: lines add up to lots, unknown ones named", () => {
    const lines = ["QTY 100 ST4000DM004", "50 x WD5000LPVX", "ladle", "Dell Latitude E7470 no HDD"].map(
      (line) => identifyLine(line),
    );
    const lot = lotTotals({ units: lotUnitsOf(lines), seed: 3 });
    const sum = lines.reduce((grams, line) => grams + (line.elements_g["Nd"]?.best ?? 0), 0);
    assert.ok(Math.abs((lot.elements["Nd"]?.best_g ?? 0) / sum - 1) < 0.05);
    assert.equal(lot.not_counted.length, 1);
  });
});
