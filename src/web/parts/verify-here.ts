import { verifyTogether } from "../../certify/index.ts";
import type { Verification } from "./checks.tsx";

/** The same verifier as on the command line, run in the browser: nothing is sent anywhere. */
export const verifyHere = (given: {
  credential: unknown;
  bundle?: unknown;
  issuers?: readonly string[];
}): Verification => verifyTogether({ ...given, now: new Date().toISOString() });
