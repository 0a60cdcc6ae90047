import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Until sign-in exists, being on this machine is the only proof of who asks. A web page elsewhere may have its own name
 * point here (DNS rebinding) or post a form here; both show in the headers and are refused.
 */
export const onlyLocalNames: MiddlewareHandler = async (c, next) => {
  const host = c.req.header("host");
  const origin = c.req.header("origin");
  const foreign =
    host !== undefined && !LOCAL.test(host)
      ? host
      : origin !== undefined && !LOCAL.test(origin.replace(/^https?:\/\//, ""))
        ? origin
        : undefined;
  if (foreign === undefined) return next();
  const message = `bound to this machine alone, Didym answers to localhost and 127.0.0.1, not to ${foreign.slice(0, 100)}`;
  return problem(c, { code: "host_foreign", at: "host", message });
};
