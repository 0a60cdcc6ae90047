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

export const SIGNATURE_ALGORITHMS = ["Ed25519", "P-256"] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** Multicodec of a public key as varint (0xed, 0x1200), and its bytes: of P-256 the point compressed. */
const KEYS: Readonly<
  Record<SignatureAlgorithm, { readonly codec: readonly [number, number]; readonly bytes: number }>
> = {
  Ed25519: { codec: [0xed, 0x01], bytes: 32 },
  "P-256": { codec: [0x80, 0x24], bytes: 33 },
};

/** The did:key of a public key: 32 bytes of Ed25519, or 33 of P-256. */
export function didKeyOf(publicKey: Uint8Array, algorithm: SignatureAlgorithm = "Ed25519"): string {
  const { codec, bytes } = KEYS[algorithm];
  assert(publicKey.length === bytes, `a public key of ${algorithm} has ${bytes} bytes`);
  return `did:key:${toBase58(Uint8Array.from([...codec, ...publicKey]))}`;
}

export interface PublicKey {
  readonly algorithm: SignatureAlgorithm;
  readonly bytes: Uint8Array;
}

/** The key that a did:key names; undefined where it is of neither kind. */
export function keyNamed(did: string): PublicKey | undefined {
  const named = did.startsWith("did:key:") ? fromBase58(did.slice(8)) : undefined;
  if (!named) return undefined;
  for (const algorithm of SIGNATURE_ALGORITHMS) {
    const { codec, bytes } = KEYS[algorithm];
    if (named.length === bytes + 2 && named[0] === codec[0] && named[1] === codec[1])
      return { algorithm, bytes: named.slice(2) };
  }
  return undefined;
}

export const publicKeyOf = (did: string): Uint8Array | undefined => keyNamed(did)?.bytes;
