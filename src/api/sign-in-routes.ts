import type { Context, Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { everyRecord } from "../app/core/pages.ts";
import { beSample, speakerOf } from "../app/trust/speaker.ts";
import { readJsonBody } from "../contract/json-body.ts";
import { readStrictly, refuse } from "../quantity/index.ts";
import { digestOfBearer } from "../trust/index.ts";
import type { Face } from "./face.ts";
import { json } from "./json.ts";
import { problem } from "./problem.ts";
import { bearerIn, COOKIE, NOBODYS } from "./sign-in.ts";

/** Browsers keep no cookie for longer (RFC 6265bis, 5.5). */
const COOKIE_S_MAX = 400 * 86_400;
const LIMITS = { bytes: 4096, parts: 10 };
const SampleAsked = z.strictObject({ person: z.string().min(1).max(64) });
const TokenShown = z.strictObject({ token: z.string().min(1).max(200) });

const NO_SAMPLE_PEOPLE = refuse(
  "sample_people_off",
  "server",
  "sample people are offered on this machine alone, on the sample programme",
).refusal;

interface How {
  readonly samplePeople: boolean;
  readonly secure: boolean;
}

/** The ways in and out, for browsers (A60). */
export function addSignInRoutes(app: Hono, face: Face, how: How): void {
  const { ports, signIn } = face;
  const cookie = { path: "/", httpOnly: true, sameSite: "Strict", secure: how.secure } as const;
  // As long by any clock: a browser's may be another's.
  const secondsUntil = (until: string) =>
    Math.min(COOKIE_S_MAX, Math.floor((Date.parse(until) - ports.clock.now().getTime()) / 1000));
  const keep = (c: Context, { token, until }: { token: string; until: string }) =>
    setCookie(c, COOKIE, token, { ...cookie, maxAge: secondsUntil(until) });

  app.get("/api/auth/sample", async (c) => {
    const all = how.samplePeople ? await everyRecord(ports.store, "person") : [];
    const people = all
      .filter(({ sample, ended_at }) => sample && ended_at === undefined)
      .map(({ id, party, role }) => ({ person: id, party, role }));
    return json(c, { offered: how.samplePeople, people });
  });

  app.post("/api/auth/sample", (c) =>
    readAnd(c, face, SampleAsked, async ({ person }) => {
      if (!how.samplePeople) return problem(c, NO_SAMPLE_PEOPLE);
      const session = await beSample(ports, person);
      if (!session.ok) return problem(c, session.refusal);
      keep(c, session.value);
      return json(c, session.value);
    }),
  );

  app.post("/api/auth/token", (c) =>
    readAnd(c, face, TokenShown, async ({ token }) => {
      const asker = await speakerOf(ports, token);
      if (!asker) return problem(c, NOBODYS.refusal);
      keep(c, { token, until: asker.until });
      return json(c, asker);
    }),
  );

  app.post("/api/auth/sign-out", async (c) => {
    const bearer = bearerIn(c);
    if (bearer !== undefined) {
      signIn.forget(bearer);
      await ports.sessions?.end(digestOfBearer(bearer));
    }
    deleteCookie(c, COOKIE, cookie);
    return json(c, { signed_in: false });
  });
}

function readAnd<I>(
  c: Context,
  { bodies }: Face,
  schema: z.ZodType<I>,
  answer: (input: I) => Promise<Response>,
): Promise<Response> {
  return bodies.take(c, { limits: LIMITS, command: false }, async (bytes) => {
    const body = readJsonBody({ bytes, signed: false, parts_max: LIMITS.parts });
    const asked = body.ok ? readStrictly(schema, body.value) : body;
    return asked.ok ? answer(asked.value) : problem(c, asked.refusal);
  });
}
