import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What each status means here. */
export const MEANINGS = {
  400: "the request cannot be read",
  401: "what is asked for is for who signed in, or holds its token",
  403: "this address is not served to that name or page, or what is asked is another's to say",
  404: "what the request names is not there",
  405: "the path takes another method",
  408: "the body did not come within its time, or not to its end",
  409: "it conflicts with what is on the books",
  410: "it was there, and was erased by a rule of retention",
  413: "the body is too large",
  415: "the body is not JSON in UTF-8",
  422: "a well-formed request that the trade refuses",
  429: "more was asked, or tried, from one address than there is room for; Retry-After says when to ask again",
  500: "a fault on our side; nothing was written",
  503: "too many asked or wrote at once, or the database is away; send it again with the same key",
} as const satisfies Partial<Record<ContentfulStatusCode, string>>;
