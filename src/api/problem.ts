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

/** What each status means here. The first that fits a code, in this order, is its status (A5). */
export const STATUSES: readonly {
  readonly status: ContentfulStatusCode;
  readonly meaning: string;
  readonly codes: readonly string[];
  readonly ending?: RegExp;
}[] = [
  {
    status: 400,
    meaning: "the request cannot be read",
    codes: [
      "input_malformed",
      "json_malformed",
      "not_utf8",
      "key_missing",
      "key_malformed",
      "actor_malformed",
      "path_malformed",
    ],
  },
  { status: 403, meaning: "this address is not served to that name or page", codes: ["host_foreign"] },
  {
    status: 404,
    meaning: "what the request names is not there",
    codes: ["not_found"],
    ending: /_unknown$/,
  },
  { status: 405, meaning: "the path takes another method", codes: ["method_not_allowed"] },
  {
    status: 409,
    meaning: "it conflicts with what is on the books",
    codes: ["key_reused", "someone_wrote_first", "file_read_before", "passport_exists"],
    ending: /_taken$|(^|_)already_/,
  },
  { status: 413, meaning: "the body is too large", codes: ["too_large"] },
  { status: 415, meaning: "the body is not JSON in UTF-8", codes: ["content_type_unsupported"] },
  { status: 500, meaning: "a fault on our side; nothing was written", codes: ["fault"] },
  {
    status: 503,
    meaning: "too many asked or wrote at once; send it again with the same key",
    codes: ["too_busy", "too_many_jobs"],
  },
];

/** A well-formed request that the trade refuses. */
const REFUSED = 422;

/** Codes that end alike but say that a word in the request means nothing, not that a record is missing. */
const WORDS = new Set(
  [
    "analyte",
    "basis",
    "element",
    "key",
    "mass_unit",
    "prior_class",
    "series",
    "species",
    "target",
    "use_case",
    "value",
  ].map((word) => `${word}_unknown`),
);

/** The HTTP status of a refusal. */
export function statusOf(code: string): ContentfulStatusCode {
  if (WORDS.has(code)) return REFUSED;
  return STATUSES.find(({ codes, ending }) => codes.includes(code) || ending?.test(code))?.status ?? REFUSED;
}

export const problemOf = (refusal: Refusal): Problem => ({
  type: `urn:didym:refusal:${refusal.code}`,
  title: refusal.code.replaceAll("_", " "),
  status: statusOf(refusal.code),
  detail: refusal.message,
  code: refusal.code,
  at: refusal.at,
  ...(refusal.numbers ? { numbers: refusal.numbers } : {}),
});

/** Answers a refusal as `application/problem+json`. */
export function problem(c: Context, refusal: Refusal): Response {
  const body = problemOf(refusal);
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(body.status === 503 ? { "retry-after": "1" } : {}),
  });
}
