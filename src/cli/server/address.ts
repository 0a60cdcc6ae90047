import { done, refuse } from "../../quantity/index.ts";

/** A server as it is named: scheme, host and port, and nothing else. */
export interface Address {
  readonly origin: string;
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
}

const WRITTEN = "a server is written https://HOST[:PORT], or http://127.0.0.1[:PORT] on this machine";

/** Where an address was stated: the flag, or the environment. Refusals: server_malformed, server_not_secure. */
export function readAddress(stated: string, at: string) {
  const url = URL.canParse(stated) ? new URL(stated) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(stated.trim()))
    return refuse("server_malformed", at, WRITTEN);
  // Not repeated: what stands before an @ may be a password.
  if (url.username || url.password)
    return refuse("server_malformed", at, "no name or password stands in the address: see trust sign-in");
  if (url.pathname !== "/" || url.search || url.hash)
    return refuse("server_malformed", at, `${WRITTEN}; after the port nothing follows`);
  const secure = url.protocol === "https:";
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (!secure && !isLoopback(hostname))
    return refuse(
      "server_not_secure",
      at,
      `${url.origin} would send all in the clear: http:// is for this machine alone, name it with https://`,
    );
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  return done<Address>({ origin: url.origin, secure, hostname, port });
}

/** Addresses that never leave this machine (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3), and the name that is always theirs (RFC 6761, 6.3). */
const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
