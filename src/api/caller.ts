import type { Context } from "hono";

/** Whose share of this server a request takes: the address it comes from. Behind a proxy all come from one. */
export const callerOf = (c: Context): string =>
  (c.env as { incoming?: { socket: { remoteAddress?: string } } } | undefined)?.incoming?.socket
    .remoteAddress ?? "here";
