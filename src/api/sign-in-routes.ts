import type { Hono } from "hono";
import { z } from "zod";
import { everyRecord } from "../app/core/pages.ts";
import { beSample, speakerOf } from "../app/trust/speaker.ts";
import { refuse } from "../quantity/index.ts";
import { digestOfBearer } from "../trust/index.ts";
import { addAccountRoutes } from "./auth/account.ts";
import { cookiesOf } from "./auth/cookie.ts";
import { deviceIn } from "./auth/device.ts";
import { addDirectoryRoutes } from "./auth/directory.ts";
import { addJoinRoutes } from "./auth/join.ts";
import { readAnd } from "./auth/read-and.ts";
import { addWaysIn } from "./auth/ways-in.ts";
import type { Face } from "./face.ts";
import { json } from "./json.ts";
import { problem } from "./problem.ts";
import { AWAY, bearerIn, NOBODYS } from "./sign-in.ts";

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
  const cookies = cookiesOf({ clock: ports.clock, secure: how.secure });
  if (ports.people) {
    const given = { app, face, people: ports.people, cookies };
    addWaysIn(given);
    addJoinRoutes(given);
    addAccountRoutes(given);
    addDirectoryRoutes(given, { secure: how.secure });
  }

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
      const session = await beSample(ports, person, deviceIn(c.req.header("user-agent")));
      if (!session.ok) return problem(c, session.refusal);
      cookies.keep(c, session.value);
      return json(c, session.value);
    }),
  );

  app.post("/api/auth/token", (c) =>
    readAnd(c, face, TokenShown, async ({ token }) => {
      const asker = await speakerOf(ports, token);
      if (asker === "directory_away") return problem(c, AWAY.refusal);
      if (!asker) return problem(c, NOBODYS.refusal);
      cookies.keep(c, { token, until: asker.until });
      return json(c, asker);
    }),
  );

  app.post("/api/auth/sign-out", async (c) => {
    const bearer = bearerIn(c);
    if (bearer !== undefined) {
      signIn.forget(bearer);
      await ports.sessions?.end(digestOfBearer(bearer));
    }
    cookies.forget(c);
    return json(c, { signed_in: false });
  });
}
