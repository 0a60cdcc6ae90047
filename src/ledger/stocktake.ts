import {
  done,
  type Measured,
  type Refusal,
  type Result,
  refuse,
  spread,
  spreadInParts,
} from "../quantity/index.ts";
import { isWatched } from "./closure.ts";
import { restatement } from "./decide.ts";
import type { CountedLot, LotRestated, StockTaken } from "./entries.ts";
import { pairOf } from "./instrument.ts";
import type { Contents, Lot, LotId } from "./lot.ts";
import { lumpedHeld } from "./lumped.ts";
import { oldScaleInHalves } from "./old-scale.ts";
import { elementsInProportion } from "./proportion.ts";
import { notYetThere } from "./time.ts";
import { weighAnew } from "./weigh-anew.ts";
import { ticketOf, type Weighing, weighed } from "./weighing.ts";

export type StocktakeRefusal =
  | Refusal<
      | "nothing_counted"
      | "lot_named_twice"
      | "lot_unknown"
      | "lot_not_on_hand"
      | "lot_not_here"
      | "lot_not_yet_there"
    >
  | (Refusal<"lot_not_counted"> & { readonly missing: readonly LotId[] });

/** What was found of one lot: its weighing, or that it is not there. */
export interface Count {
  readonly lot: LotId;
  readonly at: string;
  readonly found: Weighing | "missing";
}

/**
 * Compares what was found at a site with what the books say stands there. Every count is a reading more: where it agrees the two are
 * combined, where it differs by more than chance the lot is what was found. The entries that restate come with the count itself, and
 * the difference goes to the place `restated` (L30 to L32).
 */
export function decideStocktake(
  lots: ReadonlyMap<LotId, Lot>,
  given: Omit<StockTaken, "counts"> & {
    readonly counts: readonly Count[];
    /** Lots that stand at the site, where the count is said to be whole. */
    readonly expected?: readonly LotId[];
    /** Lots whose mass a certificate, a passport or a promise states: a count that agrees leaves them as they are. */
    readonly keep: ReadonlySet<LotId>;
  },
): Result<{ readonly taken: StockTaken; readonly restated: readonly LotRestated[] }, StocktakeRefusal> {
  const { counts, expected, keep, ...about } = given;
  if (counts.length === 0) return refuse("nothing_counted", "counts", "a stocktake counts at least one lot");
  const seen = new Set<LotId>();
  const compared: CountedLot[] = [];
  const restated: LotRestated[] = [];
  for (const count of counts) {
    const known = lots.get(count.lot);
    const lot = known && oldScaleInHalves(known);
    if (!lot) return refuse("lot_unknown", count.at, `no lot ${count.lot} is on the books`);
    if (seen.has(count.lot)) return refuse("lot_named_twice", count.at, `${count.lot} is counted twice`);
    seen.add(count.lot);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", count.at, `${lot.id} is ${lot.state}`);
    if (lot.place !== about.site)
      return refuse("lot_not_here", count.at, `${lot.id} stands at ${lot.place}, not at ${about.site}`);
    const early = notYetThere(lot, { happened: about.at, at: "at" });
    if (early) return early;
    const { line, held } = compare(lot, about.stocktake, count);
    const kept = line.agrees && keep.has(lot.id);
    compared.push(kept ? { ...line, kept } : line);
    if (kept || (line.agrees && (line.missing || held.mass_mg.best <= 0))) continue;
    const { at, stocktake: evidence } = about;
    restated.push(restatement(lot, { at, why: "stocktake", evidence, ...held }));
  }
  const forgotten = (expected ?? []).filter((lot) => !seen.has(lot));
  if (forgotten.length > 0) {
    const named = forgotten.slice(0, 5).join(", ");
    return refuse(
      "lot_not_counted",
      "counts",
      `${named}${forgotten.length > 5 ? " and others" : ""}: on the books here, and neither counted nor missing`,
      { lots: forgotten.length },
      { missing: forgotten },
    );
  }
  return done({ taken: { ...about, counts: compared }, restated });
}

interface Compared {
  readonly line: CountedLot;
  readonly held: Pick<Contents, "mass_mg" | "elements_mg">;
}

/** A count against the books: what both weighings share has gone from the doubt of their difference (L31). */
function compare(lot: Lot, stocktake: string, { found }: Count): Compared {
  const book_mg = lot.mass_mg.best;
  if (found === "missing") {
    const gone: Measured = { best: 0, moves: {} };
    const line = { difference_mg: -book_mg, sd_mg: 0, sd_random_mg: 0, sd_shared_mg: 0 };
    return {
      // A milligram may be rounding; of a lot that is not there, none is.
      line: { lot: lot.id, book_mg, missing: true, ...line, agrees: book_mg === 0 },
      held: { mass_mg: gone, elements_mg: elementsInProportion(lot, gone) },
    };
  }
  const reading = weighed(found, `${stocktake}/${lot.id}`);
  const { off_mg, agrees, held } = weighAnew(lot, reading);
  const { random, shared } = spreadInParts(off_mg);
  const { both } = pairOf(reading, lot.mass_mg, { off_mg, at: "" });
  const line = {
    ...{ difference_mg: off_mg.best, sd_mg: spread(off_mg), sd_random_mg: random, sd_shared_mg: shared },
    ...{ off_moves_mg: off_mg.moves, both },
    ...(isWatched(-off_mg.best, { sd_mg: spread(off_mg), parts: 1 }) ? { watch: true as const } : {}),
  };
  return {
    line: {
      lot: lot.id,
      book_mg,
      counted_mg: found.mass_mg,
      scale: found.scale,
      ...ticketOf(found),
      ...line,
      agrees,
    },
    held: lumpedHeld(book_mg > 0 ? held : foundAgain(lot, reading), `${stocktake}/${lot.id}`),
  };
}

/** What was missing and is found is what it was, weighed once more; where nobody knows what it was, it has the composition it came with. */
const foundAgain = (lot: Lot, reading: Measured): Compared["held"] =>
  lot.missed
    ? weighAnew(lot.missed, reading).held
    : { mass_mg: reading, elements_mg: elementsInProportion(lot.opened, reading) };
