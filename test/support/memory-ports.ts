import { applyEntry, FOLDING } from "../../src/app/apply.ts";
import type { Directories } from "../../src/app/core/directories.ts";
import type { JobQueue } from "../../src/app/core/job-queue.ts";
import type { ApplyEntry, Ids, Ports } from "../../src/app/core/ports.ts";
import { loadUseCase } from "../../src/app/rooms.ts";
import { bearerSeal } from "../../src/outside/bearer-seal.ts";
import { openidDirectories } from "../../src/outside/openid-directory.ts";
import { pdfPrinter } from "../../src/outside/printer.ts";
import { zipCodes } from "../../src/outside/zip-codes.ts";
import { memoryDirectories } from "../../src/store/memory/directories.ts";
import { memoryQueue } from "../../src/store/memory/job-queue.ts";
import { type MemoryKeys, memoryKeys } from "../../src/store/memory/keys.ts";
import { memoryStore } from "../../src/store/memory/ledger.ts";
import { memoryPeople } from "../../src/store/memory/people.ts";
import { memoryReads } from "../../src/store/memory/reads.ts";
import { memorySessions } from "../../src/store/sessions.ts";

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
  readonly directories: Directories;
  readonly reads: ReturnType<typeof memoryReads>;
} {
  const store = memoryStore(apply, counting("0"), FOLDING.whoReads);
  const sessions = memorySessions();
  return {
    store,
    documents: { erase: store.erase },
    // Of their own: batches that are written again have the entries they had, whatever was salted while they were decided.
    ids: counting("5"),
    clock: { now },
    keys: memoryKeys(store),
    zips,
    printer: pdfPrinter,
    version: "test",
    jobs: memoryQueue(),
    sessions,
    people: memoryPeople(),
    reads: memoryReads(),
    directories: { beside: memoryDirectories(sessions), door: openidDirectories(), seal: bearerSeal },
    loadUseCase,
  };
}

/** Nonces in turn, behind a sign. */
function counting(sign: string): Ids {
  let nonces = 0;
  return { nonce: () => sign + (nonces++).toString(16).padStart(31, "0") };
}
