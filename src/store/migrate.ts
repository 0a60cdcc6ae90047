import { Kysely, type MigrationLockOptions, PostgresAdapter, PostgresDialect, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type pg from "pg";
import { table } from "../quantity/index.ts";
import { directories, notices, reads, refusals } from "./beside-tables.ts";
import { ERASURE } from "./named-documents.ts";
import { poolOn } from "./pool.ts";

/**
 * Fields the lists filter by, each with an index of its own over the records that have it. A filter by any other field works
 * too; it reads the collection. Written into SQL as they stand here, never from a request.
 */
export const INDEXED_FIELDS = [
  "owner",
  "place",
  "state",
  "kind",
  "consignment",
  "lot",
  "site",
  "buyer",
] as const;

/** The body of the function that guards entries; the audit asks that it is this one. */
export const REFUSE_CHANGE = `
   begin
     raise exception 'entries are only appended; a mistake is corrected by a new entry';
   end `;

/**
 * The schema. Entries and answers are kept as exact text: an entry's bytes are what was sealed. Records are views and can be
 * folded again. Sequence numbers come from the one row of `head`, so that they have no gaps. With several programmes in one
 * database, a programme id would lead every key (docs/decisions/0005).
 */
const tables = [
  `create table didym.entry (
     seq bigint primary key,
     time text not null,
     kind text not null,
     actor text not null,
     key text not null,
     body text not null,
     nonce text not null,
     sealed text not null,
     prev text not null,
     hash text not null
   )`,
  "create index entry_kind on didym.entry (kind, seq)",
  `create table didym.head (
     one boolean primary key default true check (one),
     seq bigint not null,
     time text not null,
     hash text not null
   )`,
  "create table didym.request (key text primary key, request text not null, answer text not null, seq bigint not null)",
  "create index request_seq on didym.request (seq)",
  `create table didym.record (
     collection text collate "C" not null,
     id text collate "C" not null,
     seq bigint not null,
     body jsonb not null,
     primary key (collection, id)
   )`,
  ...INDEXED_FIELDS.map(
    (field) =>
      `create index record_by_${field} on didym.record (collection, (body->'${field}'), id) where body ? '${field}'`,
  ),
  "create table didym.document (digest text primary key, media_type text not null, name text not null, bytes bytea not null)",
  "create table didym.secret (party text primary key, private_key bytea not null)",
  `create function didym.refuse_change() returns trigger language plpgsql as $$${REFUSE_CHANGE}$$`,
  `create trigger entry_is_append_only before update or delete on didym.entry
   for each row execute function didym.refuse_change()`,
  `create trigger entry_is_not_truncated before truncate on didym.entry
   for each statement execute function didym.refuse_change()`,
  `insert into didym.head values (true, 0, '', repeat('0', 64))`,
];

/**
 * Long work in the order of asking. Not part of the books: input and result are exact text, kept some days; no backup holds them.
 */
const jobs = [
  `create table didym.job (
     id text primary key,
     nth bigint generated always as identity unique,
     key text not null,
     request text not null,
     use_case text not null,
     input text not null,
     about jsonb not null,
     actor jsonb not null,
     state text not null default 'queued' check (state in ('queued', 'running', 'done', 'refused', 'failed', 'cancelled')),
     progress double precision,
     said text,
     result text,
     refusal jsonb,
     worker text,
     attempts int not null default 0,
     cancel_asked boolean not null default false,
     created_at timestamptz not null default clock_timestamp(),
     started_at timestamptz,
     beat_at timestamptz,
     ended_at timestamptz
   )`,
  "create index job_live on didym.job (nth) where state in ('queued', 'running')",
  "create index job_ended on didym.job (ended_at)",
];

/** What changed since an entry is found by that entry's number; views that were put right are told from views that grew. */
const changes = [
  "create index record_changed on didym.record (seq, collection)",
  "alter table didym.head add column rebuilt bigint not null default 0",
];

/** The rules by which the views were folded; those of a release before this column stood here are the first. */
const foldRules = ["alter table didym.head add column fold_rules int not null default 1"];

/** How often an address asked lately: counted by all servers together, kept by no backup, and worth nothing after a crash. */
const rates = ["create unlogged table didym.rate (key text primary key, points int not null, expire bigint)"];

/** Passports up to this entry were signed with keys that a restore left behind: nothing here says which they were. */
const keysLeftBehind = ["alter table didym.head add column keys_from bigint not null default 0"];

/**
 * Signing keys: several of a party, each by its did:key, sealed. Those that an earlier release kept in the clear are sealed when the
 * books are next opened; until then their did:key is not worked out.
 */
const signingKeys = [
  "alter table didym.secret drop constraint secret_pkey",
  "alter table didym.secret add column key text unique",
  "alter table didym.secret add column sealed text",
  "alter table didym.secret add column adopted boolean not null default false",
  "alter table didym.secret add column nth bigint generated always as identity",
  "alter table didym.secret alter column private_key drop not null",
  "alter table didym.secret add check ((private_key is null) = (sealed is not null) and (sealed is null) = (key is null))",
  "create index secret_party on didym.secret (party)",
];

/** Who is signed in, by the digest of what they show: kept by no backup, and over after a crash. */
const sessions = [
  "create unlogged table didym.session (digest text primary key, person text not null, until timestamptz not null)",
];

const textOf = (field: string): string =>
  `case when jsonb_typeof(body->'${field}') = 'string' then body->>'${field}' end`;

/**
 * Who reads each record and entry, worked out from the entries. What lists filter by stands in columns of text: the database lets a role
 * that sees by right alone use an index only where comparing tells nothing (a leakproof operator), which that of jsonb is not.
 */
const readers = [
  `alter table didym.record add column readers text[] not null default '{}', ${INDEXED_FIELDS.map(
    (field) => `add column by_${field} text collate "C" generated always as (${textOf(field)}) stored`,
  ).join(", ")}`,
  ...INDEXED_FIELDS.flatMap((field) => [
    `drop index didym.record_by_${field}`,
    `create index record_by_${field} on didym.record (collection, by_${field}, id) where by_${field} is not null`,
  ]),
  `create table didym.entry_reader (
     seq bigint primary key,
     readers text[] not null,
     documents text[] not null
   )`,
  "create index entry_reader_documents on didym.entry_reader using gin (documents) where documents <> '{}'",
  `create function didym.reader() returns text[] language sql stable as
   $$ select string_to_array(nullif(current_setting('didym.reader', true), ''), ',') $$`,
  `create view didym.entry_seen with (security_barrier) as
   select e.seq, e.time, e.kind, e.sealed, e.prev, e.hash, r.seq is not null as seen,
     case when r.seq is not null then e.actor end as actor, case when r.seq is not null then e.key end as key,
     case when r.seq is not null then e.body end as body, case when r.seq is not null then e.nonce end as nonce
   from didym.entry e left join didym.entry_reader r on r.seq = e.seq and r.readers && (select didym.reader())`,
];

/** Ways in and names of people, apart from the entries so that they can be erased; what a server waits for is worth nothing after a crash. */
const people = [
  "create table didym.profile (person text primary key, name text not null, mail text)",
  `create table didym.passkey (
     id text primary key,
     person text not null,
     public_key bytea not null,
     sign_count bigint not null,
     transports text[] not null,
     made_under text not null,
     device text not null,
     made_at timestamptz not null,
     used_at timestamptz
   )`,
  "create index passkey_person on didym.passkey (person)",
  `create table didym.password (
     person text primary key,
     login text not null unique,
     hash text not null,
     totp text not null,
     step bigint not null,
     recovery text[] not null,
     made_at timestamptz not null
   )`,
  `create unlogged table didym.challenge (
     digest text primary key,
     purpose text not null,
     body jsonb not null,
     until timestamptz not null
   )`,
  "create index challenge_until on didym.challenge (until)",
  "alter table didym.session add column began_at timestamptz not null default now()",
  "alter table didym.session add column seen_at timestamptz not null default now()",
  "alter table didym.session add column device text not null default ''",
  "create index session_person on didym.session (person)",
];

/**
 * What retention erases goes through one door that its owner keeps: whoever serves may take away the documents that an entry names as
 * erased, and none else. Which those are is read from the entries alone.
 */
const erasure = [
  `create function didym.erase_documents() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as $$
     with erased as (
       select jsonb_array_elements_text(e.body::jsonb->'digests') as digest
       from didym.entry e where e.kind = '${ERASURE}'
     ), gone as (
       delete from didym.document d using (select distinct digest from erased) x where d.digest = x.digest returning 1
     )
     select count(*) from gone $$`,
];

const inTurn = (statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});

