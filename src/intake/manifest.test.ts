import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  guessDelimiter,
  type Manifest,
  readManifest,
  readQuantity,
  readSerials,
  readWeight,
  type Table,
} from "./index.ts";

const rowsOf = (text: string, delimiter = ","): Table => ({
  rows: text.split("\n").map((line) => line.split(delimiter)),
});
function read(table: Table, columns = {}): Manifest {
  const manifest = readManifest(table, columns);
  assert.ok(manifest.ok, manifest.ok ? "" : manifest.refusal.message);
  return manifest.value;
}
const refusal = (table: Table, columns = {}) => {
  const manifest = readManifest(table, columns);
  return manifest.ok ? "read" : manifest.refusal.code;
};
const codes = (manifest: Manifest) =>
  manifest.found.flatMap(({ row, findings }) =>
    findings.map((f) => `${row} ${f.column} ${f.code} ${f.severity}`),
  );

/** No string anywhere in it holds half a character. */
const wellFormed = (x: unknown): boolean =>
  typeof x === "string"
    ? x.isWellFormed()
    : typeof x !== "object" || x === null || Object.entries(x).flat().every(wellFormed);

const anyCell = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "ST2000DM008",
    "12",
    "-3",
    "1.5",
    "12 kg",
    "qty",
    "description",
    "serial",
    "total",
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom("a", "\u{10000}"), maxLength: 200 }),
);
const anyRows = fc.array(fc.array(anyCell, { maxLength: 6 }), { maxLength: 30 });
const headed = fc.tuple(
  fc.constantFrom(
    ["description", "qty"],
    ["model", "qty", "weight (kg)"],
    ["item", "serial", "count", "weight"],
  ),
  anyRows,
);

