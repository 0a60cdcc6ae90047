import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { done, refuse } from "../../quantity/index.ts";

/**
 * scrypt (RFC 7914) with 32 MB and three passes: one of the settings that OWASP counts as equal (Password Storage Cheat Sheet,
 * "scrypt": N=2^15, r=8, p=3). It runs on the threads of libuv, never on the one that answers.
 */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
export type Cost = Required<Pick<ScryptOptions, "N" | "r" | "p">>;
const MEMORY_MAX = 64 * 1024 * 1024;
const HASH_BYTES = 32;

/** More at a time would take the threads that files are read by, and the memory of a small machine. */
const AT_ONCE = 2;
/** A queue of some seconds; who comes later is asked to come again. */
const WAITING_MAX = 30;

const CHARACTERS_MIN = 12;
const CHARACTERS_MAX = 256;
const DIFFERENT_MIN = 5;

/** Spelled one way, however it was typed (NIST SP 800-63B, 3.1.1.2). */
const spelled = (password: string) => password.normalize("NFKC");

/** Whether a password may be one: by its length, and by nothing that asks for signs of some kind. */
export function decidePassword(password: string, login: string) {
  const letters = [...spelled(password)];
  if (letters.length < CHARACTERS_MIN || letters.length > CHARACTERS_MAX)
    return refuse(
      "password_short",
      "password",
      `a password has ${CHARACTERS_MIN} to ${CHARACTERS_MAX} characters, of any kind; a few words make a good one`,
    );
  const small = letters.join("").toLowerCase();
  if (new Set(letters).size < DIFFERENT_MIN || small.includes(login.toLowerCase()))
    return refuse(
      "password_guessable",
      "password",
      "this holds the name to sign in with, or is among the first that would be tried: a few words that nobody would put together make a good one",
    );
  return done(password);
}

let running = 0;
const waiting: (() => void)[] = [];

/** Takes turns. Undefined where too many wait. */
async function inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_MAX) return undefined;
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

const derived = (password: string, salt: Uint8Array, { N, r, p }: Cost) =>
  new Promise<Buffer>((resolve, reject) =>
    scrypt(spelled(password), salt, HASH_BYTES, { ...{ N, r, p }, maxmem: MEMORY_MAX }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    ),
  );

const TOO_MANY = refuse("too_busy", "server", "too many sign in at this moment; try again in a few seconds");

/** What is kept of a password. Refusals: too_busy. */
export async function hashOf(password: string, cost: Cost = COST) {
  const salt = randomBytes(16);
  const hash = await inTurn(() => derived(password, salt, cost));
  if (!hash) return TOO_MANY;
  const { N, r, p } = cost;
  return done(["scrypt", N, r, p, salt.toString("base64"), hash.toString("base64")].join("$"));
}

/** What nobody's password hashes to: who is not there takes as long to refuse as who is. */
const nobodys = ({ N, r, p }: Cost) =>
  ["scrypt", N, r, p, Buffer.alloc(16).toString("base64"), Buffer.alloc(HASH_BYTES).toString("base64")].join(
    "$",
  );

/** Whether it is the password that was kept; of nobody it never is, after the same work. Refusals: too_busy. */
export async function isPassword(password: string, kept: string | undefined, usual: Cost = COST) {
  const [, N, r, p, salt = "", hash = ""] = (kept ?? nobodys(usual)).split("$");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const made = await inTurn(() => derived(password, Buffer.from(salt, "base64"), cost));
  if (!made) return TOO_MANY;
  return done(timingSafeEqual(made, Buffer.from(hash, "base64")) && kept !== undefined);
}
