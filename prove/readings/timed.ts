import {
  areaOf,
  flowsOf,
  type LedgerEntry,
  type LedgerRecords,
  MaterialBalance,
  MemoryBook,
  applyLedger,
  Standing,
  type StepRecorded,
} from "../../src/ledger/index.ts";
import { memoryStore } from "../../src/store/memory/ledger.ts";

/** Books as a database hands them out: entries and records as text, and the lots that nothing was made of yet. */
export interface Books {
  readonly log: readonly string[];
  readonly lots: ReadonlyMap<string, string>;
  readonly last: readonly string[];
  readonly lineage: (lot: string) => Promise<readonly string[]>;
}

const LINEAGE_MOST = 20_000;

export async function booksOf(log: readonly LedgerEntry[]): Promise<Books> {
  const store = memoryStore<LedgerRecords>(
    (book, entry) => applyLedger(book, entry as never),
    { nonce: () => "" },
  );
  for (const [n, entry] of log.entries())
    await store.append({
      ...{ key: String(n), request: "", time: "2026-01-05T06:00:00.000Z", reads: new Map(), documents: [] },
      ...{ actor: { role: "operator", party: "recycler", verified: false }, answer: {} },
      entries: [entry],
    } as never);
  const book = new MemoryBook<LedgerRecords>();
  for (const entry of log) await applyLedger(book, entry);
  const lots = book.all("lot");
  return {
    log: log.map((entry) => JSON.stringify(entry)),
    lots: new Map(lots.map((lot) => [lot.id, JSON.stringify(lot)])),
    last: lots.filter(({ children, mass_mg }) => children.length === 0 && mass_mg.best > 0).map(({ id }) => id),
    lineage: async (lot) =>
      (await store.lineage({ lot, direction: "up", limit: LINEAGE_MOST })).nodes.map(({ record }) => record.id),
  };
}

/** The past of every lot that is on hand, each lot on the way read from its text. */
export async function ancestry({ lots, last, lineage }: Books): Promise<number> {
  let on_the_way = 0;
  for (const lot of last)
    for (const id of await lineage(lot)) {
      const record = ((globalThis as any).P ? (lots.get(id) as any) : JSON.parse(lots.get(id) ?? "null")) as LedgerRecords["lot"];
      on_the_way += record.parents.length;
    }
  return on_the_way;
}

/** The material balance of all that ever happened, each entry read from its text. */
export async function balance({ log }: Books): Promise<number> {
  const steps = new Map<string, StepRecorded>();
  const books = new Standing(async () => undefined);
  const balance = new MaterialBalance();
  balance.open([], areaOf);
  for (const text of log) {
    const entry = (globalThis as any).P ? (text as any) : JSON.parse(text) as LedgerEntry;
    balance.addEntry(await flowsOf(entry, books));
    await books.take(entry);
  }
  balance.close(books.lots.values(), areaOf);
  return balance.rows().length + steps.size;
}

/** Processor milliseconds. */
export async function processorTime(of: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await of();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
