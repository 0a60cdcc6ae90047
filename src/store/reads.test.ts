import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDatabase, freshPool, poolOn } from "../../test/support/database.ts";
import { asReaderRole } from "./reader-pool.ts";
import { postgresReads, readCounter } from "./reads.ts";
import { APP_ROLE, divideReading, ensureAppRole, grantRights } from "./rights.ts";

const ONE = { query: "orders/list", by: "U-1", party: "r" };

test("P112 Z101: reads are counted by day, query and who, by two servers together, and told a page at a time", async () => {
  const pool = await freshPool(4);
  let at = new Date();
  const [counter, other] = [readCounter(pool, { now: () => at }), readCounter(pool)];
  const kept = postgresReads(pool);
  for (let i = 0; i < 3; i++) counter.note(ONE);
  counter.note({ ...ONE, by: "T-2", party: "s" });
  assert.deepEqual((await kept.counts({ limit: 10 })).items, [], "nothing is written before its batch");
  await counter.flush();
  other.note(ONE);
  await other.stop();
  const today = at.toISOString().slice(0, 10);
  const told = (await kept.counts({ limit: 10 })).items.map(({ last_at: _, ...row }) => row);
  assert.deepEqual(told, [
    { day: today, ...ONE, by: "T-2", party: "s", count: 1 },
    { day: today, ...ONE, count: 4 },
  ]);
  at = new Date(at.getTime() - 86_400_000);
  counter.note(ONE);
  await counter.stop();
  const first = await kept.counts({ limit: 1 });
  assert.equal(first.items[0]?.day, at.toISOString().slice(0, 10));
  const rest = await kept.counts({ limit: 5, after: first.next ?? "" });
  assert.deepEqual([rest.items.map(({ count }) => count), rest.next], [[1, 4], undefined]);
  assert.equal((await kept.counts({ limit: 5, since: today })).items.length, 2);
  assert.deepEqual(
    (await kept.counts({ limit: 5, party: "r" })).items.map(({ count }) => count),
    [1, 4],
  );
});

test("P112 Z101: a batch holds a thousand kinds at most; what cannot be written is written later; what is old is gone", async () => {
  const pool = await freshPool(4);
  let down = true;
  const lost: string[] = [];
  const query = ((...given: Parameters<typeof pool.query>) =>
    down ? Promise.reject(new Error("away")) : pool.query(...given)) as typeof pool.query;
  const counter = readCounter({ query }, { onLost: ({ message }) => lost.push(message) });
  for (let i = 0; i < 1500; i++) counter.note({ ...ONE, by: `U-${i}` });
  await counter.flush();
  counter.note({ ...ONE, by: "U-0" });
  down = false;
  await pool.query("insert into didym.read_count values (current_date - 401, 'q', 'U-1', 'r', 1, now())");
  await counter.stop();
  counter.note(ONE);
  await counter.flush();
  assert.deepEqual(lost, ["away"]);
  const { items } = await postgresReads(pool).counts({ limit: 2000 });
  const sum = items.reduce((total, { count }) => total + count, 0);
  assert.deepEqual([items.length, sum], [1001, 1501]);
  assert.equal(items.find(({ by }) => by === null)?.count, 500);
});

test("P113 Z102: rows of compartments are told by compartment, party and day; of each row no other compartment", async () => {
  const kept = postgresReads(await freshPool(4));
  const row = { at: "2026-11-30T08:00:00.000Z", by: "U-1", party: "r", query: "orders/show" };
  await kept.noteCompartments({ ...row, compartments: ["K-1", "K-2"] });
  await kept.noteCompartments({ ...row, by: "U-2", party: "s", compartments: ["K-2"] });
  await kept.noteCompartments({
    ...row,
    at: "2026-12-01T00:00:00.000Z",
    by: null,
    party: null,
    compartments: ["K-1"],
  });
  const told = async (given: object) =>
    (await kept.ofCompartments({ limit: 10, compartments: ["K-1"], ...given })).items;
  assert.deepEqual(await told({ limit: 1 }), [{ ...row, compartments: ["K-1"] }]);
  assert.deepEqual(
    (await told({ compartments: ["K-1", "K-2"] })).map(({ by, compartments }) => [by, compartments]),
    [
      ["U-1", ["K-1", "K-2"]],
      ["U-2", ["K-2"]],
      [null, ["K-1"]],
    ],
  );
  assert.equal((await told({ since: "2026-12-01" })).length, 1);
  assert.equal((await told({ party: "r" })).length, 1);
  assert.deepEqual(await told({ compartments: [] }), []);
  const first = await kept.ofCompartments({ limit: 1, compartments: ["K-1"] });
  const rest = await kept.ofCompartments({ limit: 1, compartments: ["K-1"], after: first.next ?? "" });
  assert.deepEqual([rest.items.map(({ by }) => by), rest.next], [[null], undefined]);
  assert.deepEqual(await told({ after: "nowhere" }), []);
});

test("P113: who serves adds rows and reads them, and changes none; the role that reads by right does not see the table", async () => {
  const owner = await freshDatabase();
  const admin = poolOn(owner, 1);
  await ensureAppRole(admin as never);
  await grantRights(admin as never, APP_ROLE);
  await divideReading(admin as never, APP_ROLE);
  await admin.end();
  const config = { ...owner, user: APP_ROLE };
  const [serving, reading] = [poolOn(config, 1), poolOn(asReaderRole(config), 1)];
  try {
    const row = { at: "2026-11-30T08:00:00.000Z", by: "U-1", party: "r", query: "orders/show" };
    await postgresReads(serving).noteCompartments({ ...row, compartments: ["K-1"] });
    for (const change of [
      "update didym.compartment_read set speaker = 'U-2'",
      "delete from didym.compartment_read",
      "truncate didym.compartment_read",
    ])
      await assert.rejects(serving.query(change), /permission denied/);
    for (const table of ["compartment_read", "read_count"])
      await assert.rejects(reading.query(`select * from didym.${table}`), /permission denied/);
    const asked = { limit: 10, compartments: ["K-1"] };
    assert.equal((await postgresReads(serving).ofCompartments(asked)).items.length, 1);
  } finally {
    await Promise.all([serving.end(), reading.end()]);
  }
});
