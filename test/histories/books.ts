import { applyEntry } from "../../src/app/apply.ts";
import type { ApplyEntry, LedgerStore, Ports } from "../../src/app/core/ports.ts";
import { zipCodes } from "../../src/outside/zip-codes.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { memoryKeys } from "../../src/store/memory/keys.ts";
import { type MemoryStore, memoryStore } from "../../src/store/memory/ledger.ts";
import { Teller } from "./teller.ts";

const zips = zipCodes();

/** Nobody guesses what a test seals: numbers that follow on, so that a life told again has the same log. */
export const numbered = (from = 0): { nonce(): string } => {
  let next = from;
  return { nonce: () => (next++).toString(16).padStart(32, "0") };
};

/** Ports without a database, a press or a lock: what is printed is its own text. */
export const portsOn = <S extends Pick<LedgerStore, "load">>(
  store: S,
  clock: StoryClock,
): Omit<Ports, "store"> & { readonly store: S } => ({
  store,
  clock,
  ids: numbered(),
  keys: memoryKeys(store),
  zips,
  printer: { pdf: async (page) => new TextEncoder().encode(JSON.stringify(page)) },
  version: "test",
});

/** How entries fold in all books here: the product's way, until a test breaks it on purpose. */
export const FOLD: { apply: ApplyEntry } = { apply: applyEntry };

/** Books in memory that can be copied, to try what would be. */
export class Books extends Teller {
  private readonly memory: MemoryStore;

  constructor(memory: MemoryStore, clock: StoryClock, prefix: string) {
    super(portsOn(memory, clock), clock, prefix);
    this.memory = memory;
  }

  static empty(start: string): Books {
    const memory = memoryStore((book, entry) => FOLD.apply(book, entry), numbered());
    return new Books(memory, new StoryClock(start), "start");
  }

  /** The same books at the same moment, on their own from here on. */
  copy(prefix: string): Books {
    const { log } = this.memory;
    return new Books(this.memory.copy(numbered(log.length)), new StoryClock(this.now), prefix);
  }
}
