import type { Actor, Lot } from "../../src/ledger/index.ts";
import type { Books } from "./books.ts";
import type { Chance } from "./chance.ts";
import type { Call } from "./teller.ts";

/** How a move asks: each command is audited before the next. */
export interface Life {
  readonly books: Books;
  /** "done", or the code of the refusal. */
  say(verb: string, input: object, actor: Actor): Promise<string>;
  /** What nobody should be let through with. */
  never(verb: string, input: object, actor: Actor): Promise<void>;
  /** The same request once more. */
  again(call: Call): Promise<void>;
  /** A name that this life has not used. */
  name(prefix: string): string;
}

/** Something that may happen, and how often beside the others; nothing is asked where nothing of the kind can be. */
export interface Move {
  readonly name: string;
  readonly weight: number;
  readonly play: (life: Life, chance: Chance) => Promise<unknown>;
}

export const WHY = "as things are";

export const onHand = (life: Life): Promise<readonly Lot[]> => life.books.all("lot", { state: "on_hand" });

/** Lots that weigh something. */
export const standing = async (life: Life): Promise<readonly Lot[]> =>
  (await onHand(life)).filter((lot) => lot.mass_mg.best > 0);

export const isOxide = (lot: Pick<Lot, "notes">): boolean => lot.notes["oxide"] !== undefined;

export const mg = (mass_mg: number): string => `${mass_mg} mg`;

/** A little more or less than it, as another scale finds. */
export const about = (mass_mg: number, chance: Chance, sd_mg = 20_000): number =>
  Math.max(1, Math.round(mass_mg + sd_mg * chance.normal()));

/** What a lot holds, by kind; a product keeps its notes. */
export const partOf = (lot: Lot, name: string, mass_mg: number): object => ({
  ...{ lot: name, kind: lot.kind, mass: mg(mass_mg), sd: "1 g", notes: lot.notes },
});
