import { createHash } from "node:crypto";
import { hashWith } from "../quantity/index.ts";

/** Set where `--fips` was given, so that threads and processes started from here do as this one does. */
export const FIPS_SETTING = "DIDYM_FIPS";
export const isFipsAsked = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  environment[FIPS_SETTING] === "yes";

/** Hashing by OpenSSL, whose module is the process's; each thread has its own to tell. */
export const hashOnModule = (): void =>
  hashWith((bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()));
