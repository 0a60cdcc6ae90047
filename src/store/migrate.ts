import { Kysely, PostgresDialect, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import pg from "pg";

/**
 * The schema. Entries are kept as exact canonical text, because their bytes are what was hashed; records are views that can
 * be folded again. With several programmes in one database, a programme id would lead every key (docs/decisions).
 */
const first: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create schema if not exists didym`.execute(db);
    await sql`
      create table didym.entry (
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
      )`.execute(db);
    await sql`create index entry_kind on didym.entry (kind, seq)`.execute(db);
    await sql`create table didym.head (one boolean primary key default true check (one), seq bigint not null, time text not null, hash text not null)`.execute(
      db,
    );
    await sql`create table didym.request (key text primary key, request text not null, answer text not null, seq bigint not null)`.execute(
      db,
    );
    await sql`
      create table didym.record (
        collection text collate "C" not null,
        id text collate "C" not null,
        seq bigint not null,
        body jsonb not null,
        primary key (collection, id)
      )`.execute(db);
    // One index serves every equality filter of the lists: containment of top-level fields.
    await sql`create index record_body on didym.record using gin (body jsonb_path_ops)`.execute(db);
    await sql`create table didym.document (digest text primary key, media_type text not null, name text not null, bytes bytea not null)`.execute(
      db,
    );
    await sql`create table didym.secret (party text primary key, private_key bytea not null)`.execute(db);
    await sql`
      create function didym.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'entries are only appended; a mistake is corrected by a new entry';
      end $$`.execute(db);
    await sql`
      create trigger entry_is_append_only before update or delete on didym.entry
      for each row execute function didym.refuse_change()`.execute(db);
    await sql`
      create trigger entry_is_not_truncated before truncate on didym.entry
      for each statement execute function didym.refuse_change()`.execute(db);
  },
};

const MIGRATIONS: Readonly<Record<string, Migration>> = { "0001_books": first };

/** Brings a database to the schema of this version. Safe when several processes do so at once: the migrator holds a lock. */
export async function migrate(config: pg.PoolConfig): Promise<void> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ ...config, max: 2 }) }),
  });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  } finally {
    await db.destroy();
  }
}
