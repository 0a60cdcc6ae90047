import type { Context } from "hono";
import type { Refusal } from "../quantity/index.ts";
import { noteRefused, requestIdOf } from "./ended.ts";
import { json } from "./json.ts";
import { statusOf } from "./status-of.ts";
import type { Status } from "./statuses.ts";

/**
 * RFC 9457. `code` and `at` say the same as on the command line: what failed, and where in the input; so do further members
 * that a code names, such as `missing` or `findings`.
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: Status;
  readonly detail: string;
  readonly code: string;
  readonly at: string;
  readonly numbers?: Readonly<Record<string, string | number>>;
}

export const problemOf = ({ code, at, message, ...named }: Refusal): Problem => ({
  type: `urn:didym:refusal:${code}`,
  title: code.replaceAll("_", " "),
  status: statusOf(code),
  detail: message,
  code,
  at,
  ...named,
});

/** Answers a refusal as `application/problem+json`; a fault by the id under which the log tells of it. */
export function problem(c: Context, refusal: Refusal): Response {
  const body = problemOf(refusal);
  noteRefused(c, refusal.code);
  const request_id = body.status === 500 ? requestIdOf(c) : undefined;
  return json(c, { ...body, request_id }, body.status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(body.status === 503 ? { "retry-after": "1" } : {}),
  });
}
