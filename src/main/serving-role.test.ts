import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import type pg from "pg";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { FOLDING } from "../app/apply.ts";
import { perform } from "../app/core/perform.ts";
import { findUseCase } from "../app/use-cases.ts";
import { auditBooks } from "../store/audit.ts";
import { APP_ROLE, RIGHTS } from "../store/rights.ts";
import { type Database, openDatabase, portsOn } from "./ports.ts";
import { serveAs, serveAsApp } from "./serving-role.ts";

/** Ended before its database is dropped. */
async function poolsOn(config: pg.PoolConfig, also: pg.PoolConfig = config): Promise<[pg.Pool, pg.Pool]> {
  const pools: [pg.Pool, pg.Pool] = [poolOn(config, 4), poolOn(also, 2)];
  ending.push(...pools);
  return pools;
}
const ending: pg.Pool[] = [];

/** A database of one's own; what is connected to it ends first. */
async function ownDatabase(): Promise<pg.PoolConfig> {
  after(() => Promise.all(ending.splice(0).map((pool) => pool.end())));
  return freshDatabase();
}

/** A role of this test alone; it goes after its database. */
async function ownRole(config: pg.PoolConfig, options: string): Promise<string> {
  const role = `r_${randomBytes(8).toString("hex")}`;
  const run = async (sql: string) => {
    const pool = poolOn({ ...config, database: "postgres" }, 1);
    await pool.query(sql).finally(() => pool.end());
  };
  await run(`create role ${role} login ${options}`);
  after(() => run(`drop role ${role}`));
  return role;
}

async function register(pool: pg.Pool, party: string): Promise<boolean> {
  const useCase = await findUseCase("programme", "register-party");
  assert.ok(useCase?.type === "command");
  const actor = { role: "planner", party: "one", verified: false };
  const input = { party, name: party, kind: "carrier" };
  return (await perform(portsOn(pool), useCase, { request: { key: party, actor }, input })).ok;
}

const faultsIn = async (pool: pg.Pool) =>
  (await auditBooks({ pool, ...FOLDING })).faults.map(({ at, fault }) => `${fault} ${at}`);

