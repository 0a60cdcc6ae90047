import type { Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { readActor } from "../app/core/actor.ts";
import type { Asker, Ports } from "../app/core/ports.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { beSample, speakerOf } from "../app/trust/speaker.ts";
import { readJsonBody } from "../contract/json-body.ts";
import type { Actor } from "../ledger/index.ts";
import { done, type Refusal, type Result, readStrictly, refuse } from "../quantity/index.ts";
import { digestOfBearer, isWithin } from "../trust/index.ts";
import type { Bodies } from "./body/take.ts";
import { problem } from "./problem.ts";

const COOKIE = "didym_session";
/** A session that was ended elsewhere is refused after this at the latest. */
const REMEMBERED_MS = 5000;
const REMEMBERED_MAX = 1000;

type SignInRefusal = Refusal<"not_signed_in" | "not_allowed" | "actor_malformed">;

export interface SignIn {
  /** Who asks: nobody where nothing is shown. Refusals: not_signed_in where what is shown is nobody's (any more), not_allowed by its scope. */
  asker(
    c: Context,
    useCase: Pick<UseCase, "room" | "verb">,
  ): Promise<Result<Asker | undefined, SignInRefusal>>;
  /** As whom it goes on the books: who signed in, or who is stated, unverified. */
  actor(c: Context, useCase: Pick<UseCase, "room" | "verb">): Promise<Result<Actor, SignInRefusal>>;
  forget(bearer: string): void;
}

/** What a browser shows that is nobody's any more is taken from it, so that it can sign in again. */
function forgetCookie(c: Context): void {
  if (c.req.header("authorization") === undefined && getCookie(c, COOKIE) !== undefined)
    deleteCookie(c, COOKIE, { path: "/" });
}

const bearerIn = (c: Context): string | undefined => {
  const header = c.req.header("authorization");
  return header === undefined ? getCookie(c, COOKIE) : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? "");
};

/** Who asks, looked up once every few seconds. */
export function signInWith(ports: Ports): SignIn {
  const remembered = new Map<string, { readonly asker: Asker; readonly at: number }>();
  const who = async (bearer: string): Promise<Asker | undefined> => {
    const [digest, at] = [digestOfBearer(bearer), performance.now()];
    const known = remembered.get(digest);
    if (known && at - known.at < REMEMBERED_MS) return known.asker;
    remembered.delete(digest);
    const asker = await speakerOf(ports, bearer);
    if (!asker) return undefined;
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(digest, { asker, at });
    return asker;
  };
  const asker: SignIn["asker"] = async (c, useCase) => {
    const { room, verb } = useCase;
    const bearer = bearerIn(c);
    if (bearer === undefined) return done(undefined);
    const found = await who(bearer);
    if (!found || Date.parse(found.until) <= Date.now()) {
      forgetCookie(c);
      return refuse(
        "not_signed_in",
        "authorization",
        "what is shown is nobody's, or no longer: sign in again",
      );
    }
    // What a job would do is not looked at here.
    const carries = "carries" in useCase && found.scope !== undefined;
    if (carries || !isWithin(found.scope, room, verb))
      return refuse(
        "not_allowed",
        "authorization",
        `this token is for ${found.scope?.join(", ")}, not for ${room} ${verb}`,
      );
    return done(found);
  };
  return {
    asker,
    async actor(c, useCase) {
      const stated = readActor(c.req.header("didym-actor"));
      const found = await asker(c, useCase);
      if (!found.ok || !stated.ok) return found.ok ? stated : found;
      if (!found.value) return stated;
      const { role, party, person, token } = found.value;
      const { role: saidRole, party: saidParty } = stated.value;
      if (c.req.header("didym-actor") !== undefined && (saidRole !== role || saidParty !== party))
        return refuse(
          "not_allowed",
          "actor",
          `who signed in is ${role}@${party}, not ${saidRole}@${saidParty}`,
        );
      return done({
        ...{ role, party, verified: true },
        ...(person === undefined ? {} : { person }),
        ...(token === undefined ? {} : { token }),
      });
    },
    forget: (bearer) => void remembered.delete(digestOfBearer(bearer)),
  };
}

const SampleAsked = z.strictObject({ person: z.string().min(1).max(64) });

/** `POST /api/auth/sample` makes one any of the sample people, where they may be; `POST /api/auth/sign-out` ends it. */
export function addSignInRoutes(
  app: Hono,
  given: {
    readonly ports: Ports;
    readonly bodies: Bodies;
    readonly signIn: SignIn;
    readonly samplePeople: boolean;
    readonly secure: boolean;
  },
): void {
  const { ports, bodies, signIn, samplePeople, secure } = given;
  const cookie = { path: "/", httpOnly: true, sameSite: "Strict", secure } as const;
  const limits = { bytes: 4096, parts: 10 };
  app.post("/api/auth/sample", (c) =>
    bodies.take(c, { limits, command: false }, async (bytes) => {
      if (!samplePeople) return problem(c, NO_SAMPLE_PEOPLE);
      const body = readJsonBody({ bytes, signed: false, parts_max: limits.parts });
      const asked = body.ok ? readStrictly(SampleAsked, body.value) : body;
      if (!asked.ok) return problem(c, asked.refusal);
      const session = await beSample(ports, asked.value.person);
      if (!session.ok) return problem(c, session.refusal);
      setCookie(c, COOKIE, session.value.token, { ...cookie, expires: new Date(session.value.until) });
      return c.json(session.value);
    }),
  );
  app.get("/api/auth/sample", (c) => c.json({ offered: samplePeople }));
  app.post("/api/auth/sign-out", async (c) => {
    const bearer = bearerIn(c);
    if (bearer !== undefined) {
      signIn.forget(bearer);
      await ports.sessions?.end(digestOfBearer(bearer));
    }
    deleteCookie(c, COOKIE, cookie);
    return c.json({ signed_in: false });
  });
}

const NO_SAMPLE_PEOPLE: Refusal<"sample_people_off"> = refuse(
  "sample_people_off",
  "server",
  "sample people are offered on this machine alone, on the sample programme",
).refusal;
