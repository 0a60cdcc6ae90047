import assert from "node:assert/strict";
import { test } from "node:test";
import type { Lot } from "../../ledger/index.ts";
import type { Campaign } from "../../refine/index.ts";
import { bookingOf, expectedOf } from "./plan.ts";

const campaign = (given: Partial<Campaign>): Campaign =>
  ({
    campaign: "K-1",
    lot: "L-1",
    system: "edta-copper",
    state: "planned",
    at: "2026-05-01T00:00:00.000Z",
    duration_h: 240,
    feed: { moles: 100, mole_fractions: { Nd: 0.8, Pr: 0.2 } },
    predicted: { Nd: { yield_fraction: 0.99, purity_fraction: 0.9999 } },
    ...given,
  }) as Campaign;

const NOW = "2026-04-01T00:00:00.000Z";
/** A hundred moles of neodymium and praseodymium, four to one (IUPAC: Nd 144.242, Pr 140.908). */
const lot = (given: Partial<Lot> = {}): Lot =>
  ({
    ...{ id: "L-1", owner: "s", state: "on_hand" },
    elements_mg: { Nd: { best: 80 * 144_242, moves: {} }, Pr: { best: 20 * 140_908, moves: {} } },
    ...given,
  }) as Lot;
const expected = (of: Partial<Campaign> = {}, from = lot(), now = NOW) =>
  expectedOf([campaign(of)], { lots: new Map([[from.id, from]]), now });

test("plan: a campaign stands on its columns for its cycles, or until it was run", () => {
  assert.equal(bookingOf(campaign({})).to, "2026-05-11T00:00:00.000Z");
  const run = campaign({ state: "run", run: { at: "2026-05-12T00:00:00.000Z" } as Campaign["run"] & object });
  assert.equal(bookingOf(run).to, "2026-05-12T00:00:00.000Z");
  assert.deepEqual(expected(run), []);
  assert.deepEqual(expected({ state: "cancelled" }), []);
});

test("plan: what a campaign should give is moles times yield in the oxide it is traded as, for the lot's owner", () => {
  // 100 mol x 0.8 x 0.99 Nd; Nd2O3 336.481 g/mol for two of Nd (IUPAC abridged atomic weights: Nd 144.24, O 15.999).
  const [nd, ...rest] = expected();
  assert.equal(rest.length, 0);
  assert.equal(nd?.oxide, "Nd2O3");
  assert.equal(nd?.owner, "s");
  assert.ok(Math.abs((nd?.mass_mg ?? 0) - 79.2 * (336.481 / 2) * 1000) < 2_000, `${nd?.mass_mg}`);
});

test("plan: nothing is expected of what is no longer in the lot, nor before now of what is overdue", () => {
  const whole = expected()[0]?.mass_mg ?? 0;
  const half = lot({
    elements_mg: { Nd: { best: 40 * 144_242, moves: {} }, Pr: { best: 10 * 140_908, moves: {} } },
  });
  assert.ok(Math.abs((expected({}, half)[0]?.mass_mg ?? 0) - whole / 2) <= 1e-4 * whole);
  assert.deepEqual(expected({}, lot({ state: "consumed" })), []);
  assert.deepEqual(expected({}, lot({ id: "L-2" })), []);
  assert.equal(expected({}, lot(), "2026-06-01T00:00:00.000Z")[0]?.ready, "2026-06-01T00:00:00.000Z");
});
