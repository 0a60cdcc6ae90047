import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refusal } from "../quantity/index.ts";

/** RFC 9457. `code` and `at` say the same as on the command line: what failed, and where in the input. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly at: string;
  readonly numbers?: Readonly<Record<string, string | number>>;
}

const MALFORMED = new Set([
  "input_malformed",
  "key_missing",
  "key_malformed",
  "json_malformed",
  "not_utf8",
  "actor_malformed",
]);
const CONFLICTS = new Set([
  "key_reused",
  "file_read_before",
  "already_received",
  "already_reported",
  "already_returned",
]);
const EXACT: Readonly<Record<string, ContentfulStatusCode>> = {
  too_busy: 503,
  too_large: 413,
  content_type_unsupported: 415,
  not_found: 404,
  fault: 500,
};

/** The HTTP status of a refusal. A well-formed request that the trade refuses is 422. */
export function statusOf(code: string): ContentfulStatusCode {
  const exact = EXACT[code];
  if (exact) return exact;
  if (MALFORMED.has(code)) return 400;
  if (CONFLICTS.has(code) || code.endsWith("_taken") || code.endsWith("_already_registered")) return 409;
  return 422;
}

/** Where the thing named in the request itself is unknown, the answer is 404; inside a body, 422. */
const unknownThing = (code: string, method: string) => method === "GET" && code.endsWith("_unknown");

export function problem(c: Context, refusal: Refusal): Response {
  const status = unknownThing(refusal.code, c.req.method) ? 404 : statusOf(refusal.code);
  const body: Problem = {
    type: `/api/docs#${refusal.code}`,
    title: refusal.code.replaceAll("_", " "),
    status,
    detail: refusal.message,
    code: refusal.code,
    at: refusal.at,
    ...(refusal.numbers ? { numbers: refusal.numbers } : {}),
  };
  return c.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}
