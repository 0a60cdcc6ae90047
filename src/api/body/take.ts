import type { Context } from "hono";
import { done, type Refusal, refuse } from "../../quantity/index.ts";
import { callerOf } from "../caller.ts";
import { problem } from "../problem.ts";
import { type InFlight, inFlight } from "./in-flight.ts";
import type { BodyLimits } from "./limits.ts";
import { oneATurn } from "./one-a-turn.ts";

const MB = 1024 * 1024;

/** Bodies up to this size are read at once; their number is bounded by the connections there may be. */
const SMALL_BYTES = 64 * 1024;
/** Bodies in memory at a time, of commands and of everything else apart: no calculation keeps a manifest waiting. */
const IN_FLIGHT_BYTES = 32 * MB;
const PATIENCE_MS = 30_000;
/** A body comes within half a minute and a second for each 64 kB of it: a phone at the end of a yard does. */
const GRACE_MS = 30_000;
const BYTES_PER_MS = 64;

/** Of each share, the bytes that are lent and how many wait for some. */
export type BodiesNow = Readonly<Record<"command" | "other", ReturnType<InFlight["now"]>>>;

export interface Bodies {
  /** Takes in a body within its limits, and holds its room until it is answered. */
  take(
    c: Context,
    of: { readonly limits: BodyLimits; readonly command: boolean },
    answer: (bytes: Uint8Array) => Promise<Response>,
  ): Promise<Response>;
  now(): BodiesNow;
}

/** The bodies of one server. `grace_ms` and `patience_ms` are for tests, which do not wait so long. */
export function bodiesOf({ grace_ms = GRACE_MS, patience_ms = PATIENCE_MS } = {}): Bodies {
  const shares = {
    command: inFlight(IN_FLIGHT_BYTES, patience_ms),
    other: inFlight(IN_FLIGHT_BYTES, patience_ms),
  };
  const turn = oneATurn();
  return {
    now: () => ({ command: shares.command.now(), other: shares.other.now() }),
    async take(c, { limits, command }, answer) {
      const unsupported = unsupportedContent(c);
      if (unsupported) return problem(c, unsupported);
      const stated = c.req.header("content-length");
      const bytes = stated === undefined ? limits.bytes : Number(stated);
      if (!(bytes <= limits.bytes)) return problem(c, tooLarge(limits));
      const share = command ? shares.command : shares.other;
      const lent = bytes <= SMALL_BYTES ? () => {} : await share.take(bytes, callerOf(c), c.req.raw.signal);
      if (!lent) return problem(c, NO_ROOM);
      try {
        const given = { most: limits.bytes, within_ms: grace_ms + bytes / BYTES_PER_MS };
        const taken = await takeBytes(c.req.raw.body, given);
        if (!taken.ok)
          return problem(c, taken.refusal.code === "too_large" ? tooLarge(limits) : taken.refusal);
        lent(taken.value.byteLength);
        await turn();
        return await answer(taken.value);
      } finally {
        lent(0);
      }
    },
  };
}

function unsupportedContent(c: Context): Refusal | undefined {
  const [type, ...parameters] = (c.req.header("content-type") ?? "").toLowerCase().split(";");
  const charset = parameters.map((p) => p.trim().replaceAll('"', "")).find((p) => p.startsWith("charset="));
  const encoding = c.req.header("content-encoding") ?? "identity";
  const wrong =
    type?.trim() !== "application/json"
      ? `not ${type?.trim() || "nothing"}`
      : charset !== undefined && charset !== "charset=utf-8"
        ? `in UTF-8, not ${charset}`
        : encoding === "identity"
          ? undefined
          : `without content-encoding ${encoding}`;
  return wrong === undefined
    ? undefined
    : refuse("content_type_unsupported", "content-type", `send application/json, ${wrong}`).refusal;
}

const tooLarge = ({ bytes }: BodyLimits) =>
  refuse(
    "too_large",
    "body",
    `a body of this kind is at most ${bytes < MB ? `${bytes / 1024} kB` : `${bytes / MB} MB`}`,
  ).refusal;
const NO_ROOM = refuse(
  "too_busy",
  "server",
  "too many large requests at a time: send it again later",
).refusal;

async function takeBytes(
  stream: ReadableStream<Uint8Array> | null,
  { most, within_ms }: { readonly most: number; readonly within_ms: number },
) {
  if (!stream) return done(new Uint8Array());
  const reader = stream.getReader();
  let late = false;
  // What was cancelled reads as ended.
  const timer = setTimeout(() => {
    late = true;
    void reader.cancel().catch(() => {});
  }, within_ms);
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    // What cannot be read on was cut off by who sent it.
    const next = () => reader.read().catch(() => undefined);
    for (let read = await next(); !read?.done; read = await next()) {
      if (!read) return refuse("asker_gone", "body", "the body ended before it was whole");
      size += read.value.byteLength;
      if (size > most) {
        // The rest is not taken in.
        await reader.cancel();
        return refuse("too_large", "body", "larger than it may be");
      }
      chunks.push(read.value);
    }
    return late
      ? refuse("too_slow", "body", "the body did not come within its time")
      : done(Buffer.concat(chunks));
  } finally {
    clearTimeout(timer);
  }
}
