import type { UnderlyingSource } from "node:stream/web";
import type { Context } from "hono";
import type { LedgerStore, Reader } from "../app/core/ports.ts";
import { readerOf } from "../app/core/seen.ts";
import { noteTold } from "./ended.ts";
import { type Change, changeSince, headOf, type Watch, watch } from "./head-watch.ts";
import { askerIn } from "./reader.ts";

export interface EventsOptions {
  readonly store: LedgerStore;
  /** How often the head of the chain is looked at. */
  readonly pollMs?: number;
  /** How often a silent line is spoken on, so that proxies keep it open. */
  readonly heartbeatMs?: number;
  /** Aborted when the server stops: every line ends, so that none holds the stop up. */
  readonly stopping?: AbortSignal | undefined;
  /** More news for the same line. */
  readonly more?: readonly More[];
}

/** News of one kind, and whether a piece of it is a reader's to hear. */
interface More {
  readonly event: string;
  readonly watch: Watch<object>;
  readonly isFor: (news: object, reader: Reader) => boolean;
}

const POLL_MS = 1000;
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it comes back. */
const RETRY_MS = 2000;
/** A listener that has taken in none of this many pieces is let go; it comes back and says what it saw last. */
const BEHIND_MAX = 100;

/** `GET /api/events`: server-sent events (WHATWG HTML, section 9.2), one for every time something was written. */
export function eventStream(options: EventsOptions): (c: Context) => Promise<Response> {
  const { store, pollMs = POLL_MS, heartbeatMs = HEARTBEAT_MS } = options;
  let known: number | undefined;
  const changes = watch<Change>(async () => {
    const head = await headOf(store);
    const change = await changeSince(store, known ?? head, head);
    known = head;
    return change ? [change] : [];
  }, pollMs);
  let listeners = 0;

  return async (c) => {
    const head = await headOf(store);
    const seen = readSeq(c.req.header("last-event-id"));
    const missed = seen === undefined ? undefined : await changeSince(store, seen, head);
    // Whoever comes first says from where the looking begins; what was known when the last one left is old.
    if (listeners === 0) known = head;
    listeners++;
    noteTold(c, "events");
    const body = new ReadableStream<Uint8Array>(
      line({
        ...{ options, heartbeatMs, changes, head, missed, reader: readerOf(askerIn(c)) },
        left: () => listeners--,
      }),
      { highWaterMark: 1 },
    );
    return c.newResponse(body, 200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      // Asks nginx not to hold pieces back.
      "x-accel-buffering": "no",
    });
  };
}

interface Line {
  readonly options: EventsOptions;
  readonly heartbeatMs: number;
  readonly changes: Watch<Change>;
  readonly head: number;
  readonly missed: Change | undefined;
  readonly reader: Reader;
  readonly left: () => void;
}

/** One listener: what it missed, then news as they come, until it leaves or the server stops. */
function line({
  options,
  heartbeatMs,
  changes,
  head,
  missed,
  reader,
  left,
}: Line): UnderlyingSource<Uint8Array> {
  const bytes = new TextEncoder();
  let ends: (() => void)[] = [];
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    for (const each of ends) each();
    ends = [];
    left();
  };
  return {
    start(controller) {
      const close = () => {
        if (over) return;
        end();
        controller.close();
      };
      const say = (text: string) => {
        if (over) return;
        if ((controller.desiredSize ?? 0) < -BEHIND_MAX) return close();
        controller.enqueue(bytes.encode(text));
      };
      let told = missed?.seq ?? head;
      // An event without data is not dispatched, but its id is kept: a line that breaks before any news resumes from here.
      say(`retry: ${RETRY_MS}\nid: ${told}\n\n`);
      if (missed) say(entriesEvent(missed));
      const heartbeat = setInterval(() => say(": still here\n\n"), heartbeatMs);
      heartbeat.unref();
      ends.push(
        () => clearInterval(heartbeat),
        changes.listen((change) => {
          if (change.seq === told) return;
          told = change.seq;
          say(entriesEvent(change));
        }),
        ...(options.more ?? []).map(({ event, watch, isFor }) =>
          watch.listen((news) => {
            if (isFor(news, reader)) say(`event: ${event}\ndata: ${JSON.stringify(news)}\n\n`);
          }),
        ),
      );
      const { stopping } = options;
      if (stopping?.aborted) close();
      stopping?.addEventListener("abort", close);
      ends.push(() => stopping?.removeEventListener("abort", close));
    },
    cancel: end,
  };
}

const entriesEvent = (change: Change) =>
  `id: ${change.seq}\nevent: entries\ndata: ${JSON.stringify(change)}\n\n`;

/** What a browser says it saw last; anything that is not a number of an entry is as good as nothing. */
const readSeq = (given: string | undefined): number | undefined =>
  given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
