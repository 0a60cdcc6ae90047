import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gradedGrid } from "./grid.ts";

const choices = fc.record({
  length_m: fc.double({ min: 0.01, max: 10, noNaN: true }),
  cells: fc.integer({ min: 4, max: 600 }),
  dispersion_length_m: fc.oneof(fc.constant(0), fc.double({ min: 1e-7, max: 0.01, noNaN: true })),
  refinement: fc.double({ min: 1, max: 4, noNaN: true }),
  fine_fraction: fc.double({ min: 0.06, max: 1, noNaN: true }),
});

test("K21: a grid has the cells asked for, fills the bed, and no cell is much thicker than its neighbour", () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const { size_m, fine_m } = gradedGrid(choice);
      assert.equal(size_m.length, choice.cells);
      const filled_m = size_m.reduce((sum, size) => sum + size, 0);
      assert.ok(Math.abs(filled_m - choice.length_m) < 1e-9 * choice.length_m, `${filled_m}`);
      for (const [k, size] of size_m.entries()) {
        assert.ok(size > 0 && size >= (size_m[k + 1] ?? 0) * (1 - 1e-12), `${k}`);
        assert.ok(size <= (size_m[k + 1] ?? size) * 1.2501, `${k}`);
      }
      assert.ok(fine_m <= size_m[0]! * (1 + 1e-9));
    }),
  );
});

test("K21: the last part of the bed has cells as many times finer as asked, in the same place on every grid", () => {
  for (const cells of [100, 200, 400]) {
    const { size_m, fine_m } = gradedGrid({
      length_m: 1,
      cells,
      dispersion_length_m: 1e-4,
      refinement: 4,
      fine_fraction: 0.1,
    });
    assert.ok(Math.abs(size_m[0]! / fine_m - 4) < 1e-9);
    const firstFine = size_m.findIndex((size) => size < 1.01 * fine_m);
    const from_m = size_m.subarray(0, firstFine).reduce((sum, size) => sum + size, 0);
    assert.ok(Math.abs(1 - from_m - 0.1) < 2 * fine_m, `${from_m}`);
  }
});
