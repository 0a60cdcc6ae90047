import "../kit/show/no-eval.ts";
import { readIssuers, type Verification, verifyTogether } from "../../certify/index.ts";
import { Refused } from "../kit/client/client.ts";

export interface ToVerify {
  readonly credential: unknown;
  readonly bundle?: unknown;
  /** A list of trusted issuers as its file is written. */
  readonly issuers?: unknown;
}

/**
 * The verifier itself, run in this browser: the same code as on the command line and in the server. The page needs to ask
 * nobody whether a passport holds, and nobody learns that it was asked.
 */
export function verifyHere({ credential, bundle, issuers }: ToVerify): Verification {
  const trusted = issuers === undefined ? undefined : readIssuers(issuers);
  if (trusted && !trusted.ok) {
    const { code, at, message } = trusted.refusal;
    throw new Refused({ title: code.replaceAll("_", " "), detail: message, code, at, status: 422 });
  }
  return verifyTogether({
    credential,
    ...(bundle === undefined ? {} : { bundle }),
    ...(trusted ? { issuers: trusted.value } : {}),
    now: new Date().toISOString(),
  });
}
