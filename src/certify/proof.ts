import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, sha256Bytes } from "../quantity/index.ts";
import { notHashable } from "./json-guard.ts";
import {
  didKeyOf,
  fromBase58,
  keyNamed,
  type PublicKey,
  type SignatureAlgorithm,
  toBase58,
} from "./multibase.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface ProofOptions {
  readonly verificationMethod: string;
  readonly created: string;
}

/** Signs a message; the key stays where it is. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

const KIND = { type: "DataIntegrityProof", proofPurpose: "assertionMethod" } as const;

/** The suite of each kind of key: the same but for the signature (W3C vc-di-eddsa 3.3, vc-di-ecdsa 3.3). */
const SUITES = { Ed25519: "eddsa-jcs-2022", "P-256": "ecdsa-jcs-2019" } as const satisfies Readonly<
  Record<SignatureAlgorithm, string>
>;

/** A document with its proof (W3C Data Integrity). */
export type Signed<D> = D & {
  readonly proof: typeof KIND &
    ProofOptions & {
      readonly cryptosuite: (typeof SUITES)[SignatureAlgorithm];
      readonly "@context"?: unknown;
      readonly proofValue: string;
    };
};

const hashOf = (value: unknown): Uint8Array => sha256Bytes(utf8ToBytes(canonicalJson(value)));

/** What is signed: hash of the proof's options, then hash of the document (W3C vc-di-eddsa, 3.3). */
export const signedBytes = (document: Json, options: Json): Uint8Array =>
  Uint8Array.from([...hashOf(options), ...hashOf(document)]);

const configOf = (document: Json, options: ProofOptions) => ({
  type: KIND.type,
  cryptosuite: SUITES[keyNamed(didOfMethod(options.verificationMethod))?.algorithm ?? "Ed25519"],
  proofPurpose: KIND.proofPurpose,
  ...options,
  ...(document["@context"] ? { "@context": document["@context"] } : {}),
});

/** Adds a proof of the suite that the key has. The document's own context is part of the proof's options, as the suite says. */
export async function addProof<D extends Json>(
  document: D,
  options: ProofOptions,
  sign: Sign,
): Promise<Signed<D>> {
  const config = configOf(document, options);
  const signature = await sign(signedBytes(document, config));
  return { ...document, proof: { ...config, proofValue: toBase58(signature) } };
}

/** The same for a key at hand: 32 bytes of Ed25519 secret key; `created` is a time with its offset. */
export function signPassport(credential: Json, secretKey: Uint8Array, created: string): Json {
  const config = configOf(credential, {
    verificationMethod: methodOf(didKeyOf(ed25519.getPublicKey(secretKey))),
    created,
  });
  const signature = ed25519.sign(signedBytes(credential, config), secretKey);
  return { ...credential, proof: { ...config, proofValue: toBase58(signature) } };
}

const didOfMethod = (method: string): string => method.split("#")[0] ?? "";

/** The verification method of a did:key: the key is its own fragment (did:key method, section 3.1). */
export const methodOf = (did: string): string => `${did}#${did.slice("did:key:".length)}`;

export type ProofFault =
  | "proof_missing"
  | "proof_not_of_this_kind"
  | "key_unknown"
  | "not_json"
  | "signature_wrong"
  | "context_differs";

/**
 * Checks a document's proof; undefined when it holds. Strict verification: no malleable signatures (RFC 8032, zip215 off; of P-256 the
 * lower s alone).
 */
export function proofFault(document: Json): ProofFault | undefined {
  if (notHashable(document)) return "not_json";
  const { proof, ...unsigned } = document;
  if (typeof proof !== "object" || proof === null || Array.isArray(proof)) return "proof_missing";
  const { proofValue, ...config } = proof as Record<string, unknown>;
  if (
    config["type"] !== KIND.type ||
    !Object.values<unknown>(SUITES).includes(config["cryptosuite"]) ||
    config["proofPurpose"] !== KIND.proofPurpose
  ) {
    return "proof_not_of_this_kind";
  }
  const method = config["verificationMethod"];
  const did = typeof method === "string" ? didOfMethod(method) : "";
  const key = keyNamed(did);
  if (!key || method !== methodOf(did)) return "key_unknown";
  if (config["cryptosuite"] !== SUITES[key.algorithm]) return "proof_not_of_this_kind";
  if (
    config["@context"] !== undefined &&
    canonicalJson(config["@context"]) !== canonicalJson(unsigned["@context"] ?? null)
  ) {
    return "context_differs";
  }
  const signature = typeof proofValue === "string" ? fromBase58(proofValue) : undefined;
  if (signature?.length !== 64) return "signature_wrong";
  try {
    return isSigned(signedBytes(unsigned, config), signature, key) ? undefined : "signature_wrong";
  } catch {
    // A point that is not on the curve is a wrong signature, not a fault of ours.
    return "signature_wrong";
  }
}

const isSigned = (message: Uint8Array, signature: Uint8Array, { algorithm, bytes }: PublicKey): boolean =>
  algorithm === "Ed25519"
    ? ed25519.verify(signature, message, bytes, { zip215: false })
    : p256.verify(signature, message, bytes, { lowS: true, prehash: true, format: "compact" });

/** The suite by which a document says it was signed. */
export const suiteOf = (document: Json): string =>
  String((document["proof"] as Record<string, unknown> | undefined)?.["cryptosuite"]);

/** The party that signed: the did before the fragment of the verification method. */
export const signerOf = (document: Json): string | undefined => {
  const method = (document["proof"] as Record<string, unknown> | null | undefined)?.["verificationMethod"];
  return typeof method === "string" ? method.split("#")[0] : undefined;
};
