import type { Context, Hono } from "hono";
import { z } from "zod";
import type { PeopleBeside } from "../../app/core/people-beside.ts";
import { beginSession } from "../../app/trust/sessions.ts";
import { isHere } from "../../app/trust/speaker.ts";
import type { Face } from "../face.ts";
import { json } from "../json.ts";
import { problem } from "../problem.ts";
import { openedFor, recoveryDigest, stepOf } from "./codes.ts";
import type { Cookies } from "./cookie.ts";
import { deviceIn } from "./device.ts";
import { askToShow, nameAsked, ShownPasskey, SIGN_IN_FAILED, verifyShown } from "./passkey-ceremony.ts";
import { isPassword } from "./password-hash.ts";
import { readAnd } from "./read-and.ts";
import { tooManyTries } from "./tries.ts";

export interface Given {
  readonly app: Hono;
  readonly face: Face;
  readonly people: PeopleBeside;
  readonly cookies: Cookies;
}

export const Nothing = z.strictObject({});
export const Login = z.string().trim().toLowerCase().min(3).max(200);
/** Longer than any password may be: what is too long is said by the rule, not by the shape. */
export const PasswordText = z.string().min(1).max(1024);
export const Code = z.string().trim().min(1).max(64);

const Signing = z.strictObject({ login: Login, password: PasswordText, code: Code });
const SIGN_IN = "sign in";

/** Someone is signed in from now on, on this device. */
export async function letIn(
  c: Context,
  { face: { ports }, cookies }: Pick<Given, "face" | "cookies">,
  { id, party, role }: { readonly id: string; readonly party: string; readonly role: string },
) {
  const session = await beginSession(ports, { person: id, device: deviceIn(c.req.header("user-agent")) });
  cookies.keep(c, session);
  return { person: id, party, role, until: session.until };
}

/** Signing in, by a passkey or a password with a code. */
export function addWaysIn(given: Given): void {
  const { app, face, people } = given;
  const { ports } = face;
  const signIn = async (c: Context, id: string) => {
    const person = await isHere(ports, id);
    return person && !person.sample && !person.by_directory
      ? json(c, await letIn(c, given, person))
      : problem(c, SIGN_IN_FAILED.refusal);
  };

  app.post("/api/auth/passkey/begin", (c) =>
    readAnd(c, face, Nothing, async () => {
      const stopped = await tooManyTries(c, face);
      if (stopped) return stopped;
      const where = nameAsked(c);
      if (!where.ok) return problem(c, where.refusal);
      const asking = { purpose: SIGN_IN, under: where.value.name, now: ports.clock.now() };
      return json(c, await askToShow(people, asking));
    }),
  );

  app.post("/api/auth/passkey", (c) =>
    readAnd(c, face, ShownPasskey, async (shown) => {
      const stopped = await tooManyTries(c, face);
      if (stopped) return stopped;
      const where = nameAsked(c);
      if (!where.ok) return problem(c, where.refusal);
      const asking = { purpose: SIGN_IN, where: where.value, now: ports.clock.now() };
      const person = await verifyShown(people, shown, asking);
      return person.ok ? signIn(c, person.value) : problem(c, person.refusal);
    }),
  );

  app.post("/api/auth/password", (c) =>
    readAnd(c, face, Signing, async ({ login, password, code }) => {
      const stopped = await tooManyTries(c, face, login);
      if (stopped) return stopped;
      const kept = await people.ways.passwordBy(login);
      const right = await isPassword(password, kept?.hash, face.passwordCost);
      if (!right.ok) return problem(c, right.refusal);
      const passed = kept && right.value && (await isCode(given, kept.person, code));
      return passed ? signIn(c, kept.person) : problem(c, SIGN_IN_FAILED.refusal);
    }),
  );
}

/** Whether a code is one of now, or one for recovery, that was not used before; it is used up. */
async function isCode({ people, face: { ports } }: Given, person: string, code: string): Promise<boolean> {
  const kept = await people.ways.passwordOf(person);
  const secret = kept && (await openedFor(people.seal, person, kept.totp));
  if (secret === undefined) return false;
  const step = stepOf(secret, code, ports.clock.now());
  return step === undefined
    ? people.ways.takeRecovery(person, recoveryDigest(person, code))
    : people.ways.takeStep(person, step);
}
