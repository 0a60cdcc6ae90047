import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";

/** What a server is called: the names it is served under, beside the address it is bound to. */
export interface Served {
  /** The address it listens on, as it was given. */
  readonly host: string;
  readonly names: readonly string[];
}

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];
const EVERYWHERE = new Set(["0.0.0.0", "::"]);

/** A host without its port, in small letters; undefined where it is none. */
function nameIn(host: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(host.toLowerCase())?.[1];
}

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host).toLowerCase();
const isAddress = (name: string): boolean => isIP(name.replace(/^\[|\]$/g, "")) !== 0;

/**
 * Whether a request may be answered to this name. A page elsewhere can have its own name point here (DNS rebinding), never an
 * address: bound to all addresses, any address is one of ours or was not reached; any name has to be told (`--name`).
 */
function isServed({ host, names }: Served, asked: string): boolean {
  const name = nameIn(asked);
  if (name === undefined) return false;
  if (names.some((one) => one.toLowerCase() === name) || bracketed(host) === name) return true;
  return LOOPBACK_NAMES.includes(name) || (EVERYWHERE.has(host) && isAddress(name));
}

/**
 * Answers only to the names that are served, and only to pages of this server: an Origin that is another host, and what a browser
 * fetches across sites, are refused (A12). Going to a page by a link from elsewhere is no such fetch.
 */
export const onlyServedNames =
  (served: Served): MiddlewareHandler =>
  async (c, next) => {
    // Without a socket there is no Host but that of the address asked for.
    const host = c.req.header("host") ?? new URL(c.req.url).host;
    const origin = c.req.header("origin");
    if (!isServed(served, host)) {
      const message = `this server does not answer to ${host.slice(0, 100)}: who serves it under that name starts it with --name`;
      return problem(c, { code: "host_foreign", at: "host", message });
    }
    const site = c.req.header("sec-fetch-site");
    const across = site === "cross-site" && c.req.header("sec-fetch-mode") !== "navigate";
    const foreign =
      origin !== undefined && origin.toLowerCase().replace(/^https?:\/\//, "") !== host.toLowerCase();
    if (!foreign && !across) return next();
    const message = `a page of ${(origin ?? "another site").slice(0, 100)} asks; only pages of ${host.slice(0, 100)} itself are answered`;
    return problem(c, { code: "host_foreign", at: "origin", message });
  };
