import { subtract } from "../quantity/index.ts";
import type { LedgerRecords } from "./apply.ts";
import type { Book } from "./book.ts";
import type { LedgerBodies, LedgerEntry } from "./entries.ts";
import { notePair, pairOf } from "./instrument.ts";
import { noteRestated, noteStep } from "./runs.ts";
import type { StepRecorded } from "./step.ts";

/** What an entry tells of the month of its site and of the instruments it was made with (L39, L40); the books hold it already. */
export async function noteEntry(book: Book<LedgerRecords>, entry: LedgerEntry): Promise<void> {
  switch (entry.kind) {
    case "lot_restated": {
      const lot = await book.get("lot", entry.body.lot);
      return lot && noteRestated(book, lot.place, entry.body);
    }
    case "stock_taken":
      return noteCounts(book, entry.body);
    case "step_recorded":
      await noteStep(book, entry.body, 1);
      return noteWeighedAnew(book, entry.body);
    case "step_reversed": {
      const step = await book.get("step", entry.body.step);
      return step && noteStep(book, step, -1);
    }
    default:
  }
}

/** A count tells of the instruments it was made with. */
async function noteCounts(book: Book<LedgerRecords>, body: LedgerBodies["stock_taken"]): Promise<void> {
  for (const { difference_mg, off_moves_mg, both, counted_mg, kept } of body.counts) {
    if (off_moves_mg === undefined || kept) continue;
    const off_mg = { best: difference_mg, moves: off_moves_mg };
    await notePair(book, { off_mg, both: both ?? [], load_mg: counted_mg ?? 0, at: body.at });
  }
}

/** A lot that a step only weighed anew tells of the scales it stood on. */
async function noteWeighedAnew(
  book: Book<LedgerRecords>,
  { inputs, outputs, at }: StepRecorded,
): Promise<void> {
  const [input] = inputs;
  const reading = outputs[0]?.read_mg;
  if (!input || !reading) return;
  await notePair(book, pairOf(reading, input.mass_mg, { off_mg: subtract(reading, input.mass_mg), at }));
}
