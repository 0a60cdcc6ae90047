import assert from "node:assert/strict";
import { test } from "node:test";
import { freshPool } from "../../test/support/database.ts";
import { postgresRefusals, refusalCounter } from "./refusals.ts";

async function counting(now = () => new Date()) {
  const pool = await freshPool(4);
  return { pool, counter: refusalCounter(pool, { now }), kept: postgresRefusals(pool) };
}

const ONE = { code: "not_allowed", route: "/api/settle/lot", by: "U-1", party: "r" };

test("Z52: refusals are counted by day, route, code and who, by two servers together, and told a page at a time", async () => {
  let at = new Date();
  const { pool, counter, kept } = await counting(() => at);
  for (let i = 0; i < 3; i++) counter.note(ONE);
  counter.note({ code: "not_signed_in", route: "/api/settle/lot" });
  assert.deepEqual((await kept.page({ limit: 10 })).items, [], "nothing is written before its batch");
  await counter.flush();
  const other = refusalCounter(pool);
  other.note(ONE);
  await other.stop();
  const today = at.toISOString().slice(0, 10);
  const told = (await kept.page({ limit: 10 })).items.map(({ last_at: _, ...rest }) => rest);
  const mine = { day: today, ...ONE, count: 4 };
  const nobodys = { day: today, code: "not_signed_in", route: ONE.route, by: null, party: null, count: 1 };
  assert.deepEqual(told, [mine, nobodys]);
  at = new Date(at.getTime() - 86_400_000);
  counter.note(ONE);
  await counter.flush();
  const first = await kept.page({ limit: 1 });
  assert.deepEqual([first.items[0]?.day, first.items.length], [at.toISOString().slice(0, 10), 1]);
  const rest = await kept.page({ limit: 5, after: first.next ?? "" });
  assert.deepEqual([rest.items.map(({ count }) => count), rest.next], [[4, 1], undefined]);
  assert.equal((await kept.page({ limit: 5, since: today })).items.length, 2);
  assert.deepEqual(
    (await kept.page({ limit: 5, party: "r" })).items.map(({ count }) => count),
    [1, 4],
  );
  await counter.stop();
});

test("Z52: one batch holds a thousand kinds at most, the rest is counted together; nothing is lost", async () => {
  const { counter, kept } = await counting();
  for (let i = 0; i < 1500; i++) counter.note({ ...ONE, route: `/api/${i}` });
  await counter.stop();
  const items = (await kept.page({ limit: 2000 })).items;
  assert.equal(items.length, 1001);
  assert.equal(
    items.reduce((sum, { count }) => sum + count, 0),
    1500,
  );
  assert.equal(items.find(({ route }) => route === "(more)")?.count, 500);
});

test("Z52: what cannot be written stays counted and is written later; what is older than four hundred days is gone", async () => {
  const { pool } = await counting();
  let down = true;
  const lost: string[] = [];
  const query = ((...given: Parameters<typeof pool.query>) =>
    down ? Promise.reject(new Error("away")) : pool.query(...given)) as typeof pool.query;
  const counter = refusalCounter({ query }, { onLost: ({ message }) => lost.push(message) });
  counter.note(ONE);
  await counter.flush();
  counter.note(ONE);
  down = false;
  await pool.query(
    "insert into didym.refusal values (current_date - 401, 'not_allowed', '/', '', '', 1, now())",
  );
  await counter.stop();
  assert.deepEqual(lost, ["away"]);
  const { items } = await postgresRefusals(pool).page({ limit: 10 });
  assert.deepEqual(
    items.map(({ count }) => count),
    [2],
  );
});
