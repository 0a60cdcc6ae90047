import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { FOLDING } from "../app/apply.ts";
import type { LedgerStore } from "../app/core/ports.ts";
import { auditBooks } from "./audit.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { asReaderRole } from "./reader-pool.ts";
import { rebuildViews } from "./rebuild.ts";
import { APP_ROLE, divideReading, ensureAppRole, grantRights } from "./rights.ts";

const RECYCLER = ["north-recycler", "*recycler", "*everyone"];
const REFINER = ["south-refiner", "*refiner", "*everyone"];

/** Books of two firms as they are served: as a role that owns nothing, and read as one that sees by right. */
async function divided() {
  const owner = await freshDatabase();
  const admin = poolOn(owner, 1);
  await ensureAppRole(admin as never);
  await grantRights(admin as never, APP_ROLE);
  await divideReading(admin as never, APP_ROLE);
  await admin.end();
  const config = { ...owner, user: APP_ROLE };
  const [pool, readers] = [poolOn(config, 4), poolOn(asReaderRole(config), 4)];
  let nonce = 0;
  const ids = { nonce: () => (nonce++).toString(16).padStart(32, "0") };
  const store = postgresLedger({ pool, readers, ...FOLDING, ids });
  const write = async (party: string, kind: string, body: object) => {
    const appended = await store.append({
      ...{ key: `k-${nonce}`, request: "r", actor: { role: "planner", party, verified: true } },
      ...{ time: "2026-03-01T10:00:00.000Z", entries: [{ kind, body }], reads: new Map() },
      ...{ answer: {}, documents: [] },
    });
    assert.ok(appended.ok, JSON.stringify(appended));
  };
  for (const [id, kind] of [
    ["north-recycler", "recycler"],
    ["south-refiner", "refiner"],
  ] as const) {
    await write(id, "party_registered", { id, kind, name: id, sample: true });
    const site = {
      id: `${id}-site`,
      party: id,
      name: "x",
      zip: "46204",
      city: "x",
      state: "IN",
      lat: 1,
      lon: 1,
    };
    await write(id, "site_registered", { ...site, capabilities: [], status: "open" });
    await write(id, "unit_registered", { id: `${id}-column`, kind: "column", site: `${id}-site` });
  }
  return {
    owner,
    pool,
    readers,
    store,
    close: async () => void (await Promise.all([pool.end(), readers.end()])),
  };
}

const unitsIn = async (store: LedgerStore) =>
  (await store.list({ collection: "unit", limit: 10 })).items.map(({ id }) => id);

test("P111: each firm lists and loads its own, and the log tells it headers alone of the other's", async () => {
  const { store, close } = await divided();
  try {
    assert.deepEqual(await unitsIn(store), ["north-recycler-column", "south-refiner-column"]);
    assert.deepEqual(await unitsIn(store.readBy(RECYCLER)), ["north-recycler-column"]);
    assert.deepEqual(await unitsIn(store.readBy(REFINER)), ["south-refiner-column"]);
    assert.equal(await store.readBy(REFINER).load("unit", "north-recycler-column"), undefined);
    const bySite = { collection: "unit", limit: 10, where: { site: "north-recycler-site" } } as const;
    assert.equal((await store.readBy(RECYCLER).list(bySite)).items.length, 1);
    assert.equal((await store.readBy(REFINER).list(bySite)).items.length, 0);
    const log = await store.readBy(REFINER).entries({ after: 0, limit: 10, kind: "unit_registered" });
    assert.deepEqual(
      log.map(({ body, actor }) => [body["id"] ?? body, actor.party]),
      [
        [{ sealed_to_you: true }, "sealed"],
        ["south-refiner-column", "south-refiner"],
      ],
    );
    assert.deepEqual(await store.readBy(REFINER).head(), await store.head());
  } finally {
    await close();
  }
});

test("P111: the database refuses too: who reads sees nothing without saying for whom, and no table but by right", async () => {
  const { readers, close } = await divided();
  try {
    const client = await readers.connect();
    const rows = async (sql: string) => (await client.query(sql)).rows;
    assert.deepEqual(await rows("select current_user as me"), [{ me: "didym_reader" }]);
    assert.deepEqual(await rows("select 1 from didym.record"), [], "nobody in particular sees nothing");
    assert.deepEqual(await rows("select 1 from didym.entry_seen where body is not null"), []);
    assert.equal((await rows("select 1 from didym.entry_seen")).length, 6, "headers are everyone's");
    await client.query("select set_config('didym.reader', 'north-recycler', false)");
    assert.deepEqual(await rows("select id from didym.record where collection = 'unit'"), [
      { id: "north-recycler-column" },
    ]);
    for (const closed of ["entry", "request", "secret", "session", "job"])
      await assert.rejects(client.query(`select * from didym.${closed}`), { code: "42501" }, closed);
    await assert.rejects(client.query("delete from didym.record"), { code: "42501" });
    client.release();
  } finally {
    await close();
  }
});

test("P111: one connection reads for several, each for whom it is asked", async () => {
  const { pool, store, close } = await divided();
  try {
    const both = await Promise.all(
      Array.from({ length: 40 }, (_, i) => unitsIn(store.readBy(i % 2 ? RECYCLER : REFINER))),
    );
    for (const [i, units] of both.entries())
      assert.deepEqual(units, [i % 2 ? "north-recycler-column" : "south-refiner-column"]);
    const { rows } = await pool.query("explain select * from didym.record");
    assert.doesNotMatch(JSON.stringify(rows), /Filter/, "who serves pays nothing for it");
  } finally {
    await close();
  }
});

test("P111: a reader's list by a field uses its index", async () => {
  const { readers, close } = await divided();
  try {
    const client = await readers.connect();
    await client.query(
      "set enable_seqscan = off; select set_config('didym.reader', 'north-recycler', false)",
    );
    const { rows } = await client.query(
      "explain select id from didym.record r where r.collection = 'unit' and r.by_site = 'x' and r.id > '' order by r.id limit 5",
    );
    assert.match(JSON.stringify(rows), /record_by_site/);
    client.release();
  } finally {
    await close();
  }
});

test("P110: whoever was let in beside the entries is found by the audit, and put out by folding anew", async () => {
  const { owner, pool, close } = await divided();
  const admin = poolOn(owner, 2);
  try {
    const faults = async () =>
      (await auditBooks({ pool: admin, ...FOLDING })).faults.map(({ fault, at }) => `${fault} ${at}`);
    assert.deepEqual(await faults(), []);
    await admin.query(
      "update didym.record set readers = array_append(readers, 'south-refiner') where id = 'north-recycler-column'",
    );
    assert.deepEqual(await faults(), ["readers_differ record unit/north-recycler-column"]);
    await rebuildViews({ pool, ...FOLDING });
    await admin.query("update didym.entry_reader set readers = '{*everyone}' where seq = 3");
    assert.deepEqual(await faults(), ["readers_differ entry 3"]);
    await rebuildViews({ pool, ...FOLDING });
    assert.deepEqual(await faults(), []);
  } finally {
    await admin.end();
    await close();
  }
});
