import type pg from "pg";
import { type Delivery, LEASE_S, type Notices } from "../app/core/notices.ts";
import { NOTICE_COLUMNS, type NoticeRow, noticeOf } from "./notice-row.ts";

interface DeliveryRow {
  readonly id: string;
  readonly webhook: string | null;
  readonly person: string | null;
  readonly notices: readonly string[];
  readonly attempts: number;
  readonly made_at: Date;
}

type Kept = Pick<Notices, "claim" | "sent" | "failed">;

/**
 * What is on its way. A claim skips rows that another is just taking and puts the next try a lease ahead, so that what a server took
 * that ended is another's, under the same id.
 */
export const deliveriesOn = (pool: pg.Pool, webhook: Notices["webhook"]): Kept => ({
  async claim({ at, mail }) {
    const { rows } = await pool.query<DeliveryRow>(
      `update didym.notice_delivery set attempts = attempts + 1, due_at = $1::timestamptz + make_interval(secs => $3)
       where id = (
         select d.id from didym.notice_delivery d left join didym.webhook w on w.id = d.webhook
         where d.due_at <= $1 and ($2 or d.person is null)
         order by w.failing_since is not null, d.nth limit 1 for update of d skip locked
       ) returning id, webhook, person, notices, attempts, made_at`,
      [at, mail, LEASE_S],
    );
    const row = rows[0];
    if (!row) return undefined;
    const told = await pool.query<NoticeRow>(
      `select ${NOTICE_COLUMNS} from didym.notice where nth = any($1) order by nth`,
      [row.notices],
    );
    const delivery = {
      ...{ id: row.id, attempt: row.attempts, made_at: row.made_at.toISOString() },
      notices: told.rows.map(noticeOf),
    };
    if (row.person !== null) return { ...delivery, to: "person", person: row.person };
    const hook = row.webhook === null ? undefined : await webhook(row.webhook);
    return hook && { ...delivery, to: "webhook", webhook: hook };
  },
  async sent(delivery, at) {
    await pool.query("delete from didym.notice_delivery where id = $1", [delivery.id]);
    if (delivery.to === "webhook")
      await pool.query(
        "update didym.webhook set sent_at = $2, failing_since = null, failed_with = null where id = $1",
        [delivery.webhook.id, at],
      );
  },
  async failed(delivery, { why, again_at, at }) {
    // Of another server by now: what it finds counts.
    const mine = [delivery.id, delivery.attempt];
    if (again_at === undefined)
      await pool.query("delete from didym.notice_delivery where id = $1 and attempts = $2", mine);
    else
      await pool.query("update didym.notice_delivery set due_at = $3 where id = $1 and attempts = $2", [
        ...mine,
        again_at,
      ]);
    if (delivery.to === "webhook") await noteFailure(pool, delivery, { why, at });
  },
});

const noteFailure = (
  pool: pg.Pool,
  { webhook }: Delivery & { to: "webhook" },
  { why, at }: { readonly why: string; readonly at: string },
) =>
  pool.query(
    `update didym.webhook set failing_since = coalesce(failing_since, $2), failed_with = $3
     where id = $1 and ended_at is null`,
    [webhook.id, at, why],
  );
