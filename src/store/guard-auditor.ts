import type pg from "pg";
import { table } from "../quantity/index.ts";
import type { AuditReport } from "./audit-report.ts";
import { REFUSE_CHANGE } from "./migrate.ts";
import { APP_ROLE, FORBIDDEN_ON_ENTRIES } from "./rights.ts";

/** Bits of pg_trigger.tgtype (PostgreSQL, catalog/pg_trigger.h): row 1, before 2, delete 8, update 16, truncate 32. */
const GUARDS: Readonly<Record<string, number>> = table({
  entry_is_append_only: 1 + 2 + 8 + 16,
  entry_is_not_truncated: 2 + 32,
});

/** Always, or unless the session says that it replicates; neither says "disabled". */
const FIRES = new Set(["O", "A"]);

/** Who owns the books and who serves from them; the same role where nobody gave the server one of its own. */
export interface Roles {
  readonly owner: string;
  readonly serving: string;
}

/** Looks at what guards the entries: triggers, owners, roles (P74). Within a transaction of the caller's. */
export async function auditGuards(
  client: pg.PoolClient,
  report: AuditReport,
): Promise<{ readonly checked: number; readonly roles: Roles }> {
  const fault = (at: string, code: string, why: string) => report.other("guards", { at, fault: code, why });
  const roles = await rolesOf(client);
  const triggers = await auditTriggers(client, fault);
  const owned = await auditOwners(client, roles.owner, fault);
  const looked = await auditRoles(client, roles, fault);
  return { checked: triggers + owned + looked, roles };
}

type Fault = (at: string, code: string, why: string) => void;

async function rolesOf(client: pg.PoolClient): Promise<Roles> {
  const { rows } = await client.query<Roles>(
    "select pg_get_userbyid(nspowner) as owner, current_user as serving from pg_namespace where nspname = 'didym'",
  );
  if (!rows[0]) throw new Error("there is no schema didym: the database was not migrated");
  return rows[0];
}

async function auditTriggers(client: pg.PoolClient, fault: Fault): Promise<number> {
  const { rows } = await client.query<{
    name: string;
    type: number;
    enabled: string;
    source: string;
    guarded: string;
    conditional: boolean;
  }>(
    `select t.tgname as name, t.tgtype::int as type, t.tgenabled::text as enabled, p.prosrc as source,
            p.oid::regproc::text as guarded, t.tgqual is not null or cardinality(t.tgattr::int2[]) > 0 as conditional
     from pg_trigger t join pg_proc p on p.oid = t.tgfoid
     where t.tgrelid = 'didym.entry'::regclass and not t.tgisinternal`,
  );
  const found = new Map(rows.map((row) => [row.name, row]));
  for (const [name, type] of Object.entries(GUARDS)) {
    const at = `trigger ${name}`;
    const trigger = found.get(name);
    if (!trigger) fault(at, "trigger_missing", `${name} does not guard the entries any more`);
    else if (!FIRES.has(trigger.enabled)) fault(at, "trigger_disabled", `${name} is disabled`);
    else if (trigger.type !== type || trigger.conditional || trigger.source.trim() !== REFUSE_CHANGE.trim())
      fault(at, "trigger_changed", `${name} (${trigger.guarded}) is not what guards entries`);
  }
  for (const name of found.keys())
    if (!Object.hasOwn(GUARDS, name))
      fault(`trigger ${name}`, "trigger_added", `${name} on the entries is not of Didym's making`);
  return found.size;
}

async function auditOwners(client: pg.PoolClient, owner: string, fault: Fault): Promise<number> {
  const { rows } = await client.query<{ what: string; owner: string }>(
    `select what, pg_get_userbyid(owner) as owner from (
       select 'table ' || relname as what, relowner as owner from pg_class
         where relnamespace = 'didym'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
       union all select 'function ' || proname, proowner from pg_proc where pronamespace = 'didym'::regnamespace
     ) owned order by what`,
  );
  for (const row of rows)
    if (row.owner !== owner)
      fault(row.what, "owner_differs", `${row.what} is owned by ${row.owner}, the books by ${owner}`);
  return rows.length;
}

async function auditRoles(client: pg.PoolClient, { owner, serving }: Roles, fault: Fault): Promise<number> {
  const { rows: granted } = await client.query<{ role: string; rights: string }>(
    `select coalesce(r.rolname, 'PUBLIC') as role, string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as rights
     from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
     where c.oid = 'didym.entry'::regclass and a.grantee <> c.relowner and a.privilege_type = any($1)
     group by 1 order by 1`,
    [FORBIDDEN_ON_ENTRIES],
  );
  for (const { role, rights } of granted)
    fault(
      `role ${role}`,
      "role_may_change_entries",
      `${role} has rights on entries that only their owner has: ${rights}`,
    );
  if (owner === APP_ROLE)
    fault(`role ${owner}`, "owner_differs", `${owner}, which is to serve the books, owns them`);
  const { rows } = await client.query<{ role: string; strong: string[] | null; member: boolean }>(
    `select rolname as role, pg_has_role(rolname, $1, 'member') as member, array_remove(array[
       case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end,
       case when rolcreatedb then 'createdb' end, case when rolreplication then 'replication' end,
       case when rolbypassrls then 'bypassrls' end], null) as strong
     from pg_roles where rolname in ($2, $3) and rolname <> $1 order by rolname`,
    [owner, serving, APP_ROLE],
  );
  for (const { role, strong, member } of rows) {
    if (strong && strong.length > 0)
      fault(`role ${role}`, "role_too_strong", `${role} serves the books and is ${strong.join(", ")}`);
    else if (member)
      fault(
        `role ${role}`,
        "role_too_strong",
        `${role} serves the books and may become their owner ${owner}`,
      );
  }
  return rows.length;
}
