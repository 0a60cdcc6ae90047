import type { Auditor } from "../auditor/index.ts";
import type { Books } from "../books.ts";

/** What is tried on copies of the books: what would happen next, if somebody asked. */
export interface Probe {
  readonly name: string;
  /** Kinds of entry after which it is tried anew. */
  readonly after: RegExp;
  readonly try: (books: Books, auditor: Auditor) => Promise<void>;
}

/** A copy of the books with its own auditor. */
export function copied(books: Books, auditor: Auditor) {
  const [copy, beside] = [books.copy("probe"), auditor.copy()];
  return {
    books: copy,
    auditor: beside,
    /** Asks on the copy, and audits what it wrote. */
    async ask(...asked: Parameters<Books["ask"]>) {
      const outcome = await copy.ask(...asked);
      beside.take(outcome.entries);
      return outcome;
    },
  };
}
