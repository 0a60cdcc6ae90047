import { assert } from "../quantity/index.ts";
import type { Book } from "./book.ts";
import type { LotId } from "./lot.ts";

/**
 * Four things can be taken of a gram, each once: claimed by a passport, returned under an agreement, promised to an order,
 * delivered by a shipment. A lawful chain takes it once in all four.
 */
export const TAKINGS = ["claimed", "returned", "promised", "delivered"] as const;
export type TakingKind = (typeof TAKINGS)[number];

/** Whole milligrams of the lot's mass, by the passport, agreement, order or shipment that took them. */
export type TakenBy = Readonly<Record<string, number>>;

/** Whole milligrams of each metal, by the agreement that it was returned under. */
export type MetalTaken = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What is taken of the matter that is in a lot now, and (`delivered`) what left it. */
export type Takings = { readonly lot: LotId } & { readonly [Kind in TakingKind]: TakenBy } & {
  /**
   * By the fourth rules, of what steps mixed: which of its metals had been returned. Of a product its own metal is not among them,
   * of which as large a part was returned as of its mass.
   */
  readonly returned_metal_mg?: MetalTaken;
};

export interface TakingRecords {
  /** By lot. */
  readonly taking: Takings;
}

export interface Taken {
  readonly lot: LotId;
  readonly taking: TakingKind;
  readonly by: string;
  readonly mass_mg: number;
}

export const nothingTaken = (lot: LotId): Takings => ({
  lot,
  claimed: {},
  returned: {},
  promised: {},
  delivered: {},
});

const sumOf = (taken: TakenBy): number => Object.values(taken).reduce((sum, mg) => sum + mg, 0);

/** What is taken of a lot in one way, by all together, in milligrams. */
export const takenOf = (takings: Takings | undefined, taking: TakingKind): number =>
  takings ? sumOf(takings[taking]) : 0;

/** What can still be taken of a lot in one way, in milligrams; never negative. */
export const freeOf = (
  lot: { readonly mass_mg: { readonly best: number } },
  takings: Takings | undefined,
  taking: Exclude<TakingKind, "delivered">,
): number => Math.max(0, lot.mass_mg.best - takenOf(takings, taking));

/** Books a taking; the room that writes the entry calls this when it folds it. */
export const take = (book: Book<TakingRecords>, taken: Taken): Promise<void> =>
  change(book, taken, taken.mass_mg);

/** Gives back what was taken, at most what is still there of it: a promise that was lost with its matter is not freed twice. */
export const free = (book: Book<TakingRecords>, taken: Taken): Promise<void> =>
  change(book, taken, -taken.mass_mg);

async function change(book: Book<TakingRecords>, { lot, taking, by }: Taken, mg: number): Promise<void> {
  const before = (await book.get("taking", lot)) ?? nothingTaken(lot);
  const amount = Math.max(0, (before[taking][by] ?? 0) + mg);
  assert(Number.isSafeInteger(amount), "a taking is a whole number of milligrams");
  book.put("taking", lot, { ...before, [taking]: withAmount(before[taking], by, amount) });
}

function withAmount(taken: TakenBy, by: string, mg: number): TakenBy {
  const { [by]: _, ...others } = taken;
  return mg === 0 ? others : { ...others, [by]: mg };
}
