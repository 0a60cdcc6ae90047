import type { Auditor } from "../auditor/index.ts";
import type { SeenLot } from "../auditor/seen.ts";
import type { Books } from "../books.ts";
import { firmAt, scaleAt } from "../firms.ts";
import { mg } from "../move.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

/** What a content of so many milligrams may lose by being stated in whole milligrams of a tenth. */
const TENTH_MG = 11;

/** Of less a tenth is no mistake, but within the doubt of a scale that errs by twenty grams. */
const LEAST_MG = 200_000;

const wellKnown = (lot: SeenLot): boolean =>
  lot.state === "on_hand" && lot.mass > LEAST_MG && lot.shares.size > 0;

/** What the auditor has of a lot after these counts of it, on a copy of the books. */
async function countedOn(books: Books, auditor: Auditor, { id, place, masses }: Counted): Promise<SeenLot> {
  const copy = copied(books, auditor);
  for (const [i, mass] of masses.entries()) {
    const counts = [{ lot: id, mass: mg(mass), scale: scaleAt(place) }];
    const asked = { stocktake: `T-PROBE-${i}`, site: place, why: "w", counts };
    const { code, why } = await copy.ask("ledger stocktake", asked, by(`weigher@${firmAt(place)}`));
    must(code === "done", "what stands at a site can be counted", () => `${id}: ${code}: ${why}`);
  }
  return copy.seen().lots.get(id) as SeenLot;
}

interface Counted {
  readonly id: string;
  readonly place: string;
  readonly masses: readonly number[];
}

const marksOf = (lot: SeenLot): string => [...lot.raised].sort().join();

/** Somebody types a tenth, or tenfold, and then what is there: shares and marks are what the right count alone leaves. */
async function costsNothing(books: Books, auditor: Auditor, known: Map<string, string>): Promise<void> {
  for (const [id, lot] of auditor.seen.lots) {
    const state = JSON.stringify([lot.mass, [...lot.elements], [...lot.shares]]);
    if (!wellKnown(lot) || known.get(`count ${id}`) === state) continue;
    known.set(`count ${id}`, state);
    const { mass, place } = lot;
    const mistyped = mass % 2 === 0 ? Math.round(mass / 10) : mass * 10;
    const right = await countedOn(books, auditor, { id, place, masses: [mass] });
    const after = await countedOn(books, auditor, { id, place, masses: [mistyped, mass] });
    for (const [key, share] of right.shares) {
      const is = after.shares.get(key) ?? 0;
      must(
        Math.abs(is - share) <= TENTH_MG,
        "a wrong count that is put right costs no share",
        () => `${id}: ${is} mg of ${key}, it was ${share} mg`,
      );
    }
    must(
      marksOf(after) === marksOf(right),
      "a wrong count that is put right leaves no mark",
      () => `${id}: ${marksOf(after)}; ${marksOf(right)}`,
    );
  }
}

export const COUNTS: Probe = {
  name: "counts",
  after: /^(?:lot_|step_|feed_)/,
  try: costsNothing,
};
