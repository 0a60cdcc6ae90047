import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { callbackOf } from "../../app/trust/directories.ts";
import { comeFromDirectory, goToDirectory, offeredDirectories } from "../../app/trust/directory-sign-in.ts";
import type { Refusal } from "../../quantity/index.ts";
import { json } from "../json.ts";
import { problem } from "../problem.ts";
import { deviceIn } from "./device.ts";
import { tooManyTries } from "./tries.ts";
import type { Given } from "./ways-in.ts";

/** What a browser keeps while its owner is with their directory. */
const GOING = "didym_directory";
const GOING_S = 600;
const PATH = "/api/auth/directory";
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** As browsers know this server: over TLS, but on this machine. A proxy may stand between. */
function originOf(c: Context, { secure }: { readonly secure: boolean }): string {
  const host = (c.req.header("host") ?? new URL(c.req.url).host).toLowerCase();
  return `${secure || !LOCAL.test(host) ? "https" : "http"}://${host}`;
}

/** A person's browser is shown a page; a program is told the refusal. */
function refused(c: Context, refusal: Refusal): Response {
  const wantsPage = c.req.header("accept")?.includes("text/html") === true;
  return wantsPage
    ? c.redirect(`/sign-in?refused=${encodeURIComponent(refusal.code)}`, 303)
    : problem(c, refusal);
}

/** Signing in by a firm's own directory: to it, and back (Z80 to Z86). */
export function addDirectoryRoutes({ app, face, cookies }: Given, how: { readonly secure: boolean }): void {
  const { ports } = face;
  // Sent by the directory's page as well, which is another site: a strict one would not come back.
  const going = { path: PATH, httpOnly: true, sameSite: "Lax", secure: how.secure } as const;

  app.get(PATH, async (c) => json(c, { directories: await offeredDirectories(ports) }));

  app.get(`${PATH}/:party`, async (c) => {
    const stopped = await tooManyTries(c, face);
    if (stopped) return stopped;
    const gone = await goToDirectory(ports, { party: c.req.param("party"), origin: originOf(c, how) });
    if (!gone.ok) return refused(c, gone.refusal);
    setCookie(c, GOING, gone.value.browser, { ...going, maxAge: GOING_S });
    return c.redirect(gone.value.address, 303);
  });

  app.get(`${PATH}/:party/callback`, async (c) => {
    const stopped = await tooManyTries(c, face);
    if (stopped) return stopped;
    const party = c.req.param("party");
    const came = new URL(`${originOf(c, how)}${callbackOf(party)}`);
    came.search = new URL(c.req.url).search;
    const browser = getCookie(c, GOING) ?? "";
    const device = deviceIn(c.req.header("user-agent"));
    const come = await comeFromDirectory(ports, { party, browser, came, device });
    if (!come.ok) return refused(c, come.refusal);
    deleteCookie(c, GOING, going);
    cookies.keep(c, come.value);
    return c.redirect("/sign-in?arrived=yes", 303);
  });
}
