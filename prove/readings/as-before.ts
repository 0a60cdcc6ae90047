import {
  applyLedger,
  draw,
  type LedgerEntry,
  type LedgerRecords,
  type Lot,
  type LotRestated,
  MemoryBook,
  type StepRecorded,
} from "../../src/ledger/index.ts";
import { type Measured, spread } from "../../src/quantity/index.ts";

const BIAS = "bias:";
const OF_A_READING = /^(reading|bias|small):/;
const NOTHING: Measured = { best: 0, moves: {} };

/** A weighing as it was kept before: its scale is one cause for ever, and the whole doubt of the reading is that cause's. */
function weighedAsBefore(mass_mg: Measured): Measured {
  const bias = Object.keys(mass_mg.moves).find((cause) => cause.startsWith(BIAS)) ?? "";
  const scale = bias.slice(BIAS.length).split("@")[0] || "reckoned";
  return { best: mass_mg.best, moves: { [`scale:${scale}`]: spread(mass_mg) } };
}

/** A content as it was told or assayed before: what its reading errs by is one cause of its own. */
function readAsBefore(content: Measured, name: string): Measured {
  const moves: Record<string, number> = {};
  const own: number[] = [];
  for (const [cause, move] of Object.entries(content.moves))
    if (OF_A_READING.test(cause)) own.push(move);
    else moves[cause] = move;
  if (own.length > 0) moves[name] = Math.hypot(...own);
  return { best: content.best, moves };
}

const scaled = ({ moves }: Measured, of: number): Measured["moves"] =>
  Object.fromEntries(Object.entries(moves).map(([cause, move]) => [cause, move * of]));

/** A content that follows what went in, with the relative doubt of that: before, the doubt of no mass came with it. */
const sharedAsBefore = (best: number, all: Measured): Measured => ({
  best,
  moves: all.best === 0 ? {} : scaled(all, best / all.best),
});

const contents = (
  of: Readonly<Record<string, Measured>>,
  as: (content: Measured, element: string) => Measured,
) => Object.fromEntries(Object.entries(of).map(([element, content]) => [element, as(content, element)]));

/** What is drawn, by the rules of before, to the amounts that the entry states. */
function inputAsBefore(input: StepRecorded["inputs"][number], lot: Lot): StepRecorded["inputs"][number] {
  const { taken } = draw(lot, Math.min(input.mass_mg.best, lot.mass_mg.best), 3);
  return {
    ...input,
    mass_mg: { ...input.mass_mg, moves: taken.mass_mg.moves },
    elements_mg: contents(input.elements_mg, ({ best }, e) => ({
      best,
      moves: taken.elements_mg[e]?.moves ?? {},
    })),
  };
}

function stepAsBefore(step: StepRecorded, lots: ReadonlyMap<string, Lot>): StepRecorded {
  const inputs = step.inputs.map((input) => inputAsBefore(input, lots.get(input.lot) as Lot));
  const all = (element: string): Measured => {
    const moves: Record<string, number> = {};
    let best = 0;
    for (const { elements_mg } of inputs) {
      best += elements_mg[element]?.best ?? 0;
      for (const [cause, move] of Object.entries(elements_mg[element]?.moves ?? {}))
        moves[cause] = (moves[cause] ?? 0) + move;
    }
    return { best, moves };
  };
  const gathered = new Map<string, Measured>();
  const part = <
    P extends {
      readonly mass_mg: Measured;
      readonly elements_mg: StepRecorded["inputs"][number]["elements_mg"];
    },
  >(
    of: P,
    n: string,
  ): P => ({
    ...of,
    mass_mg: weighedAsBefore(of.mass_mg),
    elements_mg: contents(of.elements_mg, (content, element) => {
      // An assay's own reading is among what moves the content.
      if (`reading:${step.step}/${n}/${element}` in content.moves)
        return readAsBefore(content, `${step.step}/${n}/${element}`);
      const known = gathered.get(element) ?? all(element);
      gathered.set(element, known);
      return sharedAsBefore(content.best, known);
    }),
  });
  const closed = ({
    moves_mg: _,
    sd_random_mg: __,
    sd_shared_mg: ___,
    ...line
  }: StepRecorded["closure"]["mass"]) => line;
  const { mass, elements, closes } = step.closure;
  return {
    ...{ ...step, inputs, rules: 3 as const },
    additions: step.additions.map((addition, i) => part(addition, `+${i}`)),
    outputs: step.outputs.map(({ read_mg: _, ...output }, i) => part(output, String(i))),
    losses: step.losses.map((loss, i) => part(loss, `-${i}`)),
    closure: {
      mass: closed(mass),
      elements: Object.fromEntries(
        Object.entries(elements).map(([element, line]) => [element, closed(line)]),
      ),
      closes,
    },
  };
}

function restatedAsBefore(body: LotRestated, lot: Lot): LotRestated {
  const before = {
    mass_mg: { ...body.before.mass_mg, moves: lot.mass_mg.moves },
    elements_mg: contents(body.before.elements_mg, ({ best }, e) => ({
      best,
      moves: lot.elements_mg[e]?.moves ?? {},
    })),
  };
  return {
    ...{ ...body, before },
    after: {
      ...body.after,
      mass_mg: weighedAsBefore(body.after.mass_mg),
      elements_mg: contents(body.after.elements_mg, (content, e) =>
        body.why === "stocktake"
          ? sharedAsBefore(content.best, before.elements_mg[e] ?? NOTHING)
          : readAsBefore(content, `${body.evidence}/${e}`),
      ),
    },
  };
}

async function entryAsBefore(entry: LedgerEntry, book: MemoryBook<LedgerRecords>): Promise<LedgerEntry> {
  switch (entry.kind) {
    case "lot_opened": {
      const { lot, mass_mg, elements_mg } = entry.body;
      const told = contents(elements_mg, (content, element) => readAsBefore(content, `${lot}/${element}`));
      return {
        kind: entry.kind,
        body: { ...entry.body, mass_mg: weighedAsBefore(mass_mg), elements_mg: told },
      };
    }
    case "step_recorded": {
      const lots = new Map<string, Lot>();
      for (const { lot } of entry.body.inputs) lots.set(lot, (await book.get("lot", lot)) as Lot);
      return { kind: entry.kind, body: stepAsBefore(entry.body, lots) };
    }
    case "lot_restated":
      return {
        kind: entry.kind,
        body: restatedAsBefore(entry.body, (await book.get("lot", entry.body.lot)) as Lot),
      };
    case "stock_taken": {
      const counts = entry.body.counts.map(
        ({ off_moves_mg: _, both: __, sd_random_mg: ___, sd_shared_mg: ____, ...count }) => count,
      );
      return { kind: entry.kind, body: { ...entry.body, counts } };
    }
    default:
      return entry;
  }
}

/** The same lots and steps with the same amounts, their doubt as books kept it before readings had parts: one cause a scale, nothing lumped. */
export async function asBefore(log: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
  const book = new MemoryBook<LedgerRecords>();
  const before: LedgerEntry[] = [];
  for (const entry of log) {
    const told = await entryAsBefore(entry, book);
    before.push(told);
    await applyLedger(book, told);
  }
  return before;
}
