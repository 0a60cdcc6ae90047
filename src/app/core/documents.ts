import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256Bytes } from "../../quantity/index.ts";
import type { StoredDocument } from "./ports.ts";

/** Bytes to be kept, named by their own hash. */
export const documentOf = (name: string, media_type: string, bytes: Uint8Array): StoredDocument => ({
  name,
  media_type,
  bytes,
  digest: bytesToHex(sha256Bytes(bytes)),
});

export const jsonDocument = (name: string, value: unknown): StoredDocument =>
  documentOf(name, "application/json", utf8ToBytes(JSON.stringify(value, null, 2)));
