import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { Clock } from "../../app/core/ports.ts";
import { COOKIE } from "../sign-in.ts";

/** Browsers keep no cookie for longer (RFC 6265bis, 5.5). */
const COOKIE_S_MAX = 400 * 86_400;

export interface Cookies {
  keep(c: Context, shown: { readonly token: string; readonly until: string }): void;
  forget(c: Context): void;
}

/** One cookie, that no script reads and no other site sends. */
export function cookiesOf({ clock, secure }: { readonly clock: Clock; readonly secure: boolean }): Cookies {
  const cookie = { path: "/", httpOnly: true, sameSite: "Strict", secure } as const;
  // As long by any clock: a browser's may be another's.
  const secondsUntil = (until: string) =>
    Math.min(COOKIE_S_MAX, Math.floor((Date.parse(until) - clock.now().getTime()) / 1000));
  return {
    keep: (c, { token, until }) => setCookie(c, COOKIE, token, { ...cookie, maxAge: secondsUntil(until) }),
    forget: (c) => void deleteCookie(c, COOKIE, cookie),
  };
}
