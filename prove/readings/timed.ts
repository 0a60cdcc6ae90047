import type * as Ledger from "../../src/ledger/index.ts";
import type { LedgerEntry, LedgerRecords, Lot } from "../../src/ledger/index.ts";

/** Books that are asked: what was written, and the lots of which something is left; and the code they are kept and asked by. */
export interface Books {
  readonly ledger: typeof Ledger;
  readonly log: readonly LedgerEntry[];
  readonly lots: ReadonlyMap<string, Lot>;
  readonly held: readonly string[];
}

/** Entries and records as they come out of a store: none shares anything with another. */
export async function booksOf(log: readonly LedgerEntry[], ledger: typeof Ledger): Promise<Books> {
  const book = new ledger.MemoryBook<LedgerRecords>();
  for (const entry of log) await ledger.applyLedger(book, entry);
  const lots: Lot[] = JSON.parse(JSON.stringify(book.all("lot")));
  return {
    ledger,
    log: JSON.parse(JSON.stringify(log)),
    lots: new Map(lots.map((lot) => [lot.id, lot])),
    held: lots.filter(({ mass_mg }) => mass_mg.best > 0).map(({ id }) => id),
  };
}

/** The past of each lot that is on hand, and how sure each amount on the way was. */
export async function ancestry({ lots, held }: Books): Promise<number> {
  let onTheWay = 0;
  for (const lot of held) {
    const met = new Set([lot]);
    for (const id of met) {
      for (const { lot: parent } of lots.get(id)?.parents ?? []) met.add(parent);
      onTheWay++;
    }
  }
  return onTheWay;
}

/** The material balance of all that ever happened. */
export async function balance({ log, ledger }: Books): Promise<number> {
  const { areaOf, flowsOf, MaterialBalance, Standing } = ledger;
  const standing = new Standing(async () => undefined);
  const sums = new MaterialBalance();
  for (const entry of log) {
    sums.addEntry(await flowsOf(entry, standing));
    await standing.take(entry);
  }
  sums.close(standing.lots.values(), areaOf);
  return sums.rows().length;
}

/** How much text a database keeps and reads of them, in bytes. */
export const textOf = ({ log, lots }: Books): number => JSON.stringify([log, [...lots.values()]]).length;

/** Processor milliseconds. */
async function processorTime(of: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await of();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Processor milliseconds of the same question to two books, turn by turn: the least of each, since whatever else goes on only adds. */
export async function turnByTurn(
  ask: (books: Books) => Promise<number>,
  {
    books,
    turns,
    times,
  }: { readonly books: readonly [Books, Books]; readonly turns: number; readonly times: number },
): Promise<readonly [number, number]> {
  const took: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn++)
    for (const which of [0, 1] as const)
      took[which].push(
        await processorTime(async () => {
          for (let i = 0; i < times; i++) await ask(books[which]);
        }),
      );
  return [Math.min(...took[0]), Math.min(...took[1])];
}