const MIGRATIONS: Readonly<Record<string, Migration>> = table({
  "0001_books": inTurn(tables),
  "0002_jobs": inTurn(jobs),
  "0003_changes": inTurn(changes),
  "0004_fold_rules": inTurn(foldRules),
  "0005_keys_left_behind": inTurn(keysLeftBehind),
  "0006_signing_keys": inTurn(signingKeys),
  "0007_rates": inTurn(rates),
  "0008_sessions": inTurn(sessions),
  "0009_readers": inTurn(readers),
  "0010_people": inTurn(people),
  "0012_refusals": inTurn(refusals),
  "0013_directories": inTurn(directories),
  "0014_notices": inTurn(notices),
  "0015_reads": inTurn(reads),
  "0016_erasure": inTurn(erasure),
});

/** Takes turns on a row: advisory locks are missing in some databases that otherwise speak PostgreSQL. */
class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>, options: MigrationLockOptions): Promise<void> {
    const table = sql.id(options.lockTableSchema ?? "public", options.lockTable);
    await sql`select id from ${table} where id = ${options.lockRowId} for update`.execute(db);
  }
  /** The row is free again when the transaction ends. */
  override async releaseMigrationLock(): Promise<void> {}
}

class RowLockDialect extends PostgresDialect {
  override createAdapter() {
    return new RowLockAdapter();
  }
}

/**
 * Two that made the same table at once (unique_violation, duplicate_*; the migrator looks again in the transaction that failed and
 * is told in_failed_sql_transaction), or were told to try again. Codes: PostgreSQL appendix A.
 */
const OTHER_WAS_FASTER = new Set(["23505", "42P06", "42P07", "42710", "25P02", "40001", "40P01"]);
const TRIES = 10;

/**
 * Brings a database to the schema of this version, in one transaction. Safe when several processes do so at once: one does the
 * work, the others wait for it. Throws what the database answers, and where it was migrated by a later version.
 */
export async function migrate(config: pg.PoolConfig): Promise<void> {
  const db = new Kysely<unknown>({
    dialect: new RowLockDialect({ pool: poolOn(config, 1) }),
  });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await migrateOnce(db);
      } catch (cause) {
        const { code = "" } = cause as { code?: string };
        if (!OTHER_WAS_FASTER.has(code) || attempt === TRIES) throw cause;
      }
    }
  } finally {
    await db.destroy();
  }
}

const migrateOnce = (db: Kysely<unknown>): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    // Made here and not by the migrator, so that a database that does not allow it says so in its own words.
    await sql`create schema if not exists didym`.execute(transaction);
    const migrator = new Migrator({
      db: transaction,
      provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
      migrationTableSchema: "didym",
      migrationTableName: "migration",
      migrationLockTableName: "migration_lock",
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  });
