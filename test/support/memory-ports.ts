import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { applyEntry } from "../../src/app/apply.ts";
import type { JobQueue } from "../../src/app/core/job-queue.ts";
import type { ApplyEntry, Ports } from "../../src/app/core/ports.ts";
import { loadUseCase } from "../../src/app/rooms.ts";
import { didKeyOf } from "../../src/certify/index.ts";
import { pdfPrinter } from "../../src/outside/printer.ts";
import { zipCodes } from "../../src/outside/zip-codes.ts";
import { memoryQueue } from "../../src/store/memory/job-queue.ts";
import { memoryStore } from "../../src/store/memory/ledger.ts";

/** Unpacked once: every world of a test file reads the same. */
const zips = zipCodes();

/** All ports without a database; the keys of parties follow from their names. */
export function memoryPorts(
  now: () => Date = () => new Date(),
  apply: ApplyEntry = applyEntry,
): Ports & { readonly store: ReturnType<typeof memoryStore>; readonly jobs: JobQueue } {
  let nonces = 0;
  const ids = { nonce: () => (nonces++).toString(16).padStart(32, "0") };
  const secretOf = (party: string) => new Uint8Array(createHash("sha256").update(party).digest());
  return {
    store: memoryStore(apply, ids),
    ids,
    clock: { now },
    keys: {
      issuerOf: async (party) => didKeyOf(ed25519.getPublicKey(secretOf(party))),
      sign: async (party, message) => ed25519.sign(message, secretOf(party)),
    },
    zips,
    printer: pdfPrinter,
    version: "test",
    jobs: memoryQueue(),
    loadUseCase,
  };
}
