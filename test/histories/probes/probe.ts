import type { Auditor } from "../auditor/index.ts";
import type { Books } from "../books.ts";

/** What is tried on copies of the books: what would happen next, if somebody asked. */
export interface Probe {
  readonly name: string;
  /** Kinds of entry after which it is tried anew. */
  readonly after: RegExp;
  /** `known` is what it remembers of one life: what it tried on the same records need not be tried again. */
  readonly try: (books: Books, auditor: Auditor, known: Map<string, string>) => Promise<void>;
}

/** A copy of the books with an auditor of its own, which is only asked once something was written. */
export function copied(books: Books, auditor: Auditor) {
  const copy = books.copy("probe");
  let beside: Auditor | undefined;
  return {
    books: copy,
    /** What the auditor has seen of the copy. */
    seen: () => (beside ?? auditor).seen,
    /** Asks on the copy, and audits what it wrote. */
    async ask(...asked: Parameters<Books["ask"]>) {
      const outcome = await copy.ask(...asked);
      if (outcome.entries.length === 0) return outcome;
      beside ??= auditor.copy();
      beside.take(outcome.entries);
      return outcome;
    },
  };
}
