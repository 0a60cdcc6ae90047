import { randomBytes } from "node:crypto";
import type pg from "pg";
import { didKeyOf } from "../../src/certify/index.ts";
import type { Book } from "./book.ts";
import { resealed } from "./resealed.ts";
import { cut, cutClean, rewrite, unguarded } from "./rewrite.ts";

/** One way to change the books behind their back, and by which fault it is found. */
export interface Tampering {
  readonly how: string;
  /** Answers the books to look at, where they are others. */
  readonly do: (pool: pg.Pool, book: Book) => Promise<unknown>;
  /** Found by `ledger audit` alone; null where nothing inside the books can tell. */
  readonly alone: string | null;
  /** Found with the one head that was noted, where it has a code of its own; null where that head is held. */
  readonly head?: "noted_head_differs" | null;
  /** Which head was noted: the last one, where nothing is said. */
  readonly noted?: "early";
}

const sql =
  (...statements: readonly string[]) =>
  (pool: pg.Pool) =>
    unguarded(pool, ...statements);
const STEP = "(select min(seq) from didym.entry where kind = 'step_recorded')";
const DIGEST = (like: string) => `(select digest from didym.document where name like '${like}')`;
const HEAD = "noted_head_differs";

/** The first entry of a kind, to be forged. */
const first = <E extends { readonly kind: string }>(entries: readonly E[], kind: string): E => {
  const found = entries.find((entry) => entry.kind === kind);
  if (!found) throw new Error(`these books have no ${kind}`);
  return found;
};

export const ENTRIES: readonly Tampering[] = [
  {
    how: "an entry edited",
    do: sql(`update didym.entry set body = replace(body, '"S-1"', '"S-9"') where seq = ${STEP}`),
    alone: "seal_wrong",
  },
  {
    how: "an entry deleted",
    do: sql(`delete from didym.entry where seq = ${STEP}`),
    alone: "sequence_broken",
  },
  {
    how: "two entries swapped",
    do: sql(
      "update didym.entry set seq = 1000000 where seq = 5",
      "update didym.entry set seq = 5 where seq = 6",
      "update didym.entry set seq = 6 where seq = 1000000",
    ),
    alone: "link_broken",
  },
  {
    how: "white space in an entry",
    do: sql(`update didym.entry set body = replace(body, '{"', '{ "') where seq = ${STEP}`),
    alone: "not_as_sealed",
  },
  {
    how: "the time of an entry",
    do: sql(`update didym.entry set time = replace(time, '2026-', '2025-') where seq = 1`),
    alone: "hash_wrong",
  },
  {
    how: "who acted",
    do: sql(`update didym.entry set actor = replace(actor, 'operator', 'approver') where seq = ${STEP}`),
    alone: "seal_wrong",
  },
  {
    how: "the nonce of an entry",
    do: sql(`update didym.entry set nonce = repeat('0', 32) where seq = ${STEP}`),
    alone: "seal_wrong",
  },
];

export const VIEWS: readonly Tampering[] = [
  {
    how: "a record edited",
    do: sql(
      `update didym.record set body = body || '{"owner": "late-carrier"}' where collection = 'lot' and id = 'OXIDE'`,
    ),
    alone: "views_differ",
  },
  { how: "a record deleted", do: sql("delete from didym.record where id = 'OXIDE'"), alone: "views_differ" },
];

export const DOCUMENTS: readonly Tampering[] = [
  {
    how: "a document deleted",
    do: sql(`delete from didym.document where digest = ${DIGEST("%-chromatogram.json")}`),
    alone: "document_missing",
  },
  {
    how: "two documents swapped",
    do: sql(
      `update didym.document d set bytes = (select bytes from didym.document o where o.name like '%certificate-of-analysis%' and o.digest <> d.digest)
       where name like '%certificate-of-analysis%'`,
    ),
    alone: "document_changed",
  },
  {
    how: "a document renamed",
    do: sql("update didym.document set name = 'other.pdf' where name like '%bill-of-lading.pdf'"),
    alone: "document_renamed",
  },
  {
    how: "the type of a document",
    do: sql("update didym.document set media_type = 'text/html' where name like '%bill-of-lading.pdf'"),
    alone: "document_renamed",
  },
  {
    how: "a document added",
    do: sql(
      "insert into didym.document values (encode(sha256('forged'), 'hex'), 'text/plain', 'forged.txt', 'forged')",
    ),
    alone: "document_not_named",
  },
  {
    how: "a document replaced by another under a digest of its own",
    do: sql(
      "update didym.document set bytes = 'forged', digest = encode(sha256('forged'), 'hex') where name like '%-sanitization.pdf'",
    ),
    alone: "document_missing",
  },
];

export const ANSWERS: readonly Tampering[] = [
  {
    how: "an answer edited",
    do: sql(`update didym.request set answer = replace(answer, '"S-1"', '"S-9"') where seq = ${STEP}`),
    alone: "answer_changed",
  },
  {
    how: "white space in an answer",
    do: sql(`update didym.request set answer = answer || ' ' where seq = ${STEP}`),
    alone: "answer_changed",
  },
  {
    how: "what was asked edited",
    do: sql(`update didym.request set request = repeat('0', 64) where seq = ${STEP}`),
    alone: "request_changed",
  },
  {
    how: "an answer deleted",
    do: sql(`delete from didym.request where seq = ${STEP}`),
    alone: "answer_differs",
  },
  {
    how: "an answer added",
    do: sql("insert into didym.request values ('forged', repeat('0', 64), '{}', 3)"),
    alone: "answer_differs",
  },
];

