import type pg from "pg";
import type { KeySeal } from "../app/core/keys.ts";
import { DIGEST_MAX, type NewNotice, type Notices, type Wish } from "../app/core/notices.ts";
import { deliveriesOn } from "./notice-deliveries.ts";
import { NOTICE_COLUMNS, type NoticeRow, noticeOf } from "./notice-row.ts";
import { inTransaction } from "./transaction.ts";
import { webhooksOn } from "./webhooks.ts";

/** A name that nobody can guess: a receiver takes what comes twice under it for one. */
const NEW_ID = "'msg_' || replace(gen_random_uuid()::text, '-', '')";

/** A notice with its deliveries; told before, it is not told again. Whoever asked after it was told hears nothing of it. */
const TELL = `with told as (
    insert into didym.notice (source, seq, kind, party, roles, about, link, due, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (source, kind, party) do nothing returning nth, kind, party, roles, seq
  ), hooked as (
    insert into didym.notice_delivery (id, webhook, notices, made_at, due_at)
    select ${NEW_ID}, w.id, array[told.nth], $10::timestamptz, $10::timestamptz from told join didym.webhook w
      on w.party = told.party and w.ended_at is null and (w.kinds = '{}' or told.kind = any(w.kinds))
      and (told.seq = 0 or told.seq > w.from_seq)
  )
  insert into didym.notice_delivery (id, person, notices, made_at, due_at)
  select ${NEW_ID}, w.person, array[told.nth], $10::timestamptz, $10::timestamptz from told join didym.notice_wish w
    on w.party = told.party and w.role = any(told.roles) and told.kind = any(w.at_once)
    and (told.seq = 0 or told.seq > w.from_seq)
  where $11::boolean`;

type How = Parameters<Notices["tell"]>[1];

async function tellAll(
  client: Pick<pg.ClientBase, "query">,
  notices: readonly NewNotice[],
  { at, mail }: How,
): Promise<void> {
  for (const { source, seq, kind, party, roles, about, link, due, at: when } of notices)
    await client.query(TELL, [
      ...[source, seq, kind, party, roles],
      ...[about === undefined ? null : JSON.stringify(about), link, due ?? null, when, at, mail],
    ]);
}

/** Notices and where they go, in tables beside the books. */
export function postgresNotices(pool: pg.Pool, seal: KeySeal): Notices {
  const kept = webhooksOn(pool, seal);
  return {
    // What was told is written with how far the log was followed: of two servers the second finds the row taken, and leaves.
    follow: (tell, how) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ seq: string }>(
          "select seq from didym.notice_reached for update skip locked",
        );
        if (!rows[0]) return undefined;
        const { notices, reached } = await tell(Number(rows[0].seq));
        await tellAll(client, notices, how);
        await client.query("update didym.notice_reached set seq = $1", [reached]);
        return reached;
      }),
    tell: (notices, how) => inTransaction(pool, (client) => tellAll(client, notices, how)),
    async reached() {
      const { rows } = await pool.query<{ seq: string }>("select seq from didym.notice_reached");
      return Number(rows[0]?.seq ?? 0);
    },
    async list({ to, before, limit }) {
      const { rows } = await pool.query<NoticeRow>(
        `select ${NOTICE_COLUMNS} from didym.notice
         where ($1::text is null or (party = $1 and $2 = any(roles))) and ($3::bigint is null or nth < $3)
         order by nth desc limit $4`,
        [to?.party ?? null, to?.role ?? null, before ?? null, limit],
      );
      return rows.map(noticeOf);
    },
    ...wishesOn(pool),
    ...kept,
    ...deliveriesOn(pool, kept.webhook),
  };
}

const HEAD = "(select seq from didym.head)";
const LAST = "coalesce((select max(nth) from didym.notice), 0)";

const wishesOn = (pool: pg.Pool): Pick<Notices, "wishOf" | "keepWish" | "makeDigest"> => ({
  async wishOf(person) {
    const { rows } = await pool.query<Wish>(
      "select person, party, role, at_once, daily from didym.notice_wish where person = $1",
      [person],
    );
    return rows[0];
  },
  async keepWish({ person, party, role, at_once, daily }, at) {
    await pool.query(
      `insert into didym.notice_wish (person, party, role, at_once, daily, from_seq, digest_nth, digest_due)
       values ($1, $2, $3, $4, $5, ${HEAD}, ${LAST}, $6::timestamptz + interval '1 day')
       on conflict (person) do update
       set party = excluded.party, role = excluded.role, at_once = excluded.at_once, daily = excluded.daily`,
      [person, party, role, at_once, daily, at],
    );
  },
  makeDigest: (at) =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ person: string }>(
        `select person from didym.notice_wish where daily <> '{}' and digest_due <= $1
         order by digest_due limit 1 for update skip locked`,
        [at],
      );
      if (!rows[0]) return false;
      await client.query(
        `insert into didym.notice_delivery (id, person, notices, made_at, due_at)
         select ${NEW_ID}, $1::text, array_agg(nth order by nth), $2::timestamptz, $2::timestamptz from (
           select n.nth from didym.notice n join didym.notice_wish w
             on w.person = $1 and n.party = w.party and w.role = any(n.roles) and n.kind = any(w.daily) and n.nth > w.digest_nth
             and (n.seq = 0 or n.seq > w.from_seq)
           order by n.nth desc limit ${DIGEST_MAX}
         ) of_the_day having count(*) > 0`,
        [rows[0].person, at],
      );
      await client.query(
        `update didym.notice_wish set digest_nth = ${LAST},
           digest_due = digest_due + interval '1 day' * ceil(extract(epoch from $2::timestamptz - digest_due + interval '1 second')::float8 / 86400)
         where person = $1`,
        [rows[0].person, at],
      );
      return true;
    }),
});
