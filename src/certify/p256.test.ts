import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { test } from "node:test";
import {
  addProof,
  didKeyOf,
  type Json,
  keyNamed,
  methodOf,
  proofFault,
  signedBytes,
  toBase58,
} from "./index.ts";

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const DOCUMENT = {
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  id: "urn:didym:lot:OX-1",
  grams: "7.50",
};

function compressed(key: KeyObject): Uint8Array {
  const { x = "", y = "" } = key.export({ format: "jwk" }) as { x?: string; y?: string };
  const odd = (Buffer.from(y, "base64url").at(-1) ?? 0) & 1;
  return Uint8Array.from([2 + odd, ...Buffer.from(x, "base64url")]);
}

const halves = (signature: Uint8Array) => BigInt(`0x${Buffer.from(signature.subarray(32)).toString("hex")}`);
const otherS = (signature: Uint8Array) =>
  Uint8Array.from([
    ...signature.subarray(0, 32),
    ...Buffer.from((ORDER - halves(signature)).toString(16).padStart(64, "0"), "hex"),
  ]);

function signer() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const did = didKeyOf(compressed(publicKey), "P-256");
  const raw = (message: Uint8Array) =>
    new Uint8Array(sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }));
  const lower = (message: Uint8Array) => {
    const made = raw(message);
    return 2n * halves(made) <= ORDER ? made : otherS(made);
  };
  return { did, publicKey, lower };
}

const options = (did: string) => ({ verificationMethod: methodOf(did), created: "2026-11-30T08:00:00Z" });

test("Z56: a did:key of P-256 is the compressed point under multicodec 0x1200, as the did:key method shows it", () => {
  const jwk = {
    ...{ kty: "EC", crv: "P-256", x: "fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI" },
    y: "hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU",
  };
  const did = didKeyOf(compressed(createPublicKey({ key: jwk, format: "jwk" })), "P-256");
  assert.equal(did, "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169");
  assert.equal(keyNamed(did)?.algorithm, "P-256");
  assert.equal(keyNamed(`${did}2`), undefined);
});

test("Z56: a proof of P-256 is ecdsa-jcs-2019; it holds by a second computation, and not when a digit is changed", async () => {
  const { did, publicKey, lower } = signer();
  for (let i = 0; i < 8; i++) {
    const document = { ...DOCUMENT, grams: `${i}.25` };
    let message = new Uint8Array();
    let signature = new Uint8Array();
    const signed = await addProof(document, options(did), async (bytes) => {
      message = Uint8Array.from(bytes);
      signature = Uint8Array.from(lower(bytes));
      return signature;
    });
    assert.equal(signed.proof.cryptosuite, "ecdsa-jcs-2019");
    assert.equal(proofFault(signed), undefined);
    assert.ok(verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature));
    assert.equal(proofFault({ ...signed, grams: `${i}.26` }), "signature_wrong");
  }
});

test("Z56: the other s of the same nonce is refused, and so is a suite that is not the key's", async () => {
  const { did, publicKey, lower } = signer();
  const signed = await addProof(DOCUMENT, options(did), async (bytes) => lower(bytes));
  const { proofValue: _, ...config } = signed.proof;
  const message = signedBytes(DOCUMENT, config);
  const high = otherS(lower(message));
  assert.ok(verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, high), "it would hold");
  const withHigh: Json = { ...signed, proof: { ...config, proofValue: toBase58(high) } };
  assert.equal(proofFault(withHigh), "signature_wrong");
  const asOther = { ...signed, proof: { ...signed.proof, cryptosuite: "eddsa-jcs-2022" } };
  assert.equal(proofFault(asOther), "proof_not_of_this_kind");
  const unknown = { ...signed, proof: { ...signed.proof, cryptosuite: "ecdsa-rdfc-2019" } };
  assert.equal(proofFault(unknown), "proof_not_of_this_kind");
  for (const bytes of [new Uint8Array(64), new Uint8Array(64).fill(255), new Uint8Array(63)])
    assert.equal(
      proofFault({ ...signed, proof: { ...config, proofValue: toBase58(bytes) } }),
      "signature_wrong",
    );
});

test("Z56: the vector that W3C publishes for ecdsa-jcs-2019 with P-256 hashes and verifies, and not when changed", () => {
  const key = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
  const context = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"];
  const credential = {
    "@context": context,
    id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    type: ["VerifiableCredential", "AlumniCredential"],
    name: "Alumni Credential",
    description: "A minimum viable example of an Alumni Credential.",
    issuer: "https://vc.example/issuers/5678",
    validFrom: "2023-01-01T00:00:00Z",
    credentialSubject: { id: "did:example:abcdefgh", alumniOf: "The School of Examples" },
  };
  const config = {
    type: "DataIntegrityProof",
    cryptosuite: "ecdsa-jcs-2019",
    created: "2023-02-24T23:36:38Z",
    verificationMethod: `did:key:${key}#${key}`,
    proofPurpose: "assertionMethod",
    "@context": context,
  };
  assert.equal(
    Buffer.from(signedBytes(credential, config)).toString("hex"),
    "fe5799489119c7fe3c528715e72bd39d2ec6b4ab345978df32e9a9312648ec2559b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
  );
  const proofValue =
    "z5ptCet75SaEgzG4v4zJhbJtfNi74Wv7Fq15hhKouJQQjEPQvPZKaYxcMXAMLPQS2FXrkCWokNJkFVkwxNzZfD5oT";
  const signed = { ...credential, proof: { ...config, proofValue } };
  assert.equal(proofFault(signed), undefined);
  assert.equal(proofFault({ ...signed, name: "Another Credential" }), "signature_wrong");
});
