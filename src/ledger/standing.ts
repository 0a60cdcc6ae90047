import { assert, type Measured } from "../quantity/index.ts";
import { applyAmounts, LEDGER_KINDS, type LedgerRecords, type Place, type StepRecord } from "./apply.ts";
import type { Book, CollectionOf } from "./book.ts";
import type { LedgerEntry } from "./entries.ts";
import type { Lot } from "./lot.ts";

/** Finds a step by its number; steps are kept by the books, so that a reversal long after need not have been remembered here. */
export type FindStep = (step: string) => Promise<StepRecord | undefined>;

/** States in which a lot holds nothing any more. */
const GONE: ReadonlySet<string> = new Set(["consumed", "delivered", "reversed"]);

const nothing: Measured = { best: 0, moves: {} };
const FORGOTTEN = {
  opened: { at: "", mass_mg: nothing, elements_mg: {} },
  feeds_mg: {},
  parents: [],
  children: [],
  data_from: [],
} satisfies Partial<Lot>;

/** A lot as far as amounts go: what it is, where it stands and what it holds now. */
export const amountsAlone = (lot: Lot): Lot => ({ ...lot, ...FORGOTTEN });

/**
 * The books at one entry, as far as amounts go: what is on hand and what the named places have gathered. It folds by the
 * same rules as the books themselves (`apply.ts`) but forgets a lot once nothing is left of it, and every step: it grows
 * with what is on hand, not with the length of the log.
 */
export class Standing implements Book<LedgerRecords> {
  readonly lots = new Map<string, Lot>();
  readonly places = new Map<string, Place>();
  private readonly findStep: FindStep;

  constructor(findStep: FindStep) {
    this.findStep = findStep;
  }

  /** The same books, from here on led by themselves; records are never changed, only replaced. */
  copy(): Standing {
    const copy = new Standing(this.findStep);
    for (const [id, lot] of this.lots) copy.lots.set(id, lot);
    for (const [id, place] of this.places) copy.places.set(id, place);
    return copy;
  }

  async get<K extends CollectionOf<LedgerRecords>>(
    collection: K,
    id: string,
  ): Promise<LedgerRecords[K] | undefined> {
    const found = await this.find(collection, id);
    return found as LedgerRecords[K] | undefined;
  }

  private async find(collection: keyof LedgerRecords, id: string): Promise<object | undefined> {
    if (collection === "lot") return this.lots.get(id);
    if (collection === "place") return this.places.get(id);
    return collection === "step" ? this.findStep(id) : undefined;
  }

  put<K extends CollectionOf<LedgerRecords>>(collection: K, id: string, record: LedgerRecords[K]): void {
    if (collection === "place") this.places.set(id, record as Place);
    if (collection !== "lot") return;
    const lot = record as Lot;
    if (GONE.has(lot.state)) this.lots.delete(id);
    else this.lots.set(id, amountsAlone(lot));
  }

  /** Folds one entry; those that move no amount pass by. */
  async take(entry: { readonly kind: string; readonly body: unknown }): Promise<void> {
    if (!Object.hasOwn(LEDGER_KINDS, entry.kind)) return;
    const known = entry as LedgerEntry;
    if (known.kind === "feed_measured" || known.kind === "feed_agreed") return;
    if (known.kind === "step_reversed") await this.recallInputs(known.body.step);
    await applyAmounts(this, known);
  }

  /** Lots a step had used up were forgotten; they stood at its site, in its owner's name (L22 refuses a reversal otherwise). */
  private async recallInputs(id: string): Promise<void> {
    const step = await this.findStep(id);
    assert(step, `step ${id} is on the books`);
    for (const { lot } of step.inputs) {
      if (this.lots.has(lot)) continue;
      this.lots.set(lot, {
        id: lot,
        kind: "",
        owner: step.owner,
        place: step.site,
        state: "on_hand",
        mass_mg: nothing,
        elements_mg: {},
        ...FORGOTTEN,
        made_by: "",
        notes: {},
      });
    }
  }
}
