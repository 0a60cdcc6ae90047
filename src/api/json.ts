import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** JSON that says its length: by it the compression leaves small answers alone, which cost more to compress than to send. */
export function json(
  c: Context,
  value: unknown,
  status: ContentfulStatusCode = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const text = JSON.stringify(value);
  const length = String(Buffer.byteLength(text));
  return c.body(text, status, { "content-type": "application/json", "content-length": length, ...headers });
}
