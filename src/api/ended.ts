import { randomUUID } from "node:crypto";
import { METHODS } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { readActor } from "../app/core/actor.ts";
import type { Asker } from "../app/core/ports.ts";
import { isKnownCode } from "./status-of.ts";

/**
 * All that is told of a request that ended (A40): nothing of it is text that came from outside, but for who is stated to act. Its path,
 * query, headers and body stay out.
 */
export interface Ended {
  readonly request_id: string;
  readonly method: string;
  /** The pattern that answered, such as `/api/jobs/:job`. */
  readonly route: string;
  readonly status: number;
  /** Until its answer began; a stream goes on after it. */
  readonly ms: number;
  /** Why it was refused. */
  readonly code?: string;
  /** `role@party`, where one is stated and can be read. */
  readonly actor?: string;
  /** Who signed in, by the id of person or token, and for which party. */
  readonly by?: string;
  readonly party?: string;
  /** What of the books was told: "ROOM/VERB", or what is no use case, such as documents. */
  readonly told?: string;
}

const ID = "request_id";
const CODE = "refused_with";
const SPEAKER = "signed_in_as";
const TOLD = "told_of_the_books";

/** Every request that comes to a route ends here. */
export const endOf =
  (tell: (ended: Ended) => void): MiddlewareHandler =>
  async (c, next) => {
    const began = performance.now();
    const request_id = randomUUID();
    c.set(ID, request_id);
    await next();
    c.res.headers.set("request-id", request_id);
    const code: string | undefined = c.get(CODE);
    const actor = actorOf(c);
    const told: string | undefined = c.get(TOLD);
    tell({
      ...{ request_id, method: methodOf(c), route: routePath(c), status: c.res.status },
      ms: Math.round(performance.now() - began),
      ...(code === undefined ? {} : { code }),
      ...(actor === undefined ? {} : { actor }),
      ...speakerOf(c),
      ...(told === undefined ? {} : { told }),
    });
  };

/** Undefined where nobody asked over HTTP, as in a test of a part. */
export const requestIdOf = (c: Context): string | undefined => c.get(ID);

/** A code of a later version, kept by a job, is text that this one does not know. */
export const noteRefused = (c: Context, code: string): void =>
  c.set(CODE, isKnownCode(code) ? code : "other");

/** Who signed in, whatever becomes of what they asked. */
export const noteSpeaker = (c: Context, { person, token, party }: Asker): void =>
  c.set(SPEAKER, { by: person ?? token, party });

/** What of the books the answer tells. */
export const noteTold = (c: Context, query: string): void => c.set(TOLD, query);

const speakerOf = (c: Context): Pick<Ended, "by" | "party"> => c.get(SPEAKER) ?? {};

const methodOf = ({ req }: Context): string => (METHODS.includes(req.method) ? req.method : "-");

function actorOf(c: Context): string | undefined {
  const stated = c.req.header("didym-actor");
  return stated !== undefined && readActor(stated).ok ? stated : undefined;
}

/** Of one that no route saw, because the parser could not read it. */
export const unreadableEnded = (status: number, code: string): Ended => ({
  ...{ request_id: randomUUID(), method: "-", route: "(unreadable)", status, ms: 0, code },
});
