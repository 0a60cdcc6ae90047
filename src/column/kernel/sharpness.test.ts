import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readSimulation, simulate } from "../index.ts";

const input = JSON.parse(readFileSync("examples/column/A-equilibrium.json", "utf8"));

function outlet(cells: number): number[] {
  const read = readSimulation({ ...input, ask: { outlet_times_s: input.ask.outlet_times_s, cells } });
  assert.ok(read.ok);
  const result = simulate(read.value);
  assert.ok(result.ok);
  const { mol_per_m3 } = result.value.outlet;
  return ["Dy", "Nd", "Pr"].flatMap((name) => mol_per_m3[name] ?? []);
}

test("K6 K21: corrections, fine cells and their steps keep fronts sharp: 160 cells are within 0.3 per cent of 480", () => {
  const [few, many] = [outlet(160), outlet(480)];
  const apart = few.reduce((sum, c, k) => sum + Math.abs(c - (many[k] ?? 0)), 0);
  const error = apart / many.reduce((sum, c) => sum + c, 0);
  assert.ok(error < 0.003, `${error}`);
});
