import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, batchOf, ids, opened, stepped } from "../../test/contract/books.ts";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import type { NewEntry } from "../app/core/ports.ts";
import { auditBooks } from "./audit.ts";
import { postgresLedger } from "./postgres-ledger.ts";

async function books(...first: NewEntry[]) {
  const pool = poolOn(await freshDatabase(), 4);
  const store = postgresLedger({ pool, apply, ids });
  let keys = 0;
  const write = (...entries: NewEntry[]) => store.append(batchOf(`k${keys++}`, entries));
  await write(opened("L-1"), ...first);
  const faults = async () =>
    (await auditBooks({ pool, apply })).faults.map(({ at, fault }) => `${at} ${fault}`);
  return { store, write, faults };
}

const measured = (best = 200): NewEntry => ({
  kind: "feed_measured",
  body: { feed: "L-1", elements_mg: { Nd: { best, sd: 1 } } },
});
const amount = (best: number) => ({ best, moves: {} });
const restated = (lot: string, mass: number, nd: number, of = { mass: 1000, nd: 200 }): NewEntry => ({
  kind: "lot_restated",
  body: {
    ...{ lot, at: "2026-01-01T00:00:00.000Z", why: "stocktake", evidence: "T-1" },
    before: { mass_mg: amount(of.mass), elements_mg: { Nd: amount(of.nd) } },
    after: { mass_mg: amount(mass), elements_mg: { Nd: amount(nd) } },
  },
});
const certified = (lot: string, sample = `Q-${lot}`): NewEntry => ({
  kind: "certificate_released",
  body: { lot, certificate: { sample }, findings: [] },
});
const passport = (id: string, lot: string, mass_mg = 1000, nd = 100): NewEntry => ({
  kind: "passport_issued",
  body: { passport: id, lot, mass_mg, oxide: "Nd2O3", feeds_mg: { "L-1": { Nd: nd } } },
});

test("P47: shares above the content, after a stocktake that found a tenth, are named where they came about", async () => {
  const { store, write, faults } = await books(measured());
  await write(await stepped(store, "S-1", { from: [{ lot: "L-1" }], into: { "L-2": 1000 } }));
  assert.deepEqual(await faults(), []);
  await write(restated("L-2", 100, 20));
  assert.deepEqual(await faults(), ["entry 4 share_above_content"]);
});

test("P47: elements that weigh more than a settled feed are named", async () => {
  const { faults } = await books(restated("L-1", 150, 200), measured());
  assert.deepEqual(await faults(), ["entry 3 content_above_mass"]);
});

test("P47: a passport that claims more than its own lot has of a feed is named", async () => {
  const { store, write, faults } = await books(measured());
  await write(
    await stepped(store, "S-1", { from: [{ lot: "L-1" }], into: { "L-2": 300, "L-3": 700 } }),
    certified("L-2"),
    passport("P-1", "L-2", 300, 61),
  );
  assert.deepEqual(await faults(), ["entry 5 share_above_content", "entry 5 share_above_content"]);
});

test("P48: a drum that is divided and promised again, and one that was used up, are named", async () => {
  const { store, write, faults } = await books(measured(), certified("L-1"), passport("P-1", "L-1"));
  await write(await stepped(store, "S-1", { from: [{ lot: "L-1" }], into: { "L-2": 400, "L-3": 600 } }));
  assert.deepEqual(await faults(), []);
  await write(certified("L-2"), passport("P-2", "L-2", 400, 0));
  assert.deepEqual(await faults(), ["entry 7 promised_twice"]);
  const from = [{ lot: "L-3" }];
  const body = JSON.parse(JSON.stringify((await stepped(store, "S-2", { from, into: { "L-4": 600 } })).body));
  body.outputs[0].kind = "liquor";
  await write({ kind: "step_recorded", body });
  assert.deepEqual(await faults(), ["entry 7 promised_twice", "entry 8 passport_of_reversed_lot"]);
});

test("P48: what a batch withdraws counts with it; a passport that stays after a new measurement is named", async () => {
  const { write, faults } = await books(certified("L-1"), passport("P-1", "L-1", 1000, 0));
  await write(restated("L-1", 900, 180), { kind: "passport_revoked", body: { passport: "P-1", why: "" } });
  await write(passport("P-2", "L-1", 900, 0));
  assert.deepEqual(await faults(), []);
  await write(restated("L-1", 800, 160, { mass: 900, nd: 180 }));
  assert.deepEqual(await faults(), ["entry 7 passport_of_reversed_lot"]);
});

test("P48: one lot returned under two agreements, and promised to two orders, is named", async () => {
  const returned = (agreement: string): NewEntry => ({
    kind: "account_posted",
    body: { agreement, returned: { lot: "L-1", mass_mg: 600 } },
  });
  const { write, faults } = await books(returned("A-1"));
  assert.deepEqual(await faults(), []);
  await write(returned("A-2"));
  await write({ kind: "order_allocated", body: { order: "O-1", lot: "L-1", mass_mg: 1000 } });
  await write({ kind: "order_allocated", body: { order: "O-2", lot: "L-1", mass_mg: 1 } });
  assert.deepEqual(await faults(), ["entry 3 returned_twice", "entry 5 promised_twice"]);
});

test("P49: certificates of analysis used twice or never released, and times that run backwards, are named", async () => {
  const { store, write, faults } = await books(opened("L-2"));
  await write(certified("L-1", "Q"), certified("L-2", "Q"));
  await write(passport("P-1", "L-9", 1, 0));
  const late = JSON.parse(
    JSON.stringify(await stepped(store, "S-1", { from: [{ lot: "L-1" }], into: { "L-3": 1000 } })),
  );
  late.body.at = "2019-01-01T00:00:00.000Z";
  await write(late);
  const ahead = JSON.parse(JSON.stringify(restated("L-2", 1000, 200)));
  ahead.body.at = "2031-01-01T00:00:00.000Z";
  await write(ahead);
  assert.deepEqual(await faults(), [
    "entry 4 certificate_used_twice",
    "entry 5 certificate_not_released",
    "entry 6 time_before_input",
    "entry 7 time_after_entry",
  ]);
});
