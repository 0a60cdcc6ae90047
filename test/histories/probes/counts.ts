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

const wellKnown = (lot: SeenLot): boolean =>
  lot.state === "on_hand" && lot.mass > 1000 && lot.shares.size > 0;

/** Somebody types a tenth, or tenfold, and then what is there: the shares are what they were, and so are the marks. */
async function costsNothing(books: Books, auditor: Auditor, known: Map<string, string>): Promise<void> {
  for (const [id, lot] of auditor.seen.lots) {
    const state = JSON.stringify([lot.mass, [...lot.elements], [...lot.shares]]);
    if (!wellKnown(lot) || known.get(`count ${id}`) === state) continue;
    known.set(`count ${id}`, state);
    const mistyped = lot.mass % 2 === 0 ? Math.round(lot.mass / 10) : lot.mass * 10;
    const copy = copied(books, auditor);
    const before = { shares: new Map(lot.shares), raised: [...lot.raised].sort().join() };
    for (const [i, mass] of [mistyped, lot.mass].entries()) {
      const asked = { stocktake: `T-PROBE-${i}`, site: lot.place, why: "w" };
      const counts = [{ lot: id, mass: mg(mass), scale: scaleAt(lot.place) }];
      const { code, why } = await copy.ask(
        "ledger stocktake",
        { ...asked, counts },
        by(`weigher@${firmAt(lot.place)}`),
      );
      must(code === "done", "what stands at a site can be counted", () => `${id}: ${code}: ${why}`);
    }
    const after = copy.seen().lots.get(id);
    for (const [key, share] of before.shares) {
      const is = after?.shares.get(key) ?? 0;
      must(
        Math.abs(is - share) <= TENTH_MG,
        "a wrong count that is put right costs no share",
        () => `${id}: ${is} mg of ${key}, it was ${share} mg`,
      );
    }
    const raised = [...(after?.raised ?? [])].sort().join();
    must(
      raised === before.raised,
      "a wrong count that is put right leaves no mark",
      () => `${id}: ${raised}`,
    );
  }
}

export const COUNTS: Probe = {
  name: "counts",
  after: /^(?:lot_|step_|feed_)/,
  try: costsNothing,
};