test("N3: rows = kept + rejected + blank, and every rejected row is named, whatever the cells", () => {
  const tables = fc.oneof(
    anyRows,
    headed.map(([header, rows]) => [header, ...rows]),
  );
  let kept = 0;
  fc.assert(
    fc.property(tables, fc.array(fc.nat(35), { maxLength: 3 }), (rows, broken) => {
      const unreadable = new Map(
        broken.filter((i) => i < rows.length).map((i) => [i, "a quote does not close"]),
      );
      const manifest = readManifest({ rows, unreadable });
      if (!manifest.ok) {
        assert.ok(["manifest_empty", "no_row_kept"].includes(manifest.refusal.code));
        return;
      }
      const m = manifest.value;
      kept += m.kept.length;
      assert.equal(m.header_rows + m.rows, rows.length);
      assert.equal(m.kept.length + m.rejected + m.blank, m.rows);
      const rejected = m.found.filter((f) => !f.kept);
      assert.equal(rejected.length, m.rejected);
      for (const { findings } of rejected) assert.ok(findings.some((f) => f.severity === "rejected"));
      for (const f of m.found.filter((x) => x.kept))
        assert.ok(f.findings.every((x) => x.severity === "noted"));
      const named = [...m.kept.map((l) => l.file_row), ...rejected.map((f) => f.row)];
      assert.equal(new Set(named).size, named.length);
      assert.ok(wellFormed(m));
      for (const line of m.kept) {
        assert.ok(line.text.length > 0 && line.text.length <= 2000);
        assert.ok(line.quantity === null || (line.quantity >= 1 && line.quantity <= 100_000));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach the books
        assert.doesNotMatch(Object.values(line.cells).join("") + line.text, /[\u0000-\u0008\u000e-\u001f]/);
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(kept > 100, "the property looks at kept rows");
});

test("N3: each bad row is named with its row, column and code, the good ones are kept", () => {
  const manifest = read(
    rowsOf(
      [
        "Description,Qty,Serial,Weight (kg)",
        "ST2000DM008,12,,7.4",
        ",4,,",
        "iPhone 7,many,,",
        "iPhone 7,-2,,",
        "iPad,1,,12 tons",
        "",
        "Total,19,,",
        "iPod,3,,1.2 lb",
        "iPod,3",
        "iPod,3,,0",
        "iPod,3,,0.2,more,cells",
      ].join("\n"),
    ),
  );
  assert.deepEqual(codes(manifest), [
    "3 Description description_missing rejected",
    "4 Qty quantity_unreadable rejected",
    "5 Qty quantity_unreadable rejected",
    "6 Weight (kg) weight_unreadable rejected",
    "8 Description row_is_a_total rejected",
    "9 Weight (kg) weight_units_differ noted",
    "10 column 3 cells_missing noted",
    "11 Weight (kg) weight_zero noted",
    "12 column 5 cells_left_over noted",
  ]);
  assert.deepEqual([manifest.rows, manifest.kept.length, manifest.rejected, manifest.blank], [11, 5, 5, 1]);
  assert.deepEqual(
    manifest.kept.map((l) => [l.file_row, l.quantity, l.weight_mg]),
    [
      [2, 12, 7_400_000],
      [9, 3, 544_311],
      [10, 3, null],
      [11, 3, null],
      [12, 3, 200_000],
    ],
  );
  assert.deepEqual(manifest.found[1]?.cells, ["iPhone 7", "many", "", ""]);
});

test("N3: nothing kept, nothing there: refused as a whole", () => {
  assert.equal(refusal({ rows: [] }), "manifest_empty");
  assert.equal(refusal({ rows: [["description", "qty"]] }), "manifest_empty");
  assert.equal(refusal({ rows: [["", " "], [""]] }), "manifest_empty");
  assert.equal(refusal(rowsOf("description,qty\n,1\niPod,x")), "no_row_kept");
});

test("N5: headers by many names, in any order, below a title; parts of the name are put together once", () => {
  const manifest = read(
    rowsOf(
      [
        "Sample Firm; asset list",
        "",
        "S/N;Make;MODEL NO.;Device Type;Capacity;QTY;Wt;Wt Unit",
        "A1;Dell;Dell Latitude 7490;Notebook;512GB;1;1.4;kg",
        "B2,B3;Seagate;ST2000DM008;HDD;2TB;2;2.9;lb",
      ].join("\n"),
      ";",
    ),
  );
  assert.deepEqual(
    manifest.kept.map((l) => [l.text, l.quantity, l.serials, l.weight_mg]),
    [
      ["Dell Latitude 7490 Notebook 512GB", 1, ["A1"], 1_400_000],
      ["Seagate ST2000DM008 HDD 2TB", 2, ["B2", "B3"], 1_315_418],
    ],
  );
  assert.deepEqual(codes(manifest), ["1 whole row above_the_header noted"]);
  assert.equal(manifest.header_rows, 3);
  assert.deepEqual(manifest.columns["weight_unit"], "Wt Unit");
});

test("N5: a stated column comes before a recognised one; one that is not there is refused", () => {
  const table = rowsOf("Item,What it is,How many\n7,iPod Classic,3\n8,iPad,2");
  assert.deepEqual(
    read(table, { description: "what it is", quantity: "HOW MANY" }).kept.map((l) => [l.text, l.quantity]),
    [
      ["iPod Classic", 3],
      ["iPad", 2],
    ],
  );
  assert.equal(refusal(table, { quantity: "pieces" }), "column_unknown");
});

test("N5: without a header each row is one description, and that is noted where there are cells", () => {
  const lines = read({ rows: [["12x ST2000DM008"], ["iPhone 7"]] });
  assert.deepEqual(
    lines.kept.map((l) => [l.file_row, l.text]),
    [
      [1, "12x ST2000DM008"],
      [2, "iPhone 7"],
    ],
  );
  assert.deepEqual(codes(lines), []);
  const cells = read(rowsOf("ST2000DM008,12\niPhone 7,3"));
  assert.deepEqual(
    cells.kept.map((l) => l.text),
    ["ST2000DM008 12", "iPhone 7 3"],
  );
  assert.deepEqual(codes(cells), ["1 whole row header_missing noted"]);
});

test("N5: the delimiter is found; a header of one column has none, so that commas stay in the text", () => {
  for (const d of [",", ";", "\t", "|"])
    assert.equal(guessDelimiter(`description${d}qty${d}serial\nST2000DM008, 2TB; used${d}2${d}\n`), d);
  assert.equal(guessDelimiter("description\nDell Latitude 7490, no HDD\nHP 840, parts\n"), "");
  assert.equal(guessDelimiter("ST2000DM008\niPhone 7\n"), "");
  assert.equal(guessDelimiter('"a, b",2\n"c, d",3\n'), ",");
  assert.equal(guessDelimiter('"a; b";2\n"c, d";3\n'), ";");
  assert.equal(guessDelimiter(""), "");
});

test("N6: quantities are whole numbers from 1 to 100,000", () => {
  const cases: [string, number | null | undefined][] = [
    ["", null],
    ["12", 12],
    ["1,200", 1200],
    ["3.0", 3],
    ["12 ea", 12],
    ["40 pcs.", 40],
    ["100000", 100_000],
  ];
  for (const [cell, quantity] of cases) assert.equal(readQuantity(cell), quantity, cell);
  for (const cell of [
    "0",
    "-3",
    "1.5",
    "12 kg",
    "many",
    "1e3",
    "100001",
    "1,20",
    "NaN",
    "٣",
    "9".repeat(400),
  ])
    assert.equal(readQuantity(cell), undefined, cell);
});

test("N6: a weight has its unit from the cell, a column or the header; ambiguous units are not guessed", () => {
  const mg = (cell: string, unit = "", header = "Weight") => {
    const weight = readWeight(cell, { unit, header });
    return weight ? `${weight.mass_mg}${weight.units_differ ? " differ" : ""}` : weight;
  };
  assert.equal(mg(""), null);
  assert.equal(mg("12.5 kg"), "12500000");
  assert.equal(mg("12.5", "", "Weight (kg)"), "12500000");
  assert.equal(mg("10", "", "weight_lbs"), "4535924");
  assert.equal(mg("10", "pounds", "Weight (kg)"), "4535924");
  assert.equal(mg("10 lb", "pounds"), "4535924");
  assert.equal(mg("10 lb", "", "Weight (kg)"), "4535924 differ");
  for (const [cell, unit, header] of [
    ["12.5", "", "Weight"],
    ["12 tons", "", "Weight (kg)"],
    ["12", "tons", "Weight"],
    ["-3", "kg", "Weight"],
    ["1,5", "kg", "Weight"],
    ["heavy", "kg", "Weight"],
    ["12", "", "Gross weight"],
  ] as const)
    assert.equal(mg(cell, unit, header), undefined, `${cell} ${unit} ${header}`);
});

test("N3: serials are divided by signs, by blanks only where that gives one a piece; repeats are noted", () => {
  assert.deepEqual(readSerials("A1;B2, C3|D4", 4), ["A1", "B2", "C3", "D4"]);
  assert.deepEqual(readSerials("A1 B2", 2), ["A1", "B2"]);
  assert.deepEqual(readSerials("WD WX12", 1), ["WD WX12"]);
  assert.deepEqual(readSerials("", 1), []);
  const manifest = read(rowsOf("item,qty,sn\ndrive,1,ab-1\ndrive,1,AB1\ndrive,1,X;Y"));
  assert.deepEqual(codes(manifest), ["3 sn serial_repeated noted", "4 sn more_serials_than_pieces noted"]);
});

test("N3: control characters and lost characters are told; a description with them is not kept", () => {
  const manifest = read({
    rows: [
      ["item", "notes"],
      ["dri\u0000ve", ""],
      ["drive", "a\u0001b"],
      ["M\ufffdbel", ""],
      ["half \ud800", ""],
      ["x".repeat(2001), ""],
      Array.from({ length: 201 }, () => "x"),
      ["good", ""],
    ],
  });
  assert.deepEqual(codes(manifest), [
    "2 item control_characters rejected",
    "3 notes control_characters noted",
    "4 item characters_lost noted",
    "5 item control_characters rejected",
    "6 item cell_too_long rejected",
    "7 whole row row_too_wide rejected",
  ]);
  assert.equal(manifest.kept[0]?.cells["notes"], "a\ufffdb");
  assert.ok(JSON.stringify(manifest.found).length < 5000, "what is shown of a bad row is short");
});

test("N3: what is shown of a cell never cuts a character in half", () => {
  const wide = `a${"\u{10000}".repeat(120)}`;
  const manifest = read({
    rows: [
      [`report ${"\u{10000}".repeat(60)}`],
      ["item", "qty", "serial", wide],
      ["iPad", wide, "", ""],
      ["iPad", "2", wide],
      ["iPad", "2", wide],
    ],
  });
  assert.deepEqual([manifest.header_rows, manifest.kept.length, manifest.rejected], [2, 2, 1]);
  assert.ok(wellFormed(manifest));
});

test("N3: columns of one name stay apart, and a hostile header harms nothing", () => {
  const manifest = read({
    rows: [
      ["item", "note", "note", "__proto__", ""],
      ["drive", "a", "b", "c", "d"],
    ],
  });
  assert.equal(
    JSON.stringify(manifest.kept[0]?.cells),
    '{"item":"drive","note":"a","note (2)":"b","__proto__":"c","column 5":"d"}',
  );
});

test("N7: 50,000 rows are read, one more is refused", () => {
  const rows = Array.from({ length: 50_000 }, () => ["drive"]);
  assert.equal(read({ rows }).kept.length, 50_000);
  assert.equal(refusal({ rows: [...rows, ["drive"]] }), "too_many_rows");
  assert.equal(read({ rows: [["item"], ...rows] }).kept.length, 50_000, "the header is not one of them");
  assert.equal(refusal({ rows: [["item"], ...rows, ["drive"]] }), "too_many_rows");
});
