import { createHash, getFips, setFips } from "node:crypto";
import { hashOnModule } from "../outside/validated-hash.ts";

/** No validated module does the work; a person can mend it, and nothing is started. */
export class NotValidated extends Error {
  override readonly name = "NotValidated";
}

/** What is asked of OpenSSL, and what it answers; another in tests. */
export interface Module {
  switchOn(): void;
  isOn(): boolean;
  /** Whether it makes a digest by this name; throws or answers. */
  digests(name: string): boolean;
}

const OPENSSL: Module = {
  switchOn: () => setFips(true),
  isOn: () => getFips() === 1,
  digests: (name) => createHash(name).update("").digest().length > 0,
};

/**
 * Has OpenSSL's FIPS provider do the work from here on, or throws why it does not (trust Z57). That the mode is on proves little: it
 * can be switched on where no provider is. So one algorithm that is approved is tried, and one that is not.
 */
export function requireFips(openssl: Module = OPENSSL, environment: NodeJS.ProcessEnv = process.env): void {
  if (environment["DIDYM_PASSPHRASE"])
    throw new NotValidated(
      "--fips: DIDYM_PASSPHRASE is stretched by scrypt, which is not approved; use a key file",
    );
  const why = whyNot(openssl);
  if (why !== undefined)
    throw new NotValidated(
      `--fips: ${why}; Node's own OpenSSL ${process.versions.openssl} brings no validated module: name one by OPENSSL_CONF and OPENSSL_MODULES (docs/guides/evidence.md)`,
    );
  hashOnModule();
}

function whyNot(openssl: Module): string | undefined {
  if (!succeeds(() => openssl.switchOn())) return "the FIPS mode cannot be switched on";
  if (!openssl.isOn()) return "the FIPS mode is not on";
  if (!succeeds(() => openssl.digests("sha256")))
    return "no FIPS provider is loaded, for SHA-256 is not there";
  if (succeeds(() => openssl.digests("md5")))
    return "MD5 is still done, so no FIPS provider is alone at work";
  return undefined;
}

function succeeds(work: () => unknown): boolean {
  try {
    return work() !== false;
  } catch {
    return false;
  }
}

/** For whoever audits: whether the mode is on, and by which configuration. */
export const fipsStanding = (environment: NodeJS.ProcessEnv = process.env) => ({
  on: getFips() === 1,
  openssl: process.versions.openssl,
  configuration: environment["OPENSSL_CONF"] ?? null,
  modules: environment["OPENSSL_MODULES"] ?? null,
});
