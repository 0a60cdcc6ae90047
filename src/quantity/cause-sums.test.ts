import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CauseSums, combine, type Measured, spreadInParts } from "./index.ts";

/** Values of a few causes, in any order, so that two often share some. */
const value = fc
  .uniqueArray(fc.constantFrom("reading:a", "bias:b", "small:c", "reading:d", "family:e", "bias:f"), {
    maxLength: 6,
  })
  .chain((causes) =>
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: causes.length, maxLength: causes.length })
      .map((by): Measured["moves"] => Object.fromEntries(causes.map((cause, i) => [cause, by[i] ?? 0]))),
  );

test("Q4: a sum kept cause by cause errs as the values added and taken off, in whatever order their causes stand", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 6 }), fc.array(value), (changes, added) => {
      const [sums, others] = [new CauseSums(), new CauseSums()];
      for (const [is, was] of changes) sums.addChange(is, was);
      for (const moves of added) others.add(moves);
      sums.addAll(others);
      const terms = [
        ...changes.flatMap(([is, was]) => [[1, is] as const, [-1, was] as const]),
        ...added.map((moves) => [1, moves] as const),
      ];
      const whole = combine(terms.map(([sign, moves]) => [sign, { best: 0, moves }]));
      const [found, expected] = [sums.inParts(), spreadInParts(whole)];
      assert.ok(Math.abs(found.random - expected.random) < 1e-9);
      assert.ok(Math.abs(found.shared - expected.shared) < 1e-9);
    }),
  );
});