test("P77: who serves on Didym's own PostgreSQL writes books, owns nothing, and can neither change an entry nor what guards it", async () => {
  const config = await ownDatabase();
  const serving = await serveAsApp(config);
  assert.equal(serving.remark, undefined);
  const [pool] = await poolsOn(serving.config);
  assert.ok(await register(pool, "one"));
  const ports = portsOn(pool, undefined, ownKeyFile());
  assert.equal((await ports.rebuild?.())?.same, true);
  assert.ok((await ports.keys.make("one")).ok);
  // Who may not give a right gives none, and is only warned.
  await pool.query(`grant update on didym.entry to ${APP_ROLE}`);
  const { faults, roles } = await auditBooks({ pool, ...FOLDING });
  assert.deepEqual([faults, roles], [[], { owner: config.user, serving: APP_ROLE }]);
  for (const statement of [
    "update didym.entry set body = '{}'",
    "delete from didym.entry",
    "truncate didym.entry",
    "alter table didym.entry disable trigger user",
    "drop trigger entry_is_append_only on didym.entry",
    "drop table didym.entry",
    "create trigger another before insert on didym.entry for each row execute function didym.refuse_change()",
    "create or replace function didym.refuse_change() returns trigger language plpgsql as 'begin return old; end'",
    "update didym.request set answer = '{}'",
    "delete from didym.request",
    "update didym.document set name = 'x'",
    "delete from didym.document",
    "delete from didym.head",
    "delete from didym.migration",
    "create table didym.mine (a int)",
    "set session_replication_role = replica",
    `set role ${config.user}`,
    `alter role ${APP_ROLE} superuser`,
  ])
    await assert.rejects(pool.query(statement), { code: /^(42501|42809)$/ }, statement);
  const { rows } = await pool.query(
    `select (select count(*) from pg_class where relowner = r.oid)::int as owned, rolsuper, rolcreaterole, rolcreatedb
     from pg_roles r where rolname = current_user`,
  );
  assert.deepEqual(rows, [{ owned: 0, rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
});

test("P77: every table of the schema has its rights stated, and no right but those stated is given", async () => {
  const config = await ownDatabase();
  const { config: serving } = await serveAsApp(config);
  const [pool] = await poolsOn(serving);
  const { rows } = await pool.query<{ table: string; rights: string[] }>(
    `select relname as table, array(select r from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'trigger', 'references']) r
       where has_table_privilege(c.oid, r)) as rights
     from pg_class c where relnamespace = 'didym'::regnamespace and relkind in ('r', 'p', 'v')`,
  );
  assert.deepEqual(Object.fromEntries(rows.map(({ table, rights }) => [table, rights])), { ...RIGHTS });
});

test("P77: eight that start at once give the rights once, and a role that has them is asked nothing more", async () => {
  const config = await ownDatabase();
  await Promise.all(Array.from({ length: 8 }, () => serveAsApp(config)));
  const [pool] = await poolsOn((await serveAsApp(config)).config);
  assert.ok(await register(pool, "one"));
});

const urlOf = ({ host, database }: pg.PoolConfig, user: string): string =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}`;

/** Opens as the environment says; answers what was said at the start. */
async function openedWith(
  environment: Readonly<Record<string, string>>,
  work: (database: Database) => Promise<void>,
  share = false,
): Promise<string[]> {
  const said: string[] = [];
  Object.assign(process.env, environment);
  try {
    const database = await openDatabase({ log: (line) => said.push(line), share });
    await work(database).finally(() => database.close());
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
  }
  return said;
}

const servedBy = async ({ pool }: Database): Promise<string> =>
  (await pool.query<{ name: string }>("select current_user as name")).rows[0]?.name ?? "";

test("P77: DATABASE_URL alone starts, and says once that the owner serves; a command on the side says nothing", async () => {
  const config = await ownDatabase();
  const url = { DATABASE_URL: urlOf(config, String(config.user)) };
  const look = async (database: Database) => {
    assert.equal(await servedBy(database), config.user);
    assert.ok(await register(database.pool, "one"));
  };
  const said = await openedWith(url, look);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? "", /owns them.*DIDYM_APP_URL/);
  assert.deepEqual(await openedWith(url, look, true), []);
});

test("P77: with DIDYM_APP_URL that one serves, and DATABASE_URL migrates; it needs one, of the same database", async () => {
  const config = await ownDatabase();
  const role = await ownRole(config, "nosuperuser");
  const app = urlOf(config, role);
  const owner = urlOf(config, String(config.user));
  const both = { DATABASE_URL: owner, DIDYM_APP_URL: app };
  const look = async (database: Database) => {
    assert.equal(await servedBy(database), role);
    assert.ok(await register(database.pool, "one"));
    assert.deepEqual(await faultsIn(database.pool), []);
    await assert.rejects(database.pool.query("delete from didym.entry"), { code: "42501" });
  };
  assert.deepEqual(await openedWith(both, look), []);
  assert.deepEqual(await openedWith(both, look), [], "again");
  const never = () => Promise.reject(new Error("it was opened"));
  await assert.rejects(openedWith({ DIDYM_APP_URL: app }, never), /DATABASE_URL migrates/);
  const elsewhere = await freshDatabase();
  await assert.rejects(
    openedWith({ ...both, DIDYM_APP_URL: urlOf(elsewhere, String(config.user)) }, never),
    /same database/,
  );
  await assert.rejects(openedWith({ ...both, DIDYM_APP_URL: "didym_app" }, never), /DIDYM_APP_URL is not/);
  const said = await openedWith({ DATABASE_URL: owner, DIDYM_APP_URL: owner }, async () => {});
  assert.match(said.join(), /may do as the owner/);
});

test("P74: who serves and is a superuser, or may become the owner, and what another owns, is found", async () => {
  const config = await ownDatabase();
  const plain = await ownRole(config, "nosuperuser");
  const strong = await ownRole(config, "superuser");
  const member = await ownRole(config, `in role ${config.user}`);
  const [owner, pool] = await poolsOn(config, (await serveAs({ ...config, user: plain }, config)).config);
  assert.deepEqual(await faultsIn(pool), []);
  for (const role of [strong, member]) {
    const [its] = await poolsOn({ ...config, user: role });
    assert.deepEqual(await faultsIn(its), [`role_too_strong role ${role}`]);
  }
  await owner.query(`alter table didym.record owner to ${plain}`);
  await owner.query(
    `grant usage, create on schema didym to ${plain}; grant truncate on didym.entry to ${plain}`,
  );
  assert.deepEqual(await faultsIn(owner), [
    "owner_differs table record",
    `role_may_change_entries role ${plain}`,
  ]);
});
