import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { assert } from "./result.ts";

/** JSON in the one form that is hashed and signed: RFC 8785 (JSON Canonicalization Scheme). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  assert(text !== undefined, "what is made canonical is a JSON value");
  return text;
}

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The same digest by whom it is to be made: a process on a validated module gives that one, before it hashes anything. */
const hashing: { by: Sha256 } = { by: sha256 };
export const hashWith = (by: Sha256): void => {
  hashing.by = by;
};

export const sha256Bytes = (bytes: Uint8Array): Uint8Array => hashing.by(bytes);
export const sha256Hex = (text: string): string => bytesToHex(sha256Bytes(utf8ToBytes(text)));
export const digestOf = (value: unknown): string => sha256Hex(canonicalJson(value));

/** Bytes that SHA-256 takes at a time. */
const BLOCK = 64;

/** HMAC-SHA-256 (RFC 2104, FIPS 198-1), on the same hash as everything else, so that a validated module does it where one is asked for. */
export function hmacHex(key: Uint8Array, text: string): string {
  const padded = new Uint8Array(BLOCK);
  padded.set(key.length > BLOCK ? sha256Bytes(key) : key);
  const inner = concatBytes(
    padded.map((byte) => byte ^ 0x36),
    utf8ToBytes(text),
  );
  const outer = padded.map((byte) => byte ^ 0x5c);
  return bytesToHex(sha256Bytes(concatBytes(outer, sha256Bytes(inner))));
}
