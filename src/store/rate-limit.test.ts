import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { calculationsLimit, signInLimit } from "./rate-limit.ts";

test("A26: two servers on one database count together, each address by itself", async () => {
  const config = await freshDatabase();
  const pools = [poolOn(config, 2), poolOn(config, 2)];
  test.after(() => Promise.all(pools.map((pool) => pool.end())));
  const [here, there] = pools.map((pool) => calculationsLimit(pool, 4));
  assert.ok(here && there);
  for (const ask of [here, there, here, there]) assert.equal(await ask("192.0.2.1"), undefined);
  for (const ask of [here, there]) {
    const seconds = await ask("192.0.2.1");
    assert.ok(seconds !== undefined && seconds >= 1 && seconds <= 60, String(seconds));
  }
  assert.equal(await there("192.0.2.2"), undefined);
});

test("A26: while the database is away a server counts for itself", async () => {
  const pool = poolOn({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 200 }, 1);
  test.after(() => pool.end());
  const ask = calculationsLimit(pool, 2);
  assert.deepEqual([await ask("a"), await ask("a")], [undefined, undefined]);
  assert.ok(((await ask("a")) ?? 0) >= 1);
});

test("Z36: tries of a name from an address, of a name, and of an address are counted by all servers, each by itself", async () => {
  const config = await freshDatabase();
  const pools = [poolOn(config, 2), poolOn(config, 2)];
  test.after(() => Promise.all(pools.map((pool) => pool.end())));
  const rule = (points: number) => ({ points, seconds: 600 });
  const rules = { pair: rule(2), login: rule(3), address: rule(5) };
  const [here, there] = pools.map((pool) => signInLimit(pool, rules));
  assert.ok(here && there);
  const [one, other] = ["192.0.2.1", "192.0.2.2"];
  for (const ask of [here, there]) assert.equal(await ask({ address: one, login: "a" }), undefined);
  for (const ask of [here, there])
    assert.ok(((await ask({ address: one, login: "a" })) ?? 0) >= 1, "a third of a name from an address");
  assert.equal(await there({ address: other, login: "a" }), undefined, "its third from anywhere");
  assert.ok(((await here({ address: other, login: "a" })) ?? 0) >= 1, "its fourth");
  assert.equal(await here({ address: one }), undefined, "the fifth of an address");
  assert.ok(((await there({ address: one })) ?? 0) >= 1, "its sixth");
  const { rows } = (await pools[0]?.query("select key from didym.rate where key like '%a'")) ?? { rows: [] };
  assert.deepEqual(rows, [], "no name stands there in the clear");
});
