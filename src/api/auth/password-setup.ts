import { z } from "zod";
import type { PeopleBeside } from "../../app/core/people-beside.ts";
import { done, refuse, sha256Hex } from "../../quantity/index.ts";
import { bearerOf } from "../../trust/index.ts";
import type { Face } from "../face.ts";
import { newCodes, newRecoveryCodes, openedFor, recoveryDigest, sealedFor, stepOf } from "./codes.ts";
import { decidePassword, hashOf } from "./password-hash.ts";
import { Code, Login, PasswordText } from "./ways-in.ts";

/** Long enough to find one's phone and an app for it. */
const HELD_MS = 15 * 60_000;
const PURPOSE = "codes";

export const NewPassword = {
  login: Login,
  password: PasswordText,
  setup: z.string().min(1).max(200).describe("as it was told when codes were asked for"),
  code: Code.describe("the first code, which shows that the secret has arrived"),
};
type NewPassword = z.infer<z.ZodObject<typeof NewPassword>>;

/** A secret for codes is told once, and waits for the first code that it makes. For whoever holds a link, or a person. */
export async function beginPassword(
  { ports: { ids, clock } }: Pick<Face, "ports">,
  people: PeopleBeside,
  { for: whose, login }: { readonly for: string; readonly login: string },
) {
  const setup = bearerOf(ids.nonce(), ids.nonce());
  const digest = sha256Hex(setup);
  const { secret, address } = newCodes(login);
  const until = new Date(clock.now().getTime() + HELD_MS).toISOString();
  const body = { for: whose, secret: await sealedFor(people.seal, digest, secret) };
  await people.challenges.keep({ digest, purpose: PURPOSE, body, until });
  return { setup, secret, address };
}

export interface ReadyPassword {
  readonly login: string;
  readonly hash: string;
  readonly secret: string;
  readonly step: number;
  readonly setup: string;
}

/** All that can be refused, before anything is done. Refusals: password_short, password_guessable, login_taken, challenge_over, code_wrong, too_busy. */
export async function readyPassword(
  { ports: { clock }, passwordCost }: Pick<Face, "ports" | "passwordCost">,
  people: PeopleBeside,
  given: { readonly for: string; readonly person: string | undefined; readonly asked: NewPassword },
) {
  const { login, password, setup, code } = given.asked;
  const fit = decidePassword(password, login);
  if (!fit.ok) return fit;
  const holder = await people.ways.passwordBy(login);
  if (holder && holder.person !== given.person) return LOGIN_TAKEN;
  const [digest, now] = [sha256Hex(setup), clock.now()];
  const waits = await people.challenges.find({ digest, purpose: PURPOSE, now: now.toISOString() });
  const secret =
    waits?.body["for"] === given.for && (await openedFor(people.seal, digest, waits.body["secret"] ?? ""));
  if (!secret)
    return refuse(
      "challenge_over",
      "setup",
      "this took longer than a quarter of an hour: begin with a new code",
    );
  const step = stepOf(secret, code, now);
  if (step === undefined)
    return refuse("code_wrong", "code", "this is not the code of now: is the clock of your phone right?");
  const hash = await hashOf(password, passwordCost);
  return hash.ok ? done<ReadyPassword>({ login, hash: hash.value, secret, step, setup: digest }) : hash;
}

const LOGIN_TAKEN = refuse("login_taken", "login", "this name to sign in with is taken: choose another");

/** Keeps it, and answers its recovery codes, which are told once. Refusals: login_taken. */
export async function setPassword(
  { ports: { ids, clock } }: Pick<Face, "ports">,
  people: PeopleBeside,
  { person, ready }: { readonly person: string; readonly ready: ReadyPassword },
) {
  const { login, hash, secret, step, setup } = ready;
  const codes = newRecoveryCodes(ids);
  const now = clock.now().toISOString();
  const set = await people.ways.setPassword({
    ...{ person, login, hash, step, made_at: now },
    totp: await sealedFor(people.seal, person, secret),
    recovery: codes.map((code) => recoveryDigest(person, code)),
  });
  if (!set) return LOGIN_TAKEN;
  await people.challenges.take({ digest: setup, purpose: PURPOSE, now });
  return done(codes);
}
