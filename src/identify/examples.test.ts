import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { parse } from "csv-parse/sync";
import { identifyLine, inferLot, lotTotals, lotUnitsOf } from "./index.ts";

const folder = join(import.meta.dirname, "..", "..", "examples", "identify");

it("the example manifest is read line by line, blank row included, and adds up to a lot", () => {
  const rows = parse(readFileSync(join(folder, "lines.csv")), { columns: true }) as Record<string, string>[];
  const lines = rows.map((row) => identifyLine(row["line"] ?? "", row));
  assert.deepEqual(
    lines.map((line) => line.prior_class),
    [
      "hdd_3.5in",
      "hdd_3.5in",
      "ssd",
      "notebook",
      "notebook",
      "desktop",
      "server",
      "phone_magsafe",
      "earbuds",
      "ebike_hub_motor",
      "microwave_oven_magnetron",
      "unknown",
      "unknown",
    ],
  );
  assert.ok((lotTotals({ units: lotUnitsOf(lines), seed: 1 }).elements["Nd"]?.best_g ?? 0) > 500);
});

it("the example lot is inferred; a kilogram of shred is not worth assaying", () => {
  const said = inferLot(JSON.parse(readFileSync(join(folder, "lot.json"), "utf8")));
  assert.ok(said.ok);
  const shred = said.value.next.find((n) => n.kind.includes("shred"));
  const composite = said.value.next.find((n) => n.kind.includes("composite"));
  assert.ok((shred?.evsi_usd ?? 9) < 0.2 * (composite?.evsi_usd ?? 0));
});
