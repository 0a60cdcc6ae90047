import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const sha256 = (of: string | Uint8Array) => createHash("sha256").update(of).digest();
const text = (of: Uint8Array) => Buffer.from(of).toString("base64url");

/** Flags of authenticator data (WebAuthn, 6.1). */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const MADE = 0x40;

/** What a test has its device do otherwise than it should. */
export interface Otherwise {
  readonly origin?: string;
  readonly under?: string;
  readonly unverified?: boolean;
  readonly count?: number;
  readonly challenge?: string;
}

interface Asked {
  readonly challenge: string;
}

/** A passkey in memory, which speaks as a browser and its device do (P-256, no attestation). */
export function softPasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  let count = 0;
  const said = (type: string, { challenge }: Asked, otherwise: Otherwise) =>
    Buffer.from(
      JSON.stringify({
        ...{ type, challenge: otherwise.challenge ?? challenge, origin: otherwise.origin ?? origin },
        crossOrigin: false,
      }),
    );
  const data = (flags: number, otherwise: Otherwise) => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(otherwise.count ?? ++count);
    const under = otherwise.under ?? new URL(origin).hostname;
    const flagged = PRESENT | (otherwise.unverified ? 0 : VERIFIED) | flags;
    return Buffer.concat([sha256(under), Buffer.from([flagged]), counted]);
  };
  const common = { id: text(id), rawId: text(id), type: "public-key", clientExtensionResults: {} };
  return {
    make(asked: Asked, otherwise: Otherwise = {}) {
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      // COSE_Key (RFC 9052): EC2, ES256, P-256.
      const key = Buffer.concat([
        Buffer.from("a5010203262001215820", "hex"),
        ...[Buffer.from(x, "base64url"), Buffer.from("225820", "hex"), Buffer.from(y, "base64url")],
      ]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      const authData = Buffer.concat([data(MADE, otherwise), credential]);
      // {"fmt": "none", "attStmt": {}, "authData": bytes} in CBOR.
      const attestation = Buffer.concat([
        Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
        Buffer.from([authData.length]),
        authData,
      ]);
      const clientDataJSON = text(said("webauthn.create", asked, otherwise));
      return { ...common, response: { clientDataJSON, attestationObject: text(attestation) } };
    },
    show(asked: Asked, otherwise: Otherwise = {}) {
      const client = said("webauthn.get", asked, otherwise);
      const authData = data(0, otherwise);
      const signature = sign("sha256", Buffer.concat([authData, sha256(client)]), privateKey);
      return {
        ...common,
        response: {
          clientDataJSON: text(client),
          ...{ authenticatorData: text(authData), signature: text(signature) },
        },
      };
    },
  };
}

export type SoftPasskey = ReturnType<typeof softPasskey>;