const otherKey = (pool: pg.Pool) =>
  pool.query("update didym.secret set key = $1 where party = 'my-refiner'", [
    didKeyOf(new Uint8Array(randomBytes(32))),
  ]);

export const KEYS: readonly Tampering[] = [
  { how: "a key swapped for another", do: otherKey, alone: "key_differs" },
  {
    how: "a key deleted",
    do: sql("delete from didym.secret where party = 'my-refiner'"),
    alone: "key_missing",
  },
  {
    how: "a key put under another party",
    do: sql("update didym.secret set party = 'my-recycler' where party = 'my-refiner'"),
    alone: "key_missing",
  },
  {
    how: "one key for two parties",
    do: sql(
      `alter table didym.secret drop constraint secret_key_key;
       insert into didym.secret (party, key, sealed) select 'my-recycler', key, sealed from didym.secret where party = 'my-refiner'`,
    ),
    alone: "key_shared",
  },
];

export const GUARDS: readonly Tampering[] = [
  {
    how: "the triggers dropped",
    do: (pool) =>
      pool.query(
        "drop trigger entry_is_append_only on didym.entry; drop trigger entry_is_not_truncated on didym.entry",
      ),
    alone: "trigger_missing",
  },
  {
    how: "the triggers disabled",
    do: (pool) => pool.query("alter table didym.entry disable trigger user"),
    alone: "trigger_disabled",
  },
  {
    how: "what the triggers do replaced",
    do: (pool) =>
      pool.query(
        "create or replace function didym.refuse_change() returns trigger language plpgsql as 'begin return old; end'",
      ),
    alone: "trigger_changed",
  },
  {
    how: "everyone given leave to change entries",
    do: (pool) => pool.query("grant update on didym.entry to public"),
    alone: "role_may_change_entries",
  },
];

export const TAILS: readonly Tampering[] = [
  {
    how: "the tail cut with views rebuilt",
    do: (pool, { early }) => cut(pool, early.seq),
    alone: "answer_without_entry",
    head: HEAD,
  },
  { how: "the tail cut clean", do: (pool, { early }) => cutClean(pool, early.seq), alone: null, head: HEAD },
  {
    how: "the tail cut clean after the head that was noted",
    do: (pool, { early }) => cutClean(pool, early.seq),
    ...{ alone: null, head: null, noted: "early" },
  },
];

export const HISTORIES: readonly Tampering[] = [
  {
    how: "the whole history sealed anew over another origin",
    do: (pool) =>
      rewrite(pool, (entries) => {
        first(entries, "consignment_received").body.from_zip = "60602";
        return entries;
      }),
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew over another actor",
    do: (pool) =>
      rewrite(pool, (entries) => {
        const step = first(entries, "step_recorded");
        step.actor = { ...step.actor, role: "approver" };
        return entries;
      }),
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew at other times",
    do: (pool) =>
      rewrite(pool, (entries) => {
        for (const entry of entries)
          entry.time = entry.time.replace("2026-07-01T14:00:00.000Z", "2026-07-01T14:00:00.001Z");
        return entries;
      }),
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew without an entry",
    do: (pool) =>
      rewrite(pool, (entries) =>
        entries.filter(({ kind, body }) => kind !== "unit_registered" || body.id !== "column-1"),
      ),
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew with an entry more",
    do: async (pool) => {
      await rewrite(pool, (entries) => {
        const { for_request: _, ...body } = structuredClone(first(entries, "party_registered").body);
        const more = { ...first(entries, "party_registered"), body: { ...body, id: "ghost" } };
        return [more, ...entries];
      });
    },
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew with nothing but other nonces",
    do: (pool) =>
      rewrite(pool, (entries) => {
        for (const [i, entry] of entries.entries()) entry.nonce = i.toString(16).padStart(32, "0");
        return entries;
      }),
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew, and what entries say of their answers left out",
    do: (pool) =>
      rewrite(pool, (entries) => {
        for (const entry of entries) delete entry.body.for_request;
        return entries;
      }),
    ...{ alone: "passport_head_differs", head: HEAD },
  },
  {
    how: "the whole history sealed anew, and the signed passport left out",
    do: async (pool) => {
      await pool.query("delete from didym.document where name like '%-passport.json'");
      await rewrite(pool, (entries) => entries.filter(({ kind }) => kind !== "passport_signed"));
    },
    ...{ alone: "passport_not_signed", head: HEAD },
  },
  {
    how: "the whole history sealed anew before the first passport was signed",
    do: async (pool) => {
      const { rows } = await pool.query<{ seq: string }>(
        `select min(seq) - 1 as seq from didym.entry
         where key = (select key from didym.entry where kind = 'passport_issued' order by seq limit 1)`,
      );
      await cutClean(pool, Number(rows[0]?.seq));
      await pool.query("delete from didym.secret");
      await rewrite(pool, (entries) => {
        first(entries, "consignment_received").body.from_zip = "60602";
        return entries;
      });
    },
    ...{ alone: null, head: HEAD },
  },
];

export const BACKUPS: readonly Tampering[] = [
  {
    how: "a backup resealed over another answer",
    do: (pool) =>
      resealed(pool, (line) => {
        if (line.request?.answer.includes('"S-1"'))
          line.request.answer = line.request.answer.replace("S-1", "S-9");
      }),
    alone: "answer_changed",
  },
  {
    how: "a backup resealed over another name of a document",
    do: (pool) =>
      resealed(pool, (line) => {
        if (line.document) line.document.name = `copy-of-${line.document.name}`;
      }),
    alone: "document_renamed",
  },
];
