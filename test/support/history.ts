import fc from "fast-check";
import {
  applyLedger,
  decideDelivery,
  decideReversal,
  decideStep,
  type LedgerEntry,
  type LedgerRecords,
  type Lot,
  MemoryBook,
  Standing,
} from "../../src/ledger/index.ts";
import { exactly, inHalves, measured } from "../../src/quantity/index.ts";
import { stepOf, takingsOf } from "./ledger.ts";

const AT = "2026-01-01T00:00:00Z";
const LATER = "2026-01-03T00:00:00Z";

export const opened = (lot: string, mass_mg: number, nd_mg: number): LedgerEntry => ({
  kind: "lot_opened",
  body: {
    lot,
    kind: "magnets",
    owner: "recycler",
    place: "site",
    at: AT,
    mass_mg: measured(mass_mg, 50, "scale:A"),
    elements_mg: { Nd: measured(nd_mg, nd_mg * 0.05, "family:x") },
    made_by: "C",
    data_from: [],
    notes: {},
  },
});

/** A step that halves a lot, with a scale whose error leaves something open and a loss. */
export function halving(
  book: MemoryBook<LedgerRecords>,
  lot: Lot,
  given: { step: string; open_mg: number },
): LedgerEntry | undefined {
  const half = Math.floor(lot.mass_mg.best / 2);
  if (half < 2_000) return undefined;
  const weighed = { kind: "magnets", scale: "B", doubt_mg: inHalves(40), content: { by: "share" as const } };
  const decided = decideStep(
    new Map(book.all("lot").map((l) => [l.id, l])),
    { names: new Set(book.all("lot").map((l) => l.id)), takings: takingsOf(book) },
    stepOf({
      step: given.step,
      site: lot.place,
      inputs: [{ lot: lot.id }],
      outputs: [
        { lot: `${given.step}-1`, mass_mg: half, ...weighed },
        { lot: `${given.step}-2`, mass_mg: lot.mass_mg.best - half - 1_000 - given.open_mg, ...weighed },
      ],
      losses: [
        { place: "dust", mass_mg: 1_000, doubt_mg: inHalves(1), scale: "B", content: { by: "share" } },
      ],
      accept_open: "counted later",
    }),
  );
  return decided.ok ? { kind: "step_recorded", body: decided.value } : undefined;
}

/** What happens next, from the books and two numbers of chance; nothing where it would be refused. */
function happening(
  book: MemoryBook<LedgerRecords>,
  given: { what: number; which: number; nth: number },
): LedgerEntry | undefined {
  const { what, which, nth } = given;
  const lots = book.all("lot").filter((l) => l.state === "on_hand" || l.state === "in_transit");
  const lot = lots[which % Math.max(1, lots.length)];
  if (what === 0 || !lot) return opened(`L-${nth}`, 1_000_000 + which, 200_000);
  if (what === 1)
    return lot.state === "on_hand"
      ? halving(book, lot, { step: `S-${nth}`, open_mg: (which % 90) - 45 })
      : undefined;
  if (what === 2) {
    const step = book.all("step")[which % Math.max(1, book.all("step").length)];
    const held = new Map(book.all("lot").map((l) => [l.id, l]));
    const decided = decideReversal(
      step,
      { lots: held, takings: takingsOf(book) },
      { step: step?.step ?? "", at: LATER, why: "w" },
    );
    return decided.ok ? { kind: "step_reversed", body: decided.value } : undefined;
  }
  if (what === 3) {
    const away = lot.state === "on_hand";
    const to = away ? `transit:B-${nth}` : which % 2 === 0 ? "refinery" : "site";
    const state = away ? ("in_transit" as const) : ("on_hand" as const);
    return { kind: "lots_moved", body: { lots: [lot.id], to, state, at: AT, shipment: `B-${nth}` } };
  }
  if (what === 4) {
    const before = { mass_mg: lot.mass_mg, elements_mg: lot.elements_mg };
    const after = {
      mass_mg: measured(lot.mass_mg.best + (which % 2) * 450, 9, "scale:R"),
      elements_mg: { Nd: exactly(7) },
    };
    return {
      kind: "lot_restated",
      body: { lot: lot.id, at: AT, why: "stocktake", evidence: "e", before, after },
    };
  }
  if (what === 5)
    return {
      kind: "title_passed",
      body: { lot: lot.id, from: lot.owner, to: which % 2 ? "refiner" : "trader", at: AT, why: "w" },
    };
  const delivered = {
    lot: lot.id,
    mass_mg: 1 + (which % lot.mass_mg.best),
    at: AT,
    to: "buyer",
    shipment: "B",
  };
  const decided = decideDelivery(lot, new Map(), delivered);
  return decided.ok ? { kind: "lot_delivered", body: decided.value } : undefined;
}

export const history = fc.array(fc.record({ what: fc.nat(6), which: fc.nat(5_000_000) }), {
  minLength: 12,
  maxLength: 40,
});

export async function lived(events: readonly { what: number; which: number }[]) {
  const book = new MemoryBook<LedgerRecords>();
  const log: LedgerEntry[] = [];
  for (const [nth, event] of events.entries()) {
    const entry = happening(book, { ...event, nth });
    if (!entry) continue;
    await applyLedger(book, entry);
    log.push(entry);
  }
  return { book, log, fresh: () => new Standing((step) => book.get("step", step)) };
}
