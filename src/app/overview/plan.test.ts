import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Order } from "../../orders/index.ts";
import type { Campaign } from "../../refine/index.ts";
import { bookingOf, coverOrders, expectedOf } from "./plan.ts";

const order = (given: Partial<Order>): Order =>
  ({
    order: "O-1",
    buyer: "b",
    due: "2026-06-01",
    mass_mg: 10,
    allocations: [],
    shipped: [],
    ...given,
  }) as Order;

const campaign = (given: Partial<Campaign>): Campaign =>
  ({
    campaign: "K-1",
    lot: "L-1",
    state: "planned",
    at: "2026-05-01T00:00:00.000Z",
    cycles: 10,
    design: { cycle_s: 86_400 },
    feed: { moles: 100, mole_fractions: { Nd: 0.8, Pr: 0.2 } },
    predicted: { Nd: { yield_fraction: 0.99, purity_fraction: 0.9999 } },
    ...given,
  }) as Campaign;

test("plan: a campaign stands on its columns for its cycles, or until it was run", () => {
  assert.equal(bookingOf(campaign({})).to, "2026-05-11T00:00:00.000Z");
  const run = campaign({ state: "run", run: { at: "2026-05-12T00:00:00.000Z" } as Campaign["run"] & object });
  assert.equal(bookingOf(run).to, "2026-05-12T00:00:00.000Z");
  assert.deepEqual(expectedOf([run]), []);
});

test("plan: what a campaign should give is moles times yield in the oxide it is traded as", () => {
  // 100 mol x 0.8 x 0.99 Nd; Nd2O3 336.481 g/mol for two of Nd (IUPAC abridged atomic weights: Nd 144.24, O 15.999).
  const [nd, ...rest] = expectedOf([campaign({})]);
  assert.equal(rest.length, 0);
  assert.equal(nd?.oxide, "Nd2O3");
  assert.ok(Math.abs((nd?.mass_mg ?? 0) - 79.2 * (336.481 / 2) * 1000) < 2_000, `${nd?.mass_mg}`);
});

test("plan: the earliest due is served first, from stock before planned output, and only by what is there in time", () => {
  const coming = [{ oxide: "Nd2O3", ready: "2026-06-10T00:00:00.000Z", mass_mg: 20 }];
  const asked = coverOrders({
    orders: [
      order({ order: "late", due: "2026-06-30", mass_mg: 25 }),
      order({ order: "early", mass_mg: 12 }),
    ],
    free_mg: 8,
    expected: coming,
  });
  assert.deepEqual(
    asked.map((a) => [a.order, a.from_stock_mg, a.from_plan_mg, a.short_mg]),
    [
      ["early", 8, 0, 4],
      ["late", 0, 20, 5],
    ],
  );
});

test("plan: each milligram is counted once, and what is asked is covered or short", () => {
  const mass = fc.integer({ min: 0, max: 1000 });
  const orders = fc.array(
    fc.record({
      mass_mg: mass,
      due: fc.constantFrom("2026-06-01", "2026-06-05", "2026-07-01"),
      allocated: mass,
      sent: mass,
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(orders, mass, fc.array(mass, { maxLength: 4 }), (rows, free_mg, masses) => {
      const expected = masses.map((mass_mg, k) => ({
        oxide: "x",
        ready: `2026-06-0${k + 2}T00:00:00.000Z`,
        mass_mg,
      }));
      const asked = coverOrders({
        orders: rows.map((r, k) =>
          order({
            order: `O-${k}`,
            due: r.due,
            mass_mg: r.mass_mg + r.allocated + r.sent,
            allocations: [{ lot: "L", mass_mg: r.allocated }],
            shipped: [{ mass_mg: r.sent }] as unknown as Order["shipped"],
          }),
        ),
        free_mg,
        expected,
      });
      const total = (of: (a: (typeof asked)[number]) => number) => asked.reduce((sum, a) => sum + of(a), 0);
      assert.ok(total((a) => a.from_stock_mg) <= free_mg);
      assert.ok(total((a) => a.from_plan_mg) <= masses.reduce((a, b) => a + b, 0));
      for (const a of asked)
        assert.equal(a.promised_mg + a.from_stock_mg + a.from_plan_mg + a.short_mg, a.left_mg);
    }),
  );
});
