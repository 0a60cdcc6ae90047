import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "./index.ts";
import { randomTrain, trainDice } from "./random-trains.ts";

test("K11: a trace that a coupled cell owes by rounding collapses no step", () => {
  const read = readSimulation(randomTrain(trainDice(700_097), { cells: 88 }));
  assert.ok(read.ok);
  const result = simulate(read.value);
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  assert.ok(result.value.bounds.min_over_normality >= -1e-8);
});
