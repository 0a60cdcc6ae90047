import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

export interface Tls {
  readonly cert: string;
  readonly key: string;
}

export interface TlsFiles {
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

export type TlsAnswer =
  | { readonly ok: true; readonly tls: Tls | undefined }
  | { readonly ok: false; readonly why: string };

const wrong = (why: string): TlsAnswer => ({ ok: false, why });

/**
 * The certificate and key of `--tls-cert` and `--tls-key`, both or neither. Read and held against each other before anything
 * is started, so that a wrong file is one sentence and not a server that no browser can talk to.
 */
export function readTls(given: TlsFiles & { readonly now: Date }): TlsAnswer {
  if (given.cert === undefined && given.key === undefined) return { ok: true, tls: undefined };
  if (given.cert === undefined) return wrong("--tls-key needs --tls-cert beside it");
  if (given.key === undefined) return wrong("--tls-cert needs --tls-key beside it");
  const cert = textOf(given.cert);
  if (cert === undefined) return wrong(`--tls-cert: ${given.cert} cannot be read`);
  const key = textOf(given.key);
  if (key === undefined) return wrong(`--tls-key: ${given.key} cannot be read`);
  const certificate = made(() => new X509Certificate(cert));
  if (!certificate) return wrong(`--tls-cert: ${given.cert} is not a certificate in PEM form`);
  const secret = made(() => createPrivateKey(key));
  if (!secret) return wrong(`--tls-key: ${given.key} is not an unencrypted private key in PEM form`);
  if (!certificate.publicKey.equals(createPublicKey(secret)))
    return wrong(`the key in ${given.key} does not belong to the certificate in ${given.cert}`);
  if (given.now > certificate.validToDate)
    return wrong(`the certificate in ${given.cert} ended on ${certificate.validTo}`);
  return { ok: true, tls: { cert, key } };
}

function textOf(file: string): string | undefined {
  return made(() => readFileSync(file, "utf8"));
}

/** Undefined for what could not be made: the caller says what that means. */
function made<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
