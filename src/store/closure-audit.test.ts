import assert from "node:assert/strict";
import { test } from "node:test";
import { closureFaults, type Part, type StepBody } from "./closure-audit.ts";

const part = (best: number, moves: Record<string, number>): Part & { readonly lot: string } => ({
  lot: "L",
  mass_mg: { best, moves },
  elements_mg: {},
});

/** A step that states its own sums truly, and that it closes. */
function stepOf(input: Part & { lot: string }, ...outputs: (Part & { lot: string })[]): StepBody {
  const out_mg = outputs.reduce((mg, output) => mg + output.mass_mg.best, 0);
  const in_mg = input.mass_mg.best;
  const mass = { in_mg, added_mg: 0, out_mg, lost_mg: 0, residual_mg: in_mg - out_mg, closes: true };
  return { step: "S", inputs: [input], additions: [], outputs, losses: [], closure: { mass, elements: {} } };
}

const faultsOf = (body: StepBody) => closureFaults(body).map(({ fault }) => fault);

test("P42: three standard uncertainties and a milligram a part are allowed, and no more", () => {
  // Two parts, one cause of 10 mg: 32 mg.
  assert.deepEqual(faultsOf(stepOf(part(1032, { a: 10 }), part(1000, {}))), []);
  assert.deepEqual(faultsOf(stepOf(part(1033, { a: 10 }), part(1000, {}))), ["step_does_not_close"]);
  assert.deepEqual(faultsOf(stepOf(part(1000, { a: 10 }), part(1033, {}))), ["step_does_not_close"]);
});

test("P42: what one scale got wrong on both sides cancels", () => {
  const body = stepOf(part(1033, { scale: 10 }), part(1000, { scale: 10 }));
  assert.deepEqual(faultsOf(body), ["step_does_not_close"]);
  assert.deepEqual(faultsOf(stepOf(part(1033, { one: 10 }), part(1000, { other: 10 }))), []);
});

test("P42: lumped causes count in full, so that no honest step is accused", () => {
  // Two outputs whose lumps came of one cause: 20 mg together where quadrature would say 14.
  const outputs = [part(500, { "small:A": 10 }), part(500, { "small:B": 10 })];
  assert.deepEqual(faultsOf(stepOf(part(1063, {}), ...outputs)), []);
  assert.deepEqual(faultsOf(stepOf(part(1064, {}), ...outputs)), ["step_does_not_close"]);
});

test("P42: an element the closure does not mention is missed", () => {
  const body = stepOf(part(1000, {}), part(1000, {}));
  const holding = { ...part(1000, {}), elements_mg: { Nd: { best: 0, moves: {} } } };
  assert.deepEqual(faultsOf({ ...body, outputs: [holding] }), ["closure_misstated"]);
});

test("P42: a balance that says what moves it says no more than its parts do, and the same as its doubt", () => {
  const nd = (best: number, moves: Record<string, number>) => ({
    ...part(1000, {}),
    elements_mg: { Nd: { best, moves } },
  });
  const whole = stepOf(nd(500, { a: 30 }), nd(500, { b: 40 }));
  const balance = { in_mg: 500, added_mg: 0, out_mg: 500, lost_mg: 0, residual_mg: 0, closes: true };
  const says = (sd_mg: number, moves_mg: Record<string, number>) =>
    faultsOf({ ...whole, closure: { ...whole.closure, elements: { Nd: { ...balance, sd_mg, moves_mg } } } });
  assert.deepEqual(says(50, { a: 30, b: -40 }), []);
  assert.deepEqual(says(30, { a: 30 }), [], "what a lump hides may be less than its parts show");
  assert.deepEqual(says(500, { a: 300, b: -400 }), ["closure_misstated"]);
  assert.deepEqual(says(500, { a: 30, b: -40 }), ["closure_misstated"]);
});
