import type pg from "pg";
import { table } from "../quantity/index.ts";

/** The role that serves on the PostgreSQL that Didym starts itself: it may log in, and nothing else is its own. */
export const APP_ROLE = "didym_app";

type Right = "select" | "insert" | "update" | "delete";

/**
 * What serving the books takes, table by table (P74): entries, answers and documents are written once, and nobody but their owner
 * can change them or what guards them. A table that is not named here cannot be served from; a test asks that every one is.
 */
export const RIGHTS: Readonly<Record<string, readonly Right[]>> = table<readonly Right[]>({
  entry: ["select", "insert"],
  request: ["select", "insert"],
  document: ["select", "insert"],
  head: ["select", "update"],
  record: ["select", "insert", "update", "delete"],
  secret: ["select", "insert"],
  job: ["select", "insert", "update", "delete"],
  migration: ["select"],
  migration_lock: ["select"],
  rate: ["select", "insert", "update", "delete"],
  session: ["select", "insert", "update", "delete"],
  profile: ["select", "insert", "update", "delete"],
  passkey: ["select", "insert", "update", "delete"],
  password: ["select", "insert", "update", "delete"],
  challenge: ["select", "insert", "delete"],
  entry_reader: ["select", "insert", "update", "delete"],
  entry_seen: ["select"],
  refusal: ["select", "insert", "update", "delete"],
  read_count: ["select", "insert", "update", "delete"],
  compartment_read: ["select", "insert"],
  notice: ["select", "insert"],
  notice_reached: ["select", "update"],
  notice_wish: ["select", "insert", "update", "delete"],
  webhook: ["select", "insert", "update"],
  notice_delivery: ["select", "insert", "update", "delete"],
  directory_secret: ["select", "insert", "update", "delete"],
  directory_person: ["select", "insert"],
  directory_session: ["select", "insert", "update"],
});

/** The role that reads for people of one party: what they may not see does not exist for it. Who serves becomes it to read. */
export const READER_ROLE = "didym_reader";

/** Tables that are read by right, with the rule of a row; the header of every entry is everyone's, and what it says is a view's. */
const BY_RIGHT: Readonly<Record<string, string>> = table({
  record: "readers && (select didym.reader())",
  entry_reader: "readers && (select didym.reader())",
  document:
    "exists (select from didym.entry_reader r where r.documents @> array[digest] and r.readers && (select didym.reader()))",
});
const HEADERS_READ = ["head", "entry_seen", ...Object.keys(BY_RIGHT)];

/** Rights on entries that nobody but their owner has. `maintain` and `references` change nothing that was written. */
export const FORBIDDEN_ON_ENTRIES = ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"] as const;

type Connection = Pick<pg.ClientBase, "query">;

const lacking = (name: string) =>
  RIGHTS[name]?.map((right) => `not has_table_privilege($1, 'didym.${name}', '${right}')`) ?? [];
const LACKS = `select not has_schema_privilege($1, 'didym', 'usage')
  or ${Object.keys(RIGHTS).flatMap(lacking).join(" or ")} as lacks`;

/**
 * Gives a role what serving takes, as the owner of the books, where it lacks any of it. On a row lock, so that several that start
 * at once do not grant at once.
 */
export async function grantRights(owner: Connection, role: string): Promise<void> {
  const { rows } = await owner.query<{ lacks: boolean }>(LACKS, [role]);
  if (rows[0]?.lacks === false) return;
  const quoted = `"${role.replaceAll('"', '""')}"`;
  await owner.query("begin");
  try {
    await owner.query("select id from didym.migration_lock for update");
    await owner.query(
      [
        `grant usage on schema didym to ${quoted}`,
        ...Object.entries(RIGHTS).map(
          ([name, rights]) => `grant ${rights.join(", ")} on didym.${name} to ${quoted}`,
        ),
      ].join("; "),
    );
    await owner.query("commit");
  } catch (cause) {
    await owner.query("rollback");
    throw cause;
  }
}

/** Divides reading (P111): who serves reads and writes everything, and as the reader's role what one party may see. */
export async function divideReading(owner: Connection, role: string): Promise<void> {
  const { rows } = await owner.query<{ done: boolean }>(
    `select exists (select 1 from pg_policies where schemaname = 'didym' and policyname = $1) as done`,
    [`serve ${role}`],
  );
  if (rows[0]?.done) return;
  await makeRole(owner, `${READER_ROLE} nologin nosuperuser nocreatedb nocreaterole noinherit`);
  const serving = `"${role.replaceAll('"', '""')}"`;
  await owner.query("begin");
  try {
    await owner.query("select id from didym.migration_lock for update");
    const policies = Object.entries(BY_RIGHT).flatMap(([name, rule]) => [
      `alter table didym.${name} enable row level security`,
      `drop policy if exists "by right" on didym.${name}`,
      `create policy "by right" on didym.${name} for select to ${READER_ROLE} using (${rule})`,
      `drop policy if exists "serve ${role.replaceAll('"', '""')}" on didym.${name}`,
      `create policy "serve ${role.replaceAll('"', '""')}" on didym.${name} to ${serving} using (true) with check (true)`,
    ]);
    await owner.query(
      [
        `grant usage on schema didym to ${READER_ROLE}`,
        ...HEADERS_READ.map((name) => `grant select on didym.${name} to ${READER_ROLE}`),
        `grant ${READER_ROLE} to ${serving} with inherit false, set true`,
        ...policies,
      ].join("; "),
    );
    await owner.query("commit");
  } catch (cause) {
    await owner.query("rollback");
    throw cause;
  }
}

/** Makes the role that serves where it is not there; the owner must be one who may. Another that made it just now was faster. */
export async function ensureAppRole(owner: Connection): Promise<void> {
  await makeRole(owner, `${APP_ROLE} login nosuperuser nocreatedb nocreaterole noinherit`);
}

async function makeRole(owner: Connection, role: string): Promise<void> {
  const { rowCount } = await owner.query("select 1 from pg_roles where rolname = $1", [role.split(" ")[0]]);
  if (rowCount !== 0) return;
  try {
    await owner.query(`create role ${role}`);
  } catch (cause) {
    const { code = "" } = cause as { code?: string };
    if (!OTHER_WAS_FASTER.has(code)) throw cause;
  }
}

/** duplicate_object, unique_violation (PostgreSQL appendix A). */
const OTHER_WAS_FASTER = new Set(["42710", "23505"]);
