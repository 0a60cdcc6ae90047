import type { Context } from "hono";
import type { Reader } from "../app/core/ports.ts";

/** As whom each request reads, once that was asked. */
const readers = new WeakMap<Request, Reader>();

export const readsAs = (c: Context, reader: Reader): void => void readers.set(c.req.raw, reader);

export function readerIn(c: Context): Reader {
  const reader = readers.get(c.req.raw);
  if (reader === undefined) throw new Error("it was not asked as whom this request reads");
  return reader;
}
