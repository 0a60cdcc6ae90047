import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { halving, history, lived, opened } from "../../test/support/history.ts";
import { exactly } from "../quantity/index.ts";
import {
  applyLedger,
  areaOf,
  type BalanceRow,
  decideReversal,
  flowsOf,
  inFigure,
  type LedgerEntry,
  type LedgerRecords,
  type Lot,
  MaterialBalance,
  MemoryBook,
  Standing,
} from "./index.ts";

const AT = "2026-01-01T00:00:00Z";
const LATER = "2026-01-03T00:00:00Z";

test("L25: after any history the amounts are those of the books, and nothing that is used up is remembered", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (events) => {
      const { book, log, fresh } = await lived(events);
      const standing = fresh();
      for (const entry of log) await standing.take(entry);
      const here = book.all("lot").filter((l) => ["on_hand", "in_transit"].includes(l.state));
      assert.deepEqual([...standing.lots.keys()].sort(), here.map((l) => l.id).sort());
      for (const lot of here) {
        const { owner, place, mass_mg, elements_mg } = standing.lots.get(lot.id) as Lot;
        assert.deepEqual(
          { owner, place, mass_mg, elements_mg },
          {
            owner: lot.owner,
            place: lot.place,
            mass_mg: lot.mass_mg,
            elements_mg: lot.elements_mg,
          },
        );
      }
      assert.deepEqual(
        [...standing.places.values()].sort((a, b) => (a.owner + a.place < b.owner + b.place ? -1 : 1)),
        book.all("place").sort((a, b) => (a.owner + a.place < b.owner + b.place ? -1 : 1)),
      );
    }),
  );
});

test("L26 L27: after any history, cut anywhere, each place's columns lead from opening to closing and are their flows", async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.nat(40),
      fc.constantFrom(undefined, "recycler", "refiner"),
      async (events, cut, owner) => {
        const { log, fresh } = await lived(events);
        const standing = fresh();
        const balance = new MaterialBalance();
        const flows = [];
        const mine = () =>
          [...standing.lots.values()].filter((l) => owner === undefined || l.owner === owner);
        for (const [i, entry] of log.entries()) {
          if (i === cut) balance.open(mine(), areaOf);
          if (i >= cut) flows.push(...(await flowsOf(entry, standing)));
          await standing.take(entry);
        }
        if (cut >= log.length) balance.open(mine(), areaOf);
        balance.close(mine(), areaOf);
        const counted = flows.filter((f) =>
          owner === undefined ? !/title/.test(f.from + f.to) : f.owner === owner,
        );
        for (const flow of counted) balance.add(flow);
        for (const row of balance.rows()) {
          assert.ok(row.adds_up, JSON.stringify(row));
          for (const column of ["in", "out", "lost", "restated", "unexplained"] as const) {
            const behind = counted.map(
              (f) => inFigure(f, { area: row.area, element: row.element, column })?.mg ?? 0,
            );
            assert.equal(
              behind.reduce((a, b) => a + b, 0),
              row[column].mg,
            );
            moved += behind.filter((mg) => mg !== 0).length;
          }
        }
      },
    ),
  );
  assert.ok(moved > 500, `${moved}: histories in which something happened`);
});

const only = (rows: readonly BalanceRow[], element: string) =>
  rows.find((r) => r.element === element) as BalanceRow;

/** Worked out by hand: the biases of both scales n times, the readings of scale B in quadrature. */
const afterSteps = (n: number) => Math.hypot(n * Math.hypot(50, 81 / Math.SQRT2), Math.sqrt((n * 3201) / 2));

test("L26: errors of one scale add up over steps, and cancel when a step is taken back", async () => {
  const book = new MemoryBook<LedgerRecords>();
  const standing = new Standing((step) => book.get("step", step));
  const balance = new MaterialBalance();
  const live = async (entry: LedgerEntry) => {
    for (const flow of await flowsOf(entry, standing)) balance.add(flow);
    await standing.take(entry);
    await applyLedger(book, entry);
  };
  for (const [nth, lot] of ["L-1", "L-2"].entries()) {
    await live(opened(lot, 1_000_000, 0));
    const step = halving(book, (await book.get("lot", lot)) as Lot, { step: `S-${nth}`, open_mg: 30 });
    assert.ok(step);
    await live(step);
    // Each step: scale A weighed the lot (50), scale B its halves and its dust (40, 40 and 1: half of each square its bias).
    const { unexplained, sigmas } = only(balance.rows(), "mass");
    assert.equal(unexplained.mg, 30 * (nth + 1));
    const sd_mg = afterSteps(nth + 1);
    assert.ok(Math.abs(unexplained.sd_mg - sd_mg) < 1e-9, "biases add up, readings in quadrature");
    assert.ok(Math.abs((sigmas ?? 0) - (30 * (nth + 1)) / sd_mg) < 1e-9);
  }
  await live({ kind: "step_reversed", body: { step: "S-1", at: LATER, why: "w" } });
  const { unexplained } = only(balance.rows(), "mass");
  assert.equal(unexplained.mg, 30);
  assert.ok(Math.abs(unexplained.sd_mg - afterSteps(1)) < 1e-9);
});

test("L22: a step is not taken back once what it made was measured anew, though it weighs the same", async () => {
  const book = new MemoryBook<LedgerRecords>();
  await applyLedger(book, opened("L-1", 1_000_000, 200_000));
  const step = halving(book, (await book.get("lot", "L-1")) as Lot, { step: "S-1", open_mg: 0 });
  assert.ok(step);
  await applyLedger(book, step);
  const half = (await book.get("lot", "S-1-1")) as Lot;
  const lots = () => new Map(book.all("lot").map((l) => [l.id, l]));
  const back = async () =>
    decideReversal(
      await book.get("step", "S-1"),
      { lots: lots(), takings: new Map() },
      { step: "S-1", at: LATER, why: "w" },
    );
  assert.equal((await back()).ok, true);
  const { mass_mg, elements_mg } = half;
  const after = { mass_mg, elements_mg: { Nd: exactly(7) } };
  const restated = { lot: half.id, at: AT, why: "stocktake" as const, evidence: "e" };
  await applyLedger(book, {
    kind: "lot_restated",
    body: { ...restated, before: { mass_mg, elements_mg }, after },
  });
  const refused = await back();
  assert.equal(refused.ok ? "done" : refused.refusal.code, "output_already_used");
});
