import type { Delivery, Notices } from "../core/notices.ts";
import type { LedgerStore } from "../core/ports.ts";
import { NOTICE_KINDS } from "./kinds.ts";
import { type Letter, letterOf, messageOf } from "./letter.ts";
import { againAt, isGivenUp } from "./retry.ts";

/** What came of one try. `gone`: it never will. */
export type Tried =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly gone?: true };

/** One signed request to a webhook. */
export type Post = (
  to: { readonly url: string; readonly secret: Uint8Array },
  message: { readonly id: string; readonly at: string; readonly body: string },
) => Promise<Tried>;

/** One e-mail, under an id that stays the same when it is sent again. */
export type Mail = (letter: Letter & { readonly to: string; readonly id: string }) => Promise<Tried>;

export interface Carriers {
  readonly notices: Notices;
  readonly store: Pick<LedgerStore, "load">;
  readonly post: Post;
  /** Absent where there is no mail server. */
  readonly mail?: Mail;
  readonly addressOf: (person: string) => Promise<string | undefined>;
  /** Where the pages are: links begin with it. */
  readonly base: string;
  readonly now: () => string;
}

/** Takes what is due next to where it goes, and notes what came of it. False where nothing is due. */
export async function deliverNext(given: Carriers): Promise<boolean> {
  const { notices, now, mail } = given;
  const delivery = await notices.claim({ at: now(), mail: mail !== undefined });
  if (!delivery) return false;
  const tried =
    delivery.to === "webhook" ? await toWebhook(given, delivery) : await toPerson(given, delivery);
  if (tried.ok) {
    await notices.sent(delivery, now());
    return true;
  }
  const at = now();
  const again_at = tried.gone ? undefined : againAt(delivery, at);
  await notices.failed(delivery, { why: tried.why, at, ...(again_at === undefined ? {} : { again_at }) });
  if (delivery.to === "webhook") await endWhereHopeless(given, delivery, { at, gone: tried.gone === true });
  return true;
}

const failed = (why: string): Tried => ({ ok: false, why });
const gone = (why: string): Tried => ({ ok: false, why, gone: true });

async function toWebhook(
  { notices, post, base, now }: Carriers,
  { id, webhook, notices: [notice] }: Delivery & { to: "webhook" },
): Promise<Tried> {
  if (webhook.ended_at !== undefined) return gone("it has ended");
  const secret = await notices.secretOf(webhook.id);
  if (!secret) return failed("its secret cannot be opened: it is sealed under another key file");
  if (!notice) return { ok: true };
  return post({ url: webhook.url, secret }, { id, at: now(), body: messageOf(notice, base) });
}

/** Who left, acts in another role or gave no address meanwhile gets nothing. */
async function toPerson(
  { store, mail, addressOf, base }: Carriers,
  { id, person: name, notices }: Delivery & { to: "person" },
): Promise<Tried> {
  const person = (await store.load("person", name))?.record;
  const theirs = notices.filter(
    ({ party, roles }) =>
      person?.ended_at === undefined && person?.party === party && roles.includes(person.role),
  );
  if (theirs.length === 0) return gone("it is for nobody any more");
  const to = await addressOf(name);
  if (to === undefined || !mail) return gone("no address is known");
  return mail({ ...letterOf(theirs, base), to, id });
}

/** Switches a webhook off that failed for a day, or said that it is gone, and tells its party's administrators. */
async function endWhereHopeless(
  { notices, mail }: Carriers,
  { webhook: { id } }: Delivery & { to: "webhook" },
  { at, gone }: { readonly at: string; readonly gone: boolean },
): Promise<void> {
  const webhook = await notices.webhook(id);
  if (!webhook || !(gone || isGivenUp(webhook.failing_since, at))) return;
  const why = gone ? "it answered that it is gone" : "it answered nothing well for a day";
  if (!(await notices.endWebhook(id, { at, why }))) return;
  const kind = "webhook_ended";
  const notice = {
    ...{ source: `webhook ${id}`, seq: 0, kind, party: webhook.party },
    ...{ roles: NOTICE_KINDS[kind].roles, link: "/", at },
  };
  await notices.tell([notice], { at, mail: mail !== undefined });
}
