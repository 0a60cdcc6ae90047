import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "./index.ts";
import { randomTrain, seededDice, trainDice } from "./random-trains.ts";

test("K2 K3 K11: 300 random trains are bounded and balanced, or refused with a reason", () => {
  const dice = seededDice(20261123);
  let answered = 0;
  for (let n = 0; n < 300; n++) {
    const read = readSimulation(randomTrain(dice, { cells: 40 }));
    assert.ok(read.ok, read.ok ? "" : `${n}: ${read.refusal.at}`);
    const result = simulate(read.value);
    if (!result.ok) {
      assert.ok(result.refusal.message.length > 10, `${n}: ${result.refusal.code}`);
      continue;
    }
    answered++;
    const { balance, bounds } = result.value;
    for (const [name, { relative_error }] of Object.entries(balance))
      assert.ok(Math.abs(relative_error) <= 1e-8, `${n}: ${name} ${relative_error}`);
    assert.ok(bounds.min_over_normality >= -1e-4, `${n}: ${bounds.min_over_normality}`);
    assert.ok(bounds.max_over_normality <= 1 + 1e-4, `${n}: ${bounds.max_over_normality}`);
  }
  assert.ok(answered >= 295, `only ${answered} of 300 answered`);
});

test("K11: a trace that a tied cell owes by rounding collapses no step", () => {
  const read = readSimulation(randomTrain(trainDice(700_097), { cells: 88 }));
  assert.ok(read.ok);
  const result = simulate(read.value);
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  assert.ok(result.value.bounds.min_over_normality >= -1e-8);
});
