import assert from "node:assert/strict";
import { test } from "node:test";
import type { RowRecord } from "../../intake/index.ts";
import { findingsFile } from "./findings-file.ts";

const row = (cells: readonly string[], state: RowRecord["state"] = "rejected"): RowRecord => ({
  id: "C-1:x:5",
  consignment: "C-1",
  manifest: "x",
  name: "m.csv",
  row: 5,
  kept: false,
  state,
  cells,
  findings: [
    { column: "qty", code: "quantity_unreadable", severity: "rejected", message: '"many" is no number' },
  ],
});

test("W19: findings as a file: quoted where they must be, and no cell of a stranger is a formula", () => {
  const text = findingsFile([row(["=HYPERLINK(1)", "-1.5", '3.5" HDD, 2 TB', "-x"]), row([])]);
  assert.equal(
    text,
    [
      "row,state,what is wrong,cell 1,cell 2,cell 3,cell 4",
      '5,rejected,"qty: ""many"" is no number",\'=HYPERLINK(1),-1.5,"3.5"" HDD, 2 TB",\'-x',
      '5,rejected,"qty: ""many"" is no number"',
      "",
    ].join("\r\n"),
  );
});
