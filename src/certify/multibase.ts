import { assert } from "../quantity/index.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Base58 in Bitcoin's alphabet with multibase's prefix "z" (W3C Controlled Identifiers, section 2.4). */
export function toBase58(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  let text = "";
  for (; value > 0n; value /= 58n) text = ALPHABET[Number(value % 58n)] + text;
  const zeros = bytes.findIndex((b) => b !== 0);
  return `z${"1".repeat(zeros < 0 ? bytes.length : zeros)}${text}`;
}

/** Undefined where the text is not base58 with its prefix, or longer than any key or signature. */
export function fromBase58(text: string): Uint8Array | undefined {
  if (!/^z[1-9A-HJ-NP-Za-km-z]{1,200}$/.test(text)) return undefined;
  const digits = text.slice(1);
  let value = 0n;
  for (const c of digits) value = value * 58n + BigInt(ALPHABET.indexOf(c));
  const bytes: number[] = [];
  for (; value > 0n; value /= 256n) bytes.unshift(Number(value % 256n));
  const zeros = digits.length - digits.replace(/^1+/, "").length;
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes]);
}

/** Multicodec of an Ed25519 public key: 0xed as varint. */
const ED25519 = [0xed, 0x01];

/** The did:key of 32 bytes of Ed25519 public key. */
export function didKeyOf(publicKey: Uint8Array): string {
  assert(publicKey.length === 32, "an Ed25519 public key has 32 bytes");
  return `did:key:${toBase58(Uint8Array.from([...ED25519, ...publicKey]))}`;
}

/** The public key of a did:key; undefined where it is not one of Ed25519. */
export function publicKeyOf(did: string): Uint8Array | undefined {
  const bytes = did.startsWith("did:key:") ? fromBase58(did.slice(8)) : undefined;
  return bytes?.length === 34 && bytes[0] === ED25519[0] && bytes[1] === ED25519[1]
    ? bytes.slice(2)
    : undefined;
}
