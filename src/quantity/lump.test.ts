import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lumpSmallReadings, lumpTogether, type Measured, spread, sum } from "./index.ts";

test("Q5: lumping keeps the spread and the best estimate", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (moves) => {
        const x = { best: 1, moves: Object.fromEntries(moves.map((m, i) => [`reading:${i}`, m])) };
        for (const lumped of [lumpSmallReadings(x, 8, "rest"), ...lumpTogether([x], "rest")]) {
          assert.equal(lumped.best, 1);
          assert.ok(Math.abs(spread(lumped) - spread(x)) <= 1e-9 * (1 + spread(x)));
        }
        assert.ok(Object.keys(lumpSmallReadings(x, 8, "rest").moves).length <= 9);
        assert.ok(Object.keys(lumpTogether([x], "rest")[0]?.moves ?? {}).length <= 26);
      },
    ),
  );
});

/** Squares of less vanish. */
const move = (max: number) => fc.double({ min: 0, max, noNaN: true }).map((mg) => (mg < 1e-9 ? 0 : mg));

/** Parts of one value: each its share of all causes, and a reading of its own. */
const parts = fc
  .record({
    causes: fc.array(move(100), { minLength: 1, maxLength: 80 }),
    shares: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
    own: move(10),
  })
  .map(({ causes, shares, own }): Measured[] =>
    shares.map((share, n) => ({
      best: share,
      moves: {
        ...Object.fromEntries(
          causes.map((move, i) => [`${i % 9 === 0 ? "bias" : "reading"}:${i}`, share * move]),
        ),
        [`reading:own/${n}`]: own,
      },
    })),
  );

test("Q5: what was divided and is put together again is no surer than it was, whatever was lumped", () => {
  fc.assert(
    fc.property(parts, (values) => {
      const lumped = lumpTogether(values, "lump");
      assert.ok(spread(sum(lumped)) >= spread(sum(values)) * (1 - 1e-9));
    }),
  );
});

test("Q5: a lump holds a thousandth of a variance at most, where few readings matter; what is shared stays apart", () => {
  fc.assert(
    fc.property(parts, (values) => {
      const lumped = lumpTogether(values, "lump");
      for (const [i, { moves }] of lumped.entries()) {
        const variance = spread(values[i] as Measured) ** 2;
        const readings = Object.keys(moves).filter((cause) => cause.startsWith("reading:")).length;
        assert.ok(readings <= 25, `${readings} readings`);
        // One that matters in one part is kept in all of them: those of the others are beside it.
        if (readings < 24 - lumped.length)
          assert.ok((moves["lump"] ?? 0) ** 2 <= 1e-3 * variance * (1 + 1e-9));
        for (const [cause, move] of Object.entries(values[i]?.moves ?? {}))
          if (cause.startsWith("bias:") && move ** 2 > 1e-6 * variance) assert.equal(moves[cause], move);
      }
    }),
  );
});
