import type { Actor, Book } from "../ledger/index.ts";

/** Who did what another one confirms: of what is done anew the last, of what several do together each of them. */
export interface Hands {
  readonly id: string;
  readonly hands: readonly Actor[];
}

/** Where it is kept who did it, by what was done and of what. */
export const handsOf = {
  reported: (sample: string, side: string) => `reported:${sample}:${side}`,
  sanitized: (consignment: string) => `sanitized:${consignment}`,
  certified: (lot: string) => `certified:${lot}`,
} as const;

export interface HandsRecords {
  readonly hands: Hands;
}

/** Notes who did it, in the place of who did it before. */
export const noteHand = (book: Book<HandsRecords>, id: string, actor: Actor): void =>
  book.put("hands", id, { id, hands: [actor] });

/** Notes who did it, beside others who did some of it. */
export async function addHand(book: Book<HandsRecords>, id: string, actor: Actor): Promise<void> {
  const before = (await book.get("hands", id))?.hands ?? [];
  const same = (one: Actor) =>
    (["role", "party", "verified", "person", "token"] as const).every((name) => one[name] === actor[name]);
  if (!before.some(same)) book.put("hands", id, { id, hands: [...before, actor] });
}
