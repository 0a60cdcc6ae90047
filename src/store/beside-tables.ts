// Tables that are no part of the books, by the migration that makes them.

/** How often who asked was turned away, by day: beside the books, kept by no backup (trust Z52). */
export const refusals = [
  `create table didym.refusal (
     day date not null,
     code text not null,
     route text not null,
     speaker text not null,
     party text not null,
     count bigint not null,
     last_at timestamptz not null,
     primary key (day, code, route, speaker)
   )`,
];

/**
 * Notices of what waits, and where they go. Not part of the books: notices could be worked out again, wishes and webhooks are settings,
 * deliveries are on their way. No backup holds them.
 */
export const notices = [
  `create table didym.notice (
     nth bigint generated always as identity primary key,
     source text not null,
     seq bigint not null,
     kind text not null,
     party text not null,
     roles text[] not null,
     about jsonb,
     link text not null,
     due text,
     at text not null,
     unique (source, kind, party)
   )`,
  "create index notice_party on didym.notice (party, nth)",
  "create table didym.notice_reached (one boolean primary key default true check (one), seq bigint not null)",
  "insert into didym.notice_reached values (true, 0)",
  `create table didym.notice_wish (
     person text primary key,
     party text not null,
     role text not null,
     at_once text[] not null,
     daily text[] not null,
     from_seq bigint not null,
     digest_nth bigint not null,
     digest_due timestamptz not null
   )`,
  "create index notice_wish_due on didym.notice_wish (digest_due) where daily <> '{}'",
  `create table didym.webhook (
     id text primary key,
     nth bigint generated always as identity,
     party text not null,
     url text not null,
     kinds text[] not null,
     sealed text not null,
     from_seq bigint not null,
     registered_at timestamptz not null,
     sent_at timestamptz,
     failing_since timestamptz,
     failed_with text,
     ended_at timestamptz,
     ended_why text
   )`,
  "create index webhook_party on didym.webhook (party)",
  `create table didym.notice_delivery (
     id text primary key,
     nth bigint generated always as identity,
     webhook text references didym.webhook (id),
     person text,
     notices bigint[] not null,
     attempts int not null default 0,
     made_at timestamptz not null,
     due_at timestamptz not null,
     check ((webhook is null) <> (person is null))
   )`,
  "create index notice_delivery_due on didym.notice_delivery (due_at)",
  "create index notice_delivery_webhook on didym.notice_delivery (webhook)",
];

/** Firms' directories: the secrets of clients, who is who by a digest, and until when a directory answered for a session. */
export const directories = [
  "create table didym.directory_secret (party text primary key, sealed text not null)",
  "create table didym.directory_person (digest text primary key, person text not null)",
  `create unlogged table didym.directory_session (
     digest text primary key references didym.session (digest) on delete cascade,
     client text not null,
     until timestamptz not null,
     sealed text not null,
     turn_until timestamptz
   )`,
];

/**
 * Who read what: counts by day, and each read that told something of a compartment in a row of its own. Beside the books, kept by no
 * backup (trust Z101, Z102).
 */
export const reads = [
  `create table didym.read_count (
     day date not null,
     query text not null,
     speaker text not null,
     party text not null,
     count bigint not null,
     last_at timestamptz not null,
     primary key (day, speaker, query)
   )`,
  `create table didym.compartment_read (
     nth bigint generated always as identity primary key,
     at timestamptz not null,
     speaker text,
     party text,
     query text not null,
     compartments text[] not null
   )`,
];
