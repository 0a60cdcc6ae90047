import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
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
