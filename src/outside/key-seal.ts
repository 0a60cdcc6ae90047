import { createCipheriv, createDecipheriv, createHash, hkdf, randomBytes, scrypt } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import type { KeySeal } from "../app/core/keys.ts";

/** Where the key comes from that signing keys are sealed under: a passphrase, or a file that is made where it is missing. */
export interface SealSource {
  readonly file: string;
  readonly passphrase?: string | undefined;
}

/** A key file that is not there, not readable or not one; a person can mend it. */
export class NoKeyFile extends Error {
  override readonly name = "NoKeyFile";
}

/** RFC 7914 with 128 MB, a third of a second: as age and OWASP advise for a secret that lies in a file. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 } as const;
const SCRYPT_MEMORY = 256 * 1024 * 1024;

const FILE_WORD = "didym-key-file/1 ";

interface Sealed {
  readonly v: 1;
  /** Which key file, by the start of its digest; of a passphrase nothing is told. */
  readonly under: string;
  readonly salt: string;
  readonly iv: string;
  readonly tag: string;
  readonly text: string;
}

/**
 * AES-256-GCM (NIST SP 800-38D) under a key derived anew for each secret: by HKDF-SHA-256 from the 32 random bytes of a key file,
 * by scrypt from a passphrase. The place is authenticated with the text, so that secrets cannot be exchanged. Deriving and the file's
 * making happen when a secret is first sealed or opened; scrypt runs on the thread pool, not on the main thread.
 */
export function keySeal(source: SealSource): KeySeal {
  const derived = new Map<string, Promise<Buffer>>();
  const keyFor = (salt: string, base: Base): Promise<Buffer> => {
    const before = derived.get(salt);
    if (before) return before;
    const made = derive(base, Buffer.from(salt, "base64"));
    derived.set(salt, made);
    return made;
  };
  return {
    async seal(secret, place) {
      const base = baseOf(source, { make: true });
      const [salt, iv] = [randomBytes(16).toString("base64"), randomBytes(12)];
      const cipher = createCipheriv("aes-256-gcm", await keyFor(salt, base), iv).setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(secret), cipher.final()]).toString("base64");
      const tag = cipher.getAuthTag().toString("base64");
      return JSON.stringify({
        v: 1,
        under: base.name,
        salt,
        iv: iv.toString("base64"),
        tag,
        text,
      } satisfies Sealed);
    },
    async open(sealed, place) {
      const { v, under, salt, iv, tag, text } = JSON.parse(sealed) as Sealed;
      const base = baseOf(source, { make: false });
      if (v !== 1 || base?.name !== under) return undefined;
      const decipher = createDecipheriv("aes-256-gcm", await keyFor(salt, base), Buffer.from(iv, "base64"))
        .setAAD(Buffer.from(place))
        .setAuthTag(Buffer.from(tag, "base64"));
      try {
        return Buffer.concat([decipher.update(Buffer.from(text, "base64")), decipher.final()]);
      } catch {
        // Another passphrase, another place or a changed text: GCM does not tell which, and neither is opened.
        return undefined;
      }
    },
  };
}

interface Base {
  readonly name: string;
  readonly bytes: Buffer;
  readonly slow: boolean;
}

function baseOf(source: SealSource, how: { readonly make: true }): Base;
function baseOf(source: SealSource, how: { readonly make: false }): Base | undefined;
function baseOf({ file, passphrase }: SealSource, { make }: { readonly make: boolean }): Base | undefined {
  if (passphrase !== undefined)
    return { name: "passphrase", bytes: Buffer.from(passphrase.normalize("NFKC")), slow: true };
  const bytes = readKeyFile(file) ?? (make ? makeKeyFile(file) : undefined);
  if (!bytes) return undefined;
  const name = createHash("sha256").update(FILE_WORD).update(bytes).digest("hex").slice(0, 16);
  return { name: `file ${name}`, bytes, slow: false };
}

const derive = async ({ bytes, slow }: Base, salt: Buffer): Promise<Buffer> =>
  slow
    ? promisify<Buffer, Buffer, number, object, Buffer>(scrypt)(bytes, salt, 32, {
        ...SCRYPT,
        maxmem: SCRYPT_MEMORY,
      })
    : Buffer.from(await promisify(hkdf)("sha256", bytes, salt, "didym signing key", 32));

function readKeyFile(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new NoKeyFile(`the key file ${file} cannot be read (${code})`);
  }
  const bytes = Buffer.from(text.startsWith(FILE_WORD) ? text.slice(FILE_WORD.length).trim() : "", "base64");
  if (bytes.length !== 32) throw new NoKeyFile(`${file} is not a key file of Didym`);
  return bytes;
}

/** Whole or not at all, readable by its owner alone; where two processes make it at once, both use the one that was first. */
function makeKeyFile(file: string): Buffer {
  const partial = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    const opened = openSync(partial, "wx", 0o600);
    try {
      writeSync(opened, `${FILE_WORD}${randomBytes(32).toString("base64")}\n`);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    linkSync(partial, file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== "EEXIST") throw new NoKeyFile(`the key file ${file} cannot be made (${code})`);
  } finally {
    rmSync(partial, { force: true });
  }
  const made = readKeyFile(file);
  if (!made) throw new NoKeyFile(`the key file ${file} was taken away while it was made`);
  return made;
}
