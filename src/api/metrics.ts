import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import type { BodiesNow } from "./body/take.ts";
import type { LanesNow } from "./lanes.ts";
import { problem } from "./problem.ts";

/** What this server is at, at this moment. */
export interface Standing {
  readonly lanes: LanesNow;
  readonly bodies: BodiesNow;
}

/** Figures for whoever holds their token; the token opens nothing else. */
export interface Metrics {
  readonly token: string;
  readonly contentType: string;
  text(now: Standing): Promise<string>;
}

const OFF = {
  code: "metrics_off",
  at: "server",
  message:
    "figures are told to whoever holds their token, and this server was given none: start it with DIDYM_METRICS_TOKEN_FILE=FILE or DIDYM_METRICS_TOKEN",
};
const TOKEN_WRONG = {
  code: "token_wrong",
  at: "authorization",
  message: "this path takes the token of the metrics, as Authorization: Bearer TOKEN",
};

/** `GET /api/metrics` (A42). */
export function serveMetrics(
  metrics: Metrics | undefined,
  now: () => Standing,
): (c: Context) => Response | Promise<Response> {
  if (!metrics) return (c) => problem(c, OFF);
  const wanted = digest(metrics.token);
  return async (c) => {
    const [, given = ""] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    // Digests are of one length, and compared in a time that tells nothing of where they differ.
    if (!timingSafeEqual(digest(given), wanted)) {
      const answer = problem(c, TOKEN_WRONG);
      answer.headers.set("www-authenticate", 'Bearer realm="metrics"');
      return answer;
    }
    return c.body(await metrics.text(now()), 200, { "content-type": metrics.contentType });
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
