import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { applyEntry } from "../../src/app/apply.ts";
import { memoryStore } from "../../src/app/memory-store.ts";
import type { Clock, Ids, Keys, Ports } from "../../src/app/ports.ts";
import { didKeyOf } from "../../src/certify/index.ts";
import { pdfPrinter } from "../../src/outside/printer.ts";
import { zipCodes } from "../../src/outside/zip-codes.ts";

export const testIds: Ids = { nonce: () => randomBytes(16).toString("hex") };

/** Keys that live as long as the test. */
export function testKeys(): Keys {
  const keys = new Map<string, KeyObject>();
  const keyOf = (party: string) => {
    const key = keys.get(party) ?? generateKeyPairSync("ed25519").privateKey;
    keys.set(party, key);
    return key;
  };
  return {
    issuerOf: async (party) => {
      const jwk = keyOf(party).export({ format: "jwk" });
      return didKeyOf(new Uint8Array(Buffer.from(String(jwk.x), "base64url")));
    },
    sign: async (party, message) => sign(null, message, keyOf(party)),
  };
}

/** Ports on books in memory, with the real printer and ZIP codes. */
export function memoryPorts(clock: Clock): Ports & { readonly store: ReturnType<typeof memoryStore> } {
  return {
    store: memoryStore(applyEntry, testIds),
    clock,
    ids: testIds,
    keys: testKeys(),
    zips: zipCodes(),
    printer: pdfPrinter,
    version: "test",
  };
}
