import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import { readText } from "../input.ts";
import type { Terminal } from "../terminal.ts";
import type { Upkeep } from "../upkeep.ts";
import { readAddress } from "./address.ts";
import { type Environment, forgetToken, keepToken, readBearer, tokenFor } from "./kept-token.ts";
import { type Opening, type Server, withServer } from "./open.ts";
import { ServerFault } from "./server-fault.ts";

type Given = Parameters<Upkeep["run"]>[0];

export interface Here {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly version: string;
}

const openingOf = (
  { terminal, environment, version }: Here,
  of: { server: string; at: string },
): Opening => ({
  ...{ stated: of.server, at: of.at, environment, version },
  say: (line) => terminal.stderr(`didym: ${line}\n`),
});

/** The server that was named: without one nobody comes here. */
function addressIn(named: Given["server"]) {
  if (!named) return refuse("server_missing", "--server", "name the server with --server URL");
  const address = readAddress(named.server, named.at);
  return address.ok ? done({ origin: address.value.origin, opening: named }) : address;
}

const json = (body: object) => ({
  ...{ method: "POST" as const, headers: { "content-type": "application/json" } },
  body: JSON.stringify(body),
});

/** Who one is there. A token of a narrow scope may not ask that (Z6), and is asked about instead. */
async function whoIs(server: Server, bearer: string) {
  const me = await server.ask({ method: "GET", path: "/api/trust/me" });
  if (me.ok || me.refusal.code !== "not_allowed") return me;
  return server.ask({ path: "/api/auth/token", ...json({ token: bearer }) });
}

const Session = z.looseObject({ token: z.string() });

/** Makes whoever asks one of the sample people: a session there, which is shown from now on. */
const asSample = async (server: Server, person: string) => {
  const begun = await server.ask({ path: "/api/auth/sample", ...json({ person }) });
  if (!begun.ok) return begun;
  const session = Session.safeParse(begun.value);
  if (!session.success) throw new ServerFault(`${server.origin} began a session in a form that is not known`);
  const { token, ...who } = session.data;
  const bearer = readBearer(token, "token");
  return bearer.ok ? done({ bearer: bearer.value, who }) : bearer;
};

async function shownBy({ terminal }: Here, origin: string) {
  const text = terminal.askHidden
    ? done(await terminal.askHidden(`Token for ${origin} (it is not shown): `))
    : await readText("-", terminal.stdin);
  return text.ok ? readBearer(text.value, "standard input") : text;
}

/** Tries what is typed or piped in, or begins a session as a sample person, and keeps it for this user alone (T18). */
export async function signIn(here: Here, { flags, server }: Given) {
  const named = addressIn(server);
  if (!named.ok) return named;
  const { origin, opening } = named.value;
  const person = flags["as_sample"];
  const typed = person === undefined ? await shownBy(here, origin) : undefined;
  if (typed && !typed.ok) return typed;
  const all = { ...openingOf(here, opening), show: typed ? { bearer: typed.value } : ("none" as const) };
  return withServer(all, async (at) => {
    const found = typed ? await triedAt(at, typed.value) : await asSample(at, person ?? "");
    if (!found.ok) return found;
    const kept = keepToken(here.environment, origin, found.value.bearer);
    if (here.environment["DIDYM_TOKEN_FILE"])
      all.say("DIDYM_TOKEN_FILE is set, and what it names comes before what was kept now");
    return done({ ...found.value.who, signed_in: true, server: origin, kept });
  });
}

async function triedAt(server: Server, bearer: string) {
  const who = await whoIs(server, bearer);
  return who.ok ? done({ bearer, who: who.value as object }) : who;
}

/** Forgets what was kept, and ends the session it stands for. */
export async function signOut(here: Here, { server }: Given) {
  const named = addressIn(server);
  if (!named.ok) return named;
  const { origin, opening } = named.value;
  const kept = tokenFor({ ...here.environment, DIDYM_TOKEN_FILE: undefined }, origin);
  const forgotten = forgetToken(here.environment, origin);
  if (kept.ok && kept.value !== undefined) await endThere(openingOf(here, opening), kept.value);
  return done({ server: origin, signed_in: false, forgotten });
}

/** What is forgotten here is ended there too, if there is anyone to tell. */
async function endThere(opening: Opening, bearer: string): Promise<void> {
  try {
    const said = await withServer({ ...opening, show: { bearer } }, (at) =>
      at.ask({ path: "/api/auth/sign-out", ...json({}) }),
    );
    if (!said.ok) opening.say(`forgotten here, and not ended there: ${said.refusal.message}`);
  } catch (cause) {
    if (!(cause instanceof ServerFault)) throw cause;
    opening.say(`forgotten here, and not ended there: ${cause.message}`);
  }
}
