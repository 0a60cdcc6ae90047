import {
  done,
  type Measured,
  measured,
  mulDiv,
  type Refusal,
  type Result,
  refuse,
  scale,
  spread,
} from "../quantity/index.ts";
import { CLOSURE_K } from "./closure.ts";
import { restatement } from "./decide.ts";
import type { CountedLot, LotRestated, StockTaken } from "./entries.ts";
import type { Contents, ElementContents, Lot, LotId } from "./lot.ts";
import { notYetThere } from "./time.ts";

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

/** What was found of one lot: its mass with the doubt of the scale, or that it is not there. */
export interface Count {
  readonly lot: LotId;
  readonly at: string;
  readonly found: { readonly mass_mg: number; readonly sd_mg: number; readonly scale: string } | "missing";
}

/**
 * Compares what was found at a site with what the books say stands there. What differs by more than chance is measured
 * anew: the correcting entries come with the count itself, and the difference goes to the place `restated` (L30 to L32).
 */
export function decideStocktake(
  lots: ReadonlyMap<LotId, Lot>,
  given: Omit<StockTaken, "counts"> & {
    readonly counts: readonly Count[];
    /** Lots that stand at the site, where the count is said to be whole. */
    readonly expected?: readonly LotId[];
  },
): Result<{ readonly taken: StockTaken; readonly restated: readonly LotRestated[] }, StocktakeRefusal> {
  const { counts, expected, ...about } = given;
  if (counts.length === 0) return refuse("nothing_counted", "counts", "a stocktake counts at least one lot");
  const seen = new Set<LotId>();
  const compared: CountedLot[] = [];
  const restated: LotRestated[] = [];
  for (const count of counts) {
    const lot = lots.get(count.lot);
    if (!lot) return refuse("lot_unknown", count.at, `no lot ${count.lot} is on the books`);
    if (seen.has(count.lot)) return refuse("lot_named_twice", count.at, `${count.lot} is counted twice`);
    seen.add(count.lot);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", count.at, `${lot.id} is ${lot.state}`);
    if (lot.place !== about.site)
      return refuse("lot_not_here", count.at, `${lot.id} stands at ${lot.place}, not at ${about.site}`);
    const early = notYetThere(lot, { happened: about.at, at: "at" });
    if (early) return early;
    const line = compare(lot, count);
    compared.push(line);
    if (line.agrees) continue;
    const { at, stocktake: evidence } = about;
    restated.push(restatement(lot, { at, why: "stocktake", evidence, ...foundOf(lot, count) }));
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

/** Two weighings of one lot are taken as independent: what their scale has in common does not hide what is gone. */
function compare(lot: Lot, { found }: Count): CountedLot {
  const missing = found === "missing";
  const counted_mg = missing ? 0 : found.mass_mg;
  const difference_mg = counted_mg - lot.mass_mg.best;
  const sd_mg = missing ? 0 : Math.hypot(spread(lot.mass_mg), found.sd_mg);
  // A milligram may be rounding, as in L17; of a lot that is not there, none is.
  const agrees = missing ? lot.mass_mg.best === 0 : Math.abs(difference_mg) <= CLOSURE_K * sd_mg + 1;
  return {
    lot: lot.id,
    book_mg: lot.mass_mg.best,
    ...(missing ? { missing } : { counted_mg, scale: found.scale }),
    difference_mg,
    sd_mg,
    agrees,
  };
}

/** What is there now: its composition is the one the books had, and where they had nothing left, the one it came with. */
function foundOf(lot: Lot, { found }: Count): Pick<Contents, "mass_mg" | "elements_mg"> {
  const nothing: Measured = { best: 0, moves: {} };
  const mass_mg =
    found === "missing" ? nothing : measured(found.mass_mg, found.sd_mg, `scale:${found.scale}`);
  const of = lot.mass_mg.best > 0 ? lot : lot.opened;
  const share = of.mass_mg.best > 0 ? mass_mg.best / of.mass_mg.best : 0;
  const elements_mg: ElementContents = Object.fromEntries(
    Object.entries(of.elements_mg).map(([element, content]) => [
      element,
      {
        best: of.mass_mg.best > 0 ? mulDiv(content.best, mass_mg.best, of.mass_mg.best, "halfEven") : 0,
        moves: share > 0 ? scale(share, content).moves : {},
        ...(content.below ? { below: true } : {}),
      },
    ]),
  );
  return { mass_mg, elements_mg };
}
