import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvFile } from "./csv.ts";

test("W19: whatever a cell begins with, no spreadsheet takes it for a formula, and numbers stay numbers", () => {
  for (const formula of ["=1+1", "-2+3+cmd|' /C calc'!A0", "+cmd|x", "@SUM(1)", " =1", "\t=1", "＝1", "-x"])
    assert.match(csvFile([[formula]]), /^"?'/, formula);
  assert.equal(
    csvFile([[-1.5, "+2", "-1,250.5", "1e-9", "-2E+3", "a-b", undefined]]),
    '-1.5,+2,"-1,250.5",1e-9,-2E+3,a-b,\r\n',
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const cell = csvFile([[text]])
        .slice(0, -2)
        .replace(/^"|"$/g, "");
      assert.ok(!/^[=@]/.test(cell));
    }),
  );
});
