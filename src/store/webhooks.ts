import type pg from "pg";
import type { KeySeal } from "../app/core/keys.ts";
import { type Notices, WEBHOOKS_MAX, type Webhook } from "../app/core/notices.ts";
import { done, refuse } from "../quantity/index.ts";
import { inTransaction } from "./transaction.ts";

interface WebhookRow {
  readonly id: string;
  readonly party: string;
  readonly url: string;
  readonly kinds: readonly string[];
  readonly registered_at: Date;
  readonly sent_at: Date | null;
  readonly failing_since: Date | null;
  readonly failed_with: string | null;
  readonly ended_at: Date | null;
  readonly ended_why: string | null;
}
const COLUMNS =
  "id, party, url, kinds, registered_at, sent_at, failing_since, failed_with, ended_at, ended_why";

const webhookOf = (row: WebhookRow): Webhook => ({
  ...{ id: row.id, party: row.party, url: row.url, kinds: row.kinds },
  registered_at: row.registered_at.toISOString(),
  ...(row.sent_at ? { sent_at: row.sent_at.toISOString() } : {}),
  ...(row.failing_since ? { failing_since: row.failing_since.toISOString() } : {}),
  ...(row.failed_with === null ? {} : { failed_with: row.failed_with }),
  ...(row.ended_at ? { ended_at: row.ended_at.toISOString() } : {}),
  ...(row.ended_why === null ? {} : { ended_why: row.ended_why }),
});

/** Sealed for its own place: the secret of one webhook opens as no other's. */
const placeOf = (id: string): string => `webhook ${id}`;

type Kept = Pick<Notices, "register" | "webhooks" | "webhook" | "secretOf" | "endWebhook">;

export const webhooksOn = (pool: pg.Pool, seal: KeySeal): Kept => ({
  async register({ id, party, url, kinds, secret }, at) {
    const sealed = await seal.seal(secret, placeOf(id));
    const { rows } = await pool.query<WebhookRow>(
      `insert into didym.webhook (id, party, url, kinds, sealed, from_seq, registered_at)
       select $1, $2, $3, $4, $5, (select seq from didym.head), $6
       where (select count(*) from didym.webhook where party = $2 and ended_at is null) < $7
       returning ${COLUMNS}`,
      [id, party, url, kinds, sealed, at, WEBHOOKS_MAX],
    );
    return rows[0]
      ? done(webhookOf(rows[0]))
      : refuse("too_many_webhooks", "party", `${party} has ${WEBHOOKS_MAX} webhooks; end one of them first`);
  },
  async webhooks({ party, limit }) {
    const { rows } = await pool.query<WebhookRow>(
      `select ${COLUMNS} from didym.webhook where $1::text is null or party = $1 order by nth desc limit $2`,
      [party ?? null, limit],
    );
    return rows.map(webhookOf);
  },
  async webhook(id) {
    const { rows } = await pool.query<WebhookRow>(`select ${COLUMNS} from didym.webhook where id = $1`, [id]);
    return rows[0] && webhookOf(rows[0]);
  },
  async secretOf(id) {
    const { rows } = await pool.query<{ sealed: string }>("select sealed from didym.webhook where id = $1", [
      id,
    ]);
    // Of one that ended nothing is kept.
    const opened = rows[0]?.sealed ? await seal.open(rows[0].sealed, placeOf(id)) : undefined;
    return opened && new Uint8Array(opened);
  },
  endWebhook: (id, { at, why }) =>
    inTransaction(pool, async (client) => {
      // Its secret is of no use any more.
      const { rowCount } = await client.query(
        "update didym.webhook set ended_at = $2, ended_why = $3, sealed = '' where id = $1 and ended_at is null",
        [id, at, why],
      );
      await client.query("delete from didym.notice_delivery where webhook = $1", [id]);
      return rowCount === 1;
    }),
});
