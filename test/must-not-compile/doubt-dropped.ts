import type { Lot } from "../../src/ledger/index.ts";

/** A measured mass is not a number: whoever wants its best estimate alone says so. */
export const both_mg = (a: Lot, b: Lot): number => a.mass_mg - b.mass_mg.best; // must not compile: TS2362
