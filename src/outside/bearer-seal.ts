import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { BearerSeal } from "../app/core/directories.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** 256 bits of chance need no stretching. */
const keyOf = (bearer: string) =>
  Buffer.from(hkdfSync("sha256", bearer, "", "didym text under a session", 32));

/** AES-256-GCM (NIST SP 800-38D): who has the database alone opens nothing, since it holds what bearers show as digests only. */
export const bearerSeal: BearerSeal = {
  seal(text, bearer) {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", keyOf(bearer), iv);
    const sealed = [iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString("base64");
  },
  open(sealed, bearer) {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv("aes-256-gcm", keyOf(bearer), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    }).setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString("utf8");
    } catch {
      // Sealed under another, or changed: GCM does not tell which.
      return undefined;
    }
  },
};
