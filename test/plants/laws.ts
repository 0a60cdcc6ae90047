import type { Entry, LedgerEntry, LedgerRecords, Lot, MemoryBook } from "../../src/ledger/index.ts";
import { BookAuditor } from "../../src/store/book-auditor.ts";

/** What is wrong where the feeds have more of an element in a lot than the lot holds (law 4). */
export function sharesExceed({ id, feeds_mg, elements_mg }: Lot): string | undefined {
  const shares = new Map<string, number>();
  for (const elements of Object.values(feeds_mg))
    for (const [element, mg] of Object.entries(elements))
      shares.set(element, (shares.get(element) ?? 0) + mg);
  for (const [element, mg] of shares) {
    const held_mg = Math.max(0, elements_mg[element]?.best ?? 0);
    if (mg > held_mg) return `feeds have ${mg} mg of ${element} in ${id}, which holds ${held_mg} mg`;
  }
  return undefined;
}

/** What is wrong with the books of a plant as a whole: something appeared or vanished (law 1), a feed gave more than it held (law 4). */
export function wrongsOf(book: MemoryBook<LedgerRecords>): string[] {
  const sums = new Map<string, number>();
  const given = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, mg: number) => to.set(name, (to.get(name) ?? 0) + mg);
  for (const lot of book.all("lot")) {
    add(sums, "mass", lot.mass_mg.best);
    for (const [element, content] of Object.entries(lot.elements_mg)) add(sums, element, content.best);
    for (const [feed, elements] of Object.entries(lot.feeds_mg))
      for (const [element, mg] of Object.entries(elements)) add(given, `${feed} ${element}`, mg);
  }
  for (const place of book.all("place")) {
    add(sums, "mass", place.mass_mg);
    for (const [element, mg] of Object.entries(place.elements_mg)) add(sums, element, mg);
  }
  const wrongs: string[] = [];
  for (const [what, mg] of sums) if (mg !== 0) wrongs.push(`${mg} mg of ${what} appeared or vanished`);
  for (const { feed, measured_mg } of book.all("feed"))
    for (const [element, { best }] of Object.entries(measured_mg)) {
      const mg = given.get(`${feed} ${element}`) ?? 0;
      if (mg > best)
        wrongs.push(`${mg} mg of ${element} came from ${feed}, in which ${best} mg was measured`);
    }
  return wrongs;
}

/** What the auditor of the books finds in what an honest plant told. */
export function auditPlant(log: readonly LedgerEntry[]): string[] {
  const auditor = new BookAuditor();
  const found = log.flatMap((entry) => auditor.take(entry as unknown as Entry));
  return [...found, ...auditor.finish()].map(({ fault, why }) => `${fault}: ${why}`);
}
