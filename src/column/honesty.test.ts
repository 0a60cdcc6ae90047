import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, type SimulationResult, simulate } from "./index.ts";
import { trainDice } from "./random-trains.ts";
import { variedTrain } from "./varied-trains.ts";

type Ask = Parameters<typeof variedTrain>[1] & Record<string, unknown>;

function solved(n: number, ask: Ask): SimulationResult | undefined {
  const read = readSimulation(variedTrain(trainDice(n), ask));
  assert.ok(read.ok, read.ok ? "" : `${n}: ${read.refusal.at} ${read.refusal.message}`);
  const result = simulate(read.value);
  if (result.ok) return result.value;
  assert.ok(result.refusal.message.length > 10);
  return undefined;
}

function distance(n: number, ours: SimulationResult, exact: SimulationResult): number {
  const products = variedTrain(trainDice(n), {}).species.filter(({ role }) => role === "product");
  let [off, size] = [0, 0];
  for (const { name } of products)
    for (const [k, c] of exact.outlet.mol_per_m3[name]!.entries()) {
      off += Math.abs(ours.outlet.mol_per_m3[name]![k]! - c);
      size += c;
    }
  return size > 0 ? off / size : 0;
}

/** Trains never seen before: numbers of the bench begin at 0 and at 1,000. */
const first = 500_000;

test("K4 K16: on unseen trains the true error is at most what was asked, and the estimate covers it", () => {
  let [answered, covered] = [0, 0];
  for (let n = first; n < first + 5; n++) {
    const ours = solved(n, { error_l1_max: 0.02 });
    const exact = ours && solved(n, { cells: Math.min(400, Math.round(2.5 * ours.numerics.cells)) });
    if (ours === undefined || exact === undefined) continue;
    answered++;
    const error = distance(n, ours, exact);
    assert.ok(error <= 0.02, `${n}: ${error}`);
    if (error <= ours.numerics.error_l1_estimate) covered++;
  }
  assert.ok(answered >= 3 && covered >= answered - 1, `${covered} of ${answered}`);
});

test("K17: a cut is as right as asked against a refined run, and says by how much", () => {
  let answered = 0;
  for (let n = first; n < first + 7; n++) {
    const cuts = [{ species: "s1", purity_min: 0.99 }];
    const ours = solved(n, { cuts, cut_tolerance: 0.01 });
    const [cut] = ours?.cuts ?? [];
    if (ours === undefined || cut === undefined || cut.from_s === null) continue;
    const fixed = [{ species: "s1", from_s: cut.from_s, to_s: cut.to_s }];
    const cells = Math.min(400, Math.round(2.5 * ours.numerics.cells));
    const exact = solved(n, { cells, cuts: fixed })?.cuts[0];
    if (exact === undefined) continue;
    answered++;
    const error = Math.max(Math.abs(exact.purity! - cut.purity!), Math.abs(exact.yield - cut.yield));
    assert.ok(error <= 0.01, `${n}: ${error}`);
    assert.ok((ours.numerics.cut_error_estimate ?? 1) <= 0.01);
  }
  assert.ok(answered >= 4, `${answered}`);
});

test("K17: a tolerance without a cut, a cut of a stranger and a cut that ends first are refused by field", () => {
  const refused = (ask: Record<string, unknown>): string => {
    const read = readSimulation(variedTrain(trainDice(first), ask));
    return read.ok ? "read" : read.refusal.at;
  };
  assert.equal(refused({ cut_tolerance: 0.01 }), "ask.cut_tolerance");
  assert.equal(refused({ impurity_tolerance: 0.1, cuts: [] }), "ask.impurity_tolerance");
  assert.equal(refused({ cuts: [{ species: "x", purity_min: 0.9 }] }), "ask.cuts[0].species");
  assert.equal(refused({ cuts: [{ species: "s1", from_s: 20, to_s: 10 }] }), "ask.cuts[0].to_s");
  for (const part of ["transport", "fluid"]) {
    const train = variedTrain(trainDice(first), {}) as Record<string, unknown>;
    const given = { ...train, [part]: { ...(train[part] as object), viscosity: 1 } };
    const read = readSimulation(given);
    assert.deepEqual(read.ok ? "read" : [read.refusal.code, read.refusal.at], [
      "field_unknown",
      `${part}.viscosity`,
    ]);
  }
});
