import { applyEntry, FOLDING } from "../../src/app/apply.ts";
import type { JobQueue } from "../../src/app/core/job-queue.ts";
import type { ApplyEntry, Ports } from "../../src/app/core/ports.ts";
import { loadUseCase } from "../../src/app/rooms.ts";
import { pdfPrinter } from "../../src/outside/printer.ts";
import { zipCodes } from "../../src/outside/zip-codes.ts";
import { memoryQueue } from "../../src/store/memory/job-queue.ts";
import { type MemoryKeys, memoryKeys } from "../../src/store/memory/keys.ts";
import { memoryStore } from "../../src/store/memory/ledger.ts";

/** Unpacked once: every world of a test file reads the same. */
const zips = zipCodes();

/** All ports without a database; the keys of parties follow from their names. */
export function memoryPorts(
  now: () => Date = () => new Date(),
  apply: ApplyEntry = applyEntry,
): Ports & {
  readonly store: ReturnType<typeof memoryStore>;
  readonly jobs: JobQueue;
  readonly keys: MemoryKeys;
} {
  let nonces = 0;
  const ids = { nonce: () => (nonces++).toString(16).padStart(32, "0") };
  const store = memoryStore(apply, ids, FOLDING.whoReads);
  return {
    store,
    ids,
    clock: { now },
    keys: memoryKeys(store),
    zips,
    printer: pdfPrinter,
    version: "test",
    jobs: memoryQueue(),
    loadUseCase,
  };
}
