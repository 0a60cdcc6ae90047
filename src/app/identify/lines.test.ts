import assert from "node:assert/strict";
import { test } from "node:test";
import { textRows } from "./lines.ts";

const rows = (text: string) => {
  const read = textRows(text);
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  return read.value;
};
const refused = (text: string) => {
  const read = textRows(text);
  assert.ok(!read.ok);
  return [read.refusal.code, read.refusal.at];
};

test("I34: the line column is found under commas, semicolons and tabs, in any case; others are passed through", () => {
  for (const d of [",", ";", "\t"])
    assert.deepEqual(rows(`\ufeffid${d}Line${d}x\r\n1${d}"ST1000LM035${d} qty 3"${d}a\r\n`), [
      { line: `ST1000LM035${d} qty 3`, row: { id: "1", x: "a" } },
    ]);
});

test("I34: without such a header every row of text is a line, blank ones too", () => {
  assert.deepEqual(
    rows("iPad; 64GB\n\nline of laptops\n").map(({ line }) => line),
    ["iPad; 64GB", "", "line of laptops"],
  );
});

test("I34: under a header of one column a comma is part of the text; a short row is a blank line", () => {
  assert.deepEqual(rows("line\nDell, Latitude 5490\n"), [{ line: "Dell, Latitude 5490", row: {} }]);
  assert.deepEqual(rows("x,line\n1\n"), [{ line: "", row: { x: "1" } }]);
});

test("I34: a row wider than the header would lose a part of its line: it is refused by its number", () => {
  assert.deepEqual(refused("id,line\n1,iPad\n2,Dell, Latitude\n"), ["row_too_wide", "row 2"]);
});

test("I34: empty, binary and torn input is refused by its place", () => {
  assert.deepEqual(refused(""), ["input_empty", "input"]);
  assert.deepEqual(refused("a\0b"), ["input_binary", "input"]);
  assert.deepEqual(refused('line\n"open\n'), ["csv_unreadable", "line 2"]);
});
