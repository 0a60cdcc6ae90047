import { Secret, TOTP } from "otpauth";
import type { KeySeal } from "../../app/core/keys.ts";
import type { Ids } from "../../app/core/ports.ts";
import { sha256Hex } from "../../quantity/index.ts";

const PERIOD_S = 30;
/** A step early or late: clocks of phones are off by seconds, and people type slowly (RFC 6238, 5.2). */
const STEPS_OFF = 1;
const SECRET_BYTES = 20;

const totpOf = (secret: string, label: string) =>
  new TOTP({
    ...{ issuer: "Didym", label, algorithm: "SHA1", digits: 6, period: PERIOD_S },
    secret: Secret.fromBase32(secret),
  });

/** A secret for codes, and the address that an authenticator reads it from. */
export function newCodes(label: string): { readonly secret: string; readonly address: string } {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  return { secret, address: totpOf(secret, label).toString() };
}

/** The time step that a code is of; undefined where it is none of now. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const timestamp = now.getTime();
  const delta = totpOf(secret, "").validate({ token: code, timestamp, window: STEPS_OFF });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
}

const placeOf = (person: string) => `codes of ${person}`;
export const sealedFor = (seal: KeySeal, person: string, secret: string): Promise<string> =>
  seal.seal(new TextEncoder().encode(secret), placeOf(person));
export async function openedFor(seal: KeySeal, person: string, sealed: string): Promise<string | undefined> {
  const opened = await seal.open(sealed, placeOf(person));
  return opened && new TextDecoder().decode(opened);
}

const RECOVERY_COUNT = 10;
/** Crockford's base 32: nothing that is read as something else. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 120 bits: of what nobody can guess a plain digest is enough (NIST SP 800-63B, 3.1.2.2). */
const RECOVERY_LETTERS = 24;

/** Codes for when the phone is away, each to be used once; they are told once. */
export function newRecoveryCodes({ nonce }: Ids): readonly string[] {
  return Array.from({ length: RECOVERY_COUNT }, () => {
    const bytes = Buffer.from(sha256Hex(nonce() + nonce()), "hex").subarray(0, RECOVERY_LETTERS);
    const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join("");
    return letters.match(/.{4}/g)?.join("-") ?? letters;
  });
}

/** As it was meant, with or without its dashes. */
export const recoveryDigest = (person: string, code: string): string => {
  const meant = code.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return sha256Hex(`${person} ${meant}`);
};
