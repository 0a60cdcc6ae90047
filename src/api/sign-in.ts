import type { Context } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import { readActor } from "../app/core/actor.ts";
import type { Asker, Ports } from "../app/core/ports.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { speakerOf } from "../app/trust/speaker.ts";
import type { Actor } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { digestOfBearer, isWithin } from "../trust/index.ts";
import { noteSpeaker } from "./ended.ts";

export const COOKIE = "didym_session";
/** A session that was ended elsewhere is refused after this at the latest. */
const REMEMBERED_MS = 5000;
const REMEMBERED_MAX = 1000;

type SignInRefusal = Refusal<"not_signed_in" | "not_allowed" | "actor_malformed" | "directory_away">;

export interface SignIn {
  /**
   * Who asks; nobody where nothing is shown. Refusals: not_signed_in where what is shown is nobody's (any more), or sign-in is
   * required; not_allowed by its scope; directory_away where their firm's directory does not say whether they still are.
   */
  asker(c: Context, useCase?: UseCase): Promise<Result<Asker | undefined, SignInRefusal>>;
  /** As whom it goes on the books: who signed in, or who is stated, unverified. */
  actor(c: Context, useCase: UseCase): Promise<Result<Actor, SignInRefusal>>;
  forget(bearer: string): void;
}

export const NOBODYS = refuse(
  "not_signed_in",
  "authorization",
  "what is shown is nobody's, or no longer: sign in again",
);
const REQUIRED = refuse(
  "not_signed_in",
  "authorization",
  "nobody is told of these books who did not sign in",
);

export const AWAY = refuse(
  "directory_away",
  "authorization",
  "your firm's directory does not say whether you are still there: try again in a minute",
);

/** What is shown: by a program in its header, by a browser in its cookie. */
export const bearerIn = (c: Context): string | undefined => {
  const header = c.req.header("authorization");
  return header === undefined ? getCookie(c, COOKIE) : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? "");
};

/** What a browser shows that is nobody's any more is taken from it, so that it can sign in again. */
function forgetCookie(c: Context): void {
  if (c.req.header("authorization") === undefined) deleteCookie(c, COOKIE, { path: "/" });
}

/** A scope is of use cases that are looked at one by one: not of documents, events, and what a job would do. */
function isWithinScope({ scope }: Asker, useCase: UseCase | undefined): boolean {
  if (scope === undefined) return true;
  return useCase !== undefined && !("carries" in useCase) && isWithin(scope, useCase.room, useCase.verb);
}

/** Who asks, looked up once every few seconds. */
export function signInWith(ports: Ports, required: boolean): SignIn {
  const remembered = new Map<string, { readonly asker: Asker; readonly at: number }>();
  const holds = ({ until }: Asker) => Date.parse(until) > ports.clock.now().getTime();
  const who = async (bearer: string): Promise<Asker | "directory_away" | undefined> => {
    const [digest, at] = [digestOfBearer(bearer), performance.now()];
    const known = remembered.get(digest);
    // A session may go on after its end, where a directory says so.
    if (known && at - known.at < REMEMBERED_MS && holds(known.asker)) return known.asker;
    remembered.delete(digest);
    const asker = await speakerOf(ports, bearer);
    if (!asker || asker === "directory_away") return asker;
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(digest, { asker, at });
    return asker;
  };
  const asker: SignIn["asker"] = async (c, useCase) => {
    const bearer = bearerIn(c);
    // A calculation looks at no books.
    if (bearer === undefined) return required && useCase?.type !== "calculation" ? REQUIRED : done(undefined);
    const found = await who(bearer);
    if (found === "directory_away") return AWAY;
    if (!found || !holds(found)) {
      forgetCookie(c);
      return NOBODYS;
    }
    noteSpeaker(c, found);
    if (isWithinScope(found, useCase)) return done(found);
    return refuse("not_allowed", "authorization", `this token is for ${found.scope?.join(", ")} alone`);
  };
  return {
    asker,
    async actor(c, useCase) {
      const header = c.req.header("didym-actor");
      const stated = readActor(header);
      const found = await asker(c, useCase);
      if (!found.ok || !stated.ok) return found.ok ? stated : found;
      if (!found.value) return stated;
      const { role, party, person, token } = found.value;
      if (header !== undefined && (stated.value.role !== role || stated.value.party !== party))
        return refuse("not_allowed", "actor", `who signed in is ${role}@${party}, not ${header}`);
      return done({
        ...{ role, party, verified: true },
        ...(person === undefined ? {} : { person }),
        ...(token === undefined ? {} : { token }),
      });
    },
    forget: (bearer) => void remembered.delete(digestOfBearer(bearer)),
  };
}
