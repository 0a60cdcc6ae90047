import {
  applyLedger,
  decideStep,
  type LedgerRecords,
  MemoryBook,
  type StepCommand,
} from "../../src/ledger/index.ts";
import { inHalves, measured, type ReadingDoubt, readingOf } from "../../src/quantity/index.ts";

export const KG = 1_000_000;

export async function bookWith(
  lots: readonly {
    id: string;
    mass_mg: number;
    sd_mg?: number;
    doubt_mg?: ReadingDoubt;
    scale?: string;
    elements?: Record<string, number>;
    data?: string[];
  }[],
) {
  const book = new MemoryBook<LedgerRecords>();
  for (const { id, mass_mg, elements = {}, data = [], scale = "A", ...lot } of lots) {
    const doubt = lot.doubt_mg ?? inHalves(lot.sd_mg ?? 0);
    await applyLedger(book, {
      kind: "lot_opened",
      body: {
        lot: id,
        kind: "magnets",
        owner: "recycler",
        place: "site",
        at: "2026-01-01T00:00:00Z",
        mass_mg: readingOf(mass_mg, doubt, { own: id, shared: scale }),
        elements_mg: Object.fromEntries(
          Object.entries(elements).map(([e, mg]) => [e, measured(mg, mg * 0.05, "family:x")]),
        ),
        made_by: "C-1",
        data_from: data,
        notes: {},
      },
    });
  }
  return book;
}

export const lotsOf = (book: MemoryBook<LedgerRecords>) => new Map(book.all("lot").map((l) => [l.id, l]));
export const takingsOf = (book: MemoryBook<LedgerRecords>) =>
  new Map(book.all("taking").map((t) => [t.lot, t]));

export const stepOf = (given: Partial<StepCommand>): StepCommand => ({
  step: "S-1",
  kind: "split",
  site: "site",
  at: "2026-01-02T00:00:00Z",
  inputs: [{ lot: "L-1" }],
  additions: [],
  outputs: [],
  losses: [],
  ...given,
});

export const out = (
  lot: string,
  mass_mg: number,
  content: StepCommand["outputs"][number]["content"] = { by: "share" },
) => ({
  lot,
  kind: "magnets",
  mass_mg,
  doubt_mg: { random: 0, shared: 0 },
  scale: "B",
  content,
});

export const decideOn = (book: MemoryBook<LedgerRecords>, command: StepCommand) => {
  const lots = lotsOf(book);
  return decideStep(lots, { names: new Set(lots.keys()), takings: takingsOf(book) }, command);
};

export async function perform(book: MemoryBook<LedgerRecords>, command: StepCommand) {
  const decided = decideOn(book, command);
  if (decided.ok) await applyLedger(book, { kind: "step_recorded", body: decided.value });
  return decided;
}
