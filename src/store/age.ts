import { getFips } from "node:crypto";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

// Files in the age format (age-encryption.org/v1, C2SP): whoever has `age` can open them without us.

const FIRST_LINE = "age-encryption.org/v1\n";

/** Why no file is made or opened here; undefined where they are. */
export const whyNoAge = (at: string) =>
  getFips() === 1 ? refuse("not_approved", at, NOT_APPROVED) : undefined;

/** A key to open files with, and what to give to whoever makes them. */
export async function newIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export type RecipientRefusal = Refusal<"recipient_unreadable" | "not_approved">;

/** Its exchange and its cipher are none that a validated module does (trust Z58). */
const NOT_APPROVED =
  "the age format is not approved where a validated module has to do the work; keep the file on an encrypted disk";

/** Encrypts a stream to several at once; each of them can open it alone. */
export function encrypterTo(
  recipients: readonly string[],
): Result<(plain: Readable) => Promise<Readable>, RecipientRefusal> {
  const why = whyNoAge("--recipient");
  if (why) return why;
  const encrypter = new Encrypter();
  for (const [at, recipient] of recipients.entries()) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      return refuse(
        "recipient_unreadable",
        "--recipient",
        // It is not repeated: it may be the secret half.
        `the ${recipients.length > 1 ? `${at + 1}. ` : ""}recipient is none of age: it begins with age1; didym ledger make-identity FILE makes one`,
      );
    }
  }
  return done(async (plain) => fromWeb(await encrypter.encrypt(toWeb(plain))));
}

export type IdentityRefusal = Refusal<
  "identity_missing" | "identity_differs" | "identity_unreadable" | "not_approved"
>;

/** A file as it was before it was encrypted, or as it is where it was not. */
export async function decrypted(
  from: Readable,
  identities: readonly string[],
): Promise<Result<Readable, IdentityRefusal>> {
  const { first, all } = await peeked(from, FIRST_LINE.length);
  if (first.toString("latin1") !== FIRST_LINE) return done(all);
  const give = (code: IdentityRefusal["code"], message: string) => {
    all.destroy();
    return refuse(code, "--identity", message);
  };
  if (getFips() === 1) return give("not_approved", NOT_APPROVED);
  if (identities.length === 0)
    return give("identity_missing", "the file is encrypted: name the file of an identity that opens it");
  const decrypter = new Decrypter();
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      return give("identity_unreadable", "what begins with AGE-SECRET-KEY- here is no identity of age");
    }
  }
  try {
    const plain = fromWeb(await decrypter.decrypt(toWeb(all)));
    return done(
      Readable.from(
        wholeOnly(plain, () => all.errored),
        { objectMode: false },
      ),
    );
  } catch (cause) {
    if (all.errored) throw all.errored;
    return give("identity_differs", `no identity given opens the file (${(cause as Error).message})`);
  }
}

/** What was changed or cut off in an encrypted file; a disk that fails is thrown as it is. */
export class NotAsEncrypted extends Error {
  override readonly name = "NotAsEncrypted";
}

async function* wholeOnly(plain: Readable, sourceError: () => Error | null) {
  try {
    yield* plain;
  } catch (cause) {
    const failed = sourceError();
    if (failed) throw failed;
    throw new NotAsEncrypted((cause as Error).message, { cause });
  }
}

/** The identities in a file as `age-keygen` writes it: a line each, and remarks. */
export function identitiesIn(text: string): Result<readonly string[], IdentityRefusal> {
  const lines = text.split("\n").map((line) => line.trim());
  const identities = lines.filter((line) => line !== "" && !line.startsWith("#"));
  return identities.length > 0 && identities.every((line) => line.startsWith("AGE-SECRET-KEY-"))
    ? done(identities)
    : refuse(
        "identity_unreadable",
        "--identity",
        "the file holds no identity of age: lines AGE-SECRET-KEY-…",
      );
}

/** The first bytes of a stream, and all of it, from the first byte on. */
async function peeked(from: Readable, bytes: number): Promise<{ first: Buffer; all: Readable }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = from[Symbol.asyncIterator]();
  while (size < bytes) {
    const { value, done: over } = await iterator.next();
    if (over) break;
    chunks.push(Buffer.from(value));
    size += value.length;
  }
  async function* rest() {
    yield* chunks;
    for (;;) {
      const { value, done: over } = await iterator.next();
      if (over) return;
      yield value;
    }
  }
  return {
    first: Buffer.concat(chunks).subarray(0, bytes),
    all: Readable.from(rest(), { objectMode: false }),
  };
}

// Node's own types of web streams and those of the library differ in name alone.
const toWeb = (stream: Readable) =>
  Readable.toWeb(stream) as unknown as globalThis.ReadableStream<Uint8Array>;
const fromWeb = (stream: globalThis.ReadableStream<Uint8Array>): Readable =>
  Readable.fromWeb(stream as unknown as ReadableStream);
