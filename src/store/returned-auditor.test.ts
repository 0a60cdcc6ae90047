import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { returnedThrough } from "../ledger/index.ts";
import { AuditedLot } from "./audited-lot.ts";
import { carryReturned } from "./returned-auditor.ts";

const mg = fc.integer({ min: 0, max: 1_000_000 });
const part = fc.double({ min: 0, max: 0.5, noNaN: true });
const steps = fc.record({
  inputs: fc.array(
    fc.record({ mass: fc.integer({ min: 1, max: 9_000_000 }), nd: mg, dy: mg, a: part, b: part }),
    { minLength: 1, maxLength: 3 },
  ),
  added: fc.record({ mass: fc.integer({ min: 0, max: 9_000_000 }), nd: mg }),
  outputs: fc.array(
    fc.record({
      mass: fc.integer({ min: 1, max: 9_000_000 }),
      elements: fc.constantFrom<readonly string[]>([], ["Nd"], ["Dy"], ["Nd", "Dy"], ["Ca"]),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
const of = (best: number) => ({ best, moves: {} });

test("P48: what was returned is followed through any step as the ledger follows it", () => {
  fc.assert(
    fc.property(steps, ({ inputs, added, outputs }) => {
      const held = inputs.map(({ mass, nd, dy }, i) => ({
        ...{ lot: `L-${i}`, mass_mg: of(mass), elements_mg: { Nd: of(nd), Dy: of(dy) }, feeds_mg: {} },
      }));
      const additions = [{ mass_mg: of(added.mass), elements_mg: { Nd: of(added.nd) } }];
      const made = outputs.map(({ mass, elements }, i) => ({
        ...{ lot: `M-${i}`, mass_mg: of(mass), feeds_mg: {} },
        elements_mg: Object.fromEntries(elements.map((element) => [element, of(7)])),
      }));
      const along = inputs.map(({ mass, a, b }) => {
        const taken = { "A-1": Math.floor(mass * a), "A-2": Math.floor(mass * b) };
        return Object.fromEntries(Object.entries(taken).filter(([, taken_mg]) => taken_mg > 0));
      });
      const audited = made.map((output) => {
        const lot = new AuditedLot(output.lot, {});
        lot.holds(output);
        return lot;
      });
      const step = { step: "S", inputs: held, additions, outputs: made, losses: [], rules: 3 };
      carryReturned(
        step,
        along.map((by) => new Map(Object.entries(by))),
        audited,
      );
      assert.deepEqual(
        audited.map(({ taken }) => Object.fromEntries([...taken.returned].sort())),
        returnedThrough(step, along),
      );
    }),
  );
});
