import type { Refusal, Result } from "../../quantity/index.ts";
import type { Collection } from "./records.ts";

/** The record that a notice is about; of terms, their version. */
export interface About {
  readonly collection: Collection;
  readonly id: string;
  readonly version?: number;
}

/** That something waits for a role of a party. It holds nothing of what the record says. */
export interface NewNotice {
  /** What it comes of: told once to a party, however often it is worked out. */
  readonly source: string;
  /** The entry; 0 where it happened beside the log. */
  readonly seq: number;
  readonly kind: string;
  readonly party: string;
  readonly roles: readonly string[];
  readonly about?: About;
  /** The path of its page. */
  readonly link: string;
  /** By when, as a day or an instant. */
  readonly due?: string;
  readonly at: string;
}

export interface Notice extends NewNotice {
  /** In the order of telling; it only grows. */
  readonly nth: number;
}

/** What entries after some entry tell, and up to which they were read. */
export interface Told {
  readonly notices: readonly NewNotice[];
  readonly reached: number;
}

/** Which kinds a person wants by e-mail. */
export interface Wish {
  readonly person: string;
  readonly party: string;
  readonly role: string;
  readonly at_once: readonly string[];
  readonly daily: readonly string[];
}

/** An address that notices are sent to. Its secret is kept sealed and never answered. */
export interface Webhook {
  readonly id: string;
  readonly party: string;
  readonly url: string;
  /** Every kind where it is empty. */
  readonly kinds: readonly string[];
  readonly registered_at: string;
  readonly sent_at?: string;
  /** Since when nothing went well, and what was last said. */
  readonly failing_since?: string;
  readonly failed_with?: string;
  readonly ended_at?: string;
  readonly ended_why?: string;
}

interface OnItsWay {
  /** The same however often it is sent. */
  readonly id: string;
  /** How often it was begun, this time included. */
  readonly attempt: number;
  readonly made_at: string;
  readonly notices: readonly Notice[];
}
/** Taken by one server for a while; another's again when that is over. */
export type Delivery = OnItsWay &
  (
    | { readonly to: "webhook"; readonly webhook: Webhook }
    | { readonly to: "person"; readonly person: string }
  );

export type Failed =
  | { readonly why: string; readonly again_at: string }
  /** It is given up. */
  | { readonly why: string; readonly again_at?: undefined };

/** Notices and where they go, in tables beside the books. `at` is the caller's time: a day is a day on every server. */
export interface Notices {
  /** Goes on from where the log was followed to; undefined where another server is at it. */
  follow(
    tell: (after: number) => Promise<Told>,
    how: { readonly at: string; readonly mail: boolean },
  ): Promise<number | undefined>;
  /** Tells what happened beside the log. */
  tell(notices: readonly NewNotice[], how: { readonly at: string; readonly mail: boolean }): Promise<void>;
  reached(): Promise<number>;
  /** The newest first; of every party where none is named. */
  list(asked: {
    readonly to?: { readonly party: string; readonly role: string };
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly Notice[]>;

  wishOf(person: string): Promise<Wish | undefined>;
  keepWish(wish: Wish, at: string): Promise<void>;
  /** Puts one person's news of a day together, where a day is over. False where nobody's is due. */
  makeDigest(at: string): Promise<boolean>;

  /** Refuses `too_many_webhooks`. */
  register(
    webhook: Pick<Webhook, "id" | "party" | "url" | "kinds"> & { readonly secret: Uint8Array },
    at: string,
  ): Promise<Result<Webhook, Refusal<"too_many_webhooks">>>;
  webhooks(asked: { readonly party?: string; readonly limit: number }): Promise<readonly Webhook[]>;
  webhook(id: string): Promise<Webhook | undefined>;
  /** Undefined where the key file is another. */
  secretOf(id: string): Promise<Uint8Array | undefined>;
  /** What was on its way to it is dropped. False where it had ended. */
  endWebhook(id: string, end: { readonly at: string; readonly why: string }): Promise<boolean>;

  /** The next that is due, whose webhook is not failing first. */
  claim(how: { readonly at: string; readonly mail: boolean }): Promise<Delivery | undefined>;
  sent(delivery: Delivery, at: string): Promise<void>;
  failed(delivery: Delivery, failed: Failed & { readonly at: string }): Promise<void>;
}

/** A server that took a delivery and said nothing of it for so long has ended. */
export const LEASE_S = 60;
export const WEBHOOKS_MAX = 10;
/** Lines of one e-mail. */
export const DIGEST_MAX = 100;
