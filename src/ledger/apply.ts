import { assert, type Measured } from "../quantity/index.ts";
import { lesserOf } from "./agreed.ts";
import type { Book } from "./book.ts";
import { carryTakings, deliverTaken, putBack, type TakingsMoved } from "./carry.ts";
import { draw, drawDelivered, leftBy } from "./draw.ts";
import type {
  FeedMeasured,
  LedgerBodies,
  LedgerEntry,
  LotDelivered,
  LotOpened,
  LotRestated,
  TitlePassed,
} from "./entries.ts";
import type { InstrumentRecords } from "./instrument.ts";
import type { Contents, ElementContents, Lot, LotId } from "./lot.ts";
import { noteEntry } from "./noted.ts";
import { marksBefore, measuredFrom } from "./put-right.ts";
import { raisedIn, remeasured } from "./raised.ts";
import { risenBy } from "./risen.ts";
import type { RunRecords } from "./runs.ts";
import type { StepRecorded } from "./step.ts";
import { sumFeeds } from "./sums.ts";
import type { TakingRecords } from "./taking.ts";

/** What a named place of an owner has gathered. Received and added places run negative, so that the whole adds up to zero. */
export interface Place {
  readonly owner: string;
  readonly place: string;
  readonly mass_mg: number;
  readonly elements_mg: Readonly<Record<string, number>>;
}

/** A step as the books hold it. */
export interface StepRecord extends StepRecorded {
  readonly owner: string;
  readonly reversed?: { readonly at: string; readonly why: string };
  /** What it drew of the takings of its inputs and gave to its outputs, or, taken back, put back; absent where nothing was taken. */
  readonly takings?: TakingsMoved;
}

export interface FeedRecord {
  readonly feed: LotId;
  /** Claims end here: at what was measured, or what both firms agree since where that is less. */
  readonly measured_mg: FeedMeasured["elements_mg"];
  /** What was measured, where less was agreed on since. */
  readonly declared_mg?: FeedMeasured["elements_mg"];
}

/** What entries of this room fold to, by collection. */
export interface LedgerRecords extends TakingRecords, RunRecords, InstrumentRecords {
  readonly lot: Lot;
  readonly place: Place;
  readonly step: StepRecord;
  readonly feed: FeedRecord;
  readonly stocktake: LedgerBodies["stock_taken"];
}

/** Folds one entry of this room into the book. Entries were decided before they were written, so nothing is refused here. */
export async function applyLedger(book: Book<LedgerRecords>, entry: LedgerEntry): Promise<void> {
  await applyAmounts(book, entry);
  await noteEntry(book, entry);
}

/** As far as lots and what they hold go, without what is noted beside them of months and instruments. */
export async function applyAmounts(book: Book<LedgerRecords>, entry: LedgerEntry): Promise<void> {
  switch (entry.kind) {
    case "lot_opened":
      return openLot(book, entry.body);
    case "lots_moved":
      return moveLots(book, entry.body);
    case "lots_held":
      return holdLots(book, entry.body);
    case "lot_restated":
      return restateLot(book, entry.body);
    case "stock_taken":
      return book.put("stocktake", entry.body.stocktake, entry.body);
    case "feed_measured":
      return measureFeed(book, entry.body);
    case "feed_agreed":
      return agreeFeed(book, entry.body);
    case "lot_delivered":
      return deliverLot(book, entry.body);
    case "title_passed":
      return passTitle(book, entry.body);
    case "step_recorded":
      return recordStep(book, entry.body);
    case "step_reversed":
      return reverseStep(book, entry.body);
  }
}

/** The kinds of entry this room folds, each in the words of those who read the books. */
export const LEDGER_KINDS: { readonly [K in keyof LedgerBodies]: string } = {
  lot_opened: "lot opened",
  lots_moved: "lots moved",
  lots_held: "lots held for their data",
  lot_restated: "lot restated",
  stock_taken: "stock taken",
  feed_measured: "feed measured",
  feed_agreed: "content of a feed agreed anew",
  lot_delivered: "lot delivered",
  title_passed: "title passed",
  step_recorded: "step recorded",
  step_reversed: "step taken back",
};

async function theLot(book: Book<LedgerRecords>, id: LotId): Promise<Lot> {
  const lot = await book.get("lot", id);
  assert(lot, `lot ${id} is on the books`);
  return lot;
}

async function post(
  book: Book<LedgerRecords>,
  where: { readonly owner: string; readonly place: string },
  what: {
    readonly mass_mg: number;
    readonly elements_mg: Readonly<Record<string, number>>;
    readonly sign: 1 | -1;
  },
): Promise<void> {
  const id = `${where.owner}|${where.place}`;
  const before = await book.get("place", id);
  const elements: Record<string, number> = { ...before?.elements_mg };
  for (const [element, mg] of Object.entries(what.elements_mg)) {
    elements[element] = (elements[element] ?? 0) + what.sign * mg;
  }
  const mass_mg = (before?.mass_mg ?? 0) + what.sign * what.mass_mg;
  assert(Number.isSafeInteger(mass_mg), "a place holds a whole number of milligrams");
  book.put("place", id, { ...where, mass_mg, elements_mg: elements });
}

const bests = (elements: ElementContents): Record<string, number> =>
  Object.fromEntries(Object.entries(elements).map(([element, content]) => [element, content.best]));

const amounts = (of: { readonly mass_mg: Measured; readonly elements_mg: ElementContents }) => ({
  mass_mg: of.mass_mg.best,
  elements_mg: bests(of.elements_mg),
});

async function openLot(book: Book<LedgerRecords>, body: LotOpened): Promise<void> {
  const { lot, kind, owner, place, mass_mg, elements_mg, made_by, data_from, notes } = body;
  book.put("lot", lot, {
    id: lot,
    kind,
    owner,
    place,
    state: "on_hand",
    mass_mg,
    elements_mg,
    opened: { at: body.at, mass_mg, elements_mg },
    feeds_mg: {},
    parents: [],
    children: [],
    made_by,
    data_from,
    notes,
  });
  await post(book, { owner, place: "received" }, { ...amounts(body), sign: -1 });
}

async function moveLots(book: Book<LedgerRecords>, body: LedgerBodies["lots_moved"]): Promise<void> {
  for (const id of body.lots) {
    const lot = await theLot(book, id);
    book.put("lot", id, { ...lot, place: body.to, state: body.state, there_since: body.at });
  }
}

async function holdLots(
  book: Book<LedgerRecords>,
  { lots, consignment }: LedgerBodies["lots_held"],
): Promise<void> {
  for (const id of lots) {
    const lot = await theLot(book, id);
    book.put("lot", id, { ...lot, data_from: [...new Set([...lot.data_from, consignment])].sort() });
  }
}

async function restateLot(book: Book<LedgerRecords>, body: LotRestated): Promise<void> {
  const lot = await theLot(book, body.lot);
  const { mass_mg, elements_mg } = body.after;
  const feeds_mg = body.after.feeds_mg ?? ownLowered(lot, elements_mg);
  const { remeasured_mg: _, raised: __, risen: ___, measured_from: ____, missed: _____, ...known } = lot;
  const found = lot.parents.length > 0 ? remeasured({ ...lot, raised: marksBefore(lot, body) }, body) : {};
  const anew = { ...measuredFrom(lot, body), ...found };
  const counted = body.why === "stocktake" ? { counted_at: body.at } : {};
  book.put("lot", lot.id, {
    ...known,
    ...anew,
    ...counted,
    ...missedBy(lot, body),
    mass_mg,
    elements_mg,
    feeds_mg,
  });
  const where = { owner: lot.owner, place: "restated" };
  await post(book, where, { ...amounts(body.before), sign: 1 });
  await post(book, where, { ...amounts(body.after), sign: -1 });
}

/** A lot that is not found keeps what is known of it; looked for in vain once more, it is the same. */
const missedBy = (lot: Lot, { why, before, after }: LotRestated): Pick<Lot, "missed"> => {
  if (why !== "stocktake" || after.mass_mg.best > 0) return {};
  if (before.mass_mg.best <= 0) return lot.missed ? { missed: lot.missed } : {};
  return { missed: { mass_mg: before.mass_mg, elements_mg: before.elements_mg } };
};

/** The first rules: a restatement lowers a feed's own share to its content, and leaves shares of other feeds alone. */
function ownLowered(lot: Lot, elements_mg: ElementContents): Lot["feeds_mg"] {
  const own = lot.feeds_mg[lot.id];
  if (!own) return lot.feeds_mg;
  const lowered = Object.entries(own).map(
    ([element, mg]) => [element, Math.min(mg, elements_mg[element]?.best ?? 0)] as const,
  );
  return { [lot.id]: Object.fromEntries(lowered) };
}

async function measureFeed(book: Book<LedgerRecords>, body: LedgerBodies["feed_measured"]): Promise<void> {
  // What was settled of a feed is what it holds, whatever was found in it before: but not what a count found beyond that.
  const settled = await theLot(book, body.feed);
  const { remeasured_mg: _, raised: __, risen: ___, measured_from: ____, missed: _____, ...lot } = settled;
  const shares = Object.fromEntries(
    Object.entries(body.elements_mg).map(([element, { best }]) => [element, best]),
  );
  const more = body.raised ? { raised: body.raised } : {};
  book.put("lot", lot.id, { ...lot, ...more, feeds_mg: { [lot.id]: shares } });
  book.put("feed", body.feed, { feed: body.feed, measured_mg: body.elements_mg });
}

async function agreeFeed(book: Book<LedgerRecords>, body: LedgerBodies["feed_agreed"]): Promise<void> {
  const feed = await book.get("feed", body.feed);
  assert(feed, `${body.feed} was measured before it was agreed on anew`);
  const declared_mg = feed.declared_mg ?? feed.measured_mg;
  book.put("feed", feed.feed, {
    ...{ feed: feed.feed, measured_mg: lesserOf(declared_mg, body.elements_mg), declared_mg },
  });
}

async function deliverLot(book: Book<LedgerRecords>, body: LotDelivered): Promise<void> {
  const lot = await theLot(book, body.lot);
  const { taken, left } = drawDelivered(lot, body);
  await deliverTaken(book, { lot, mass_mg: body.mass_mg, shipment: body.shipment });
  book.put("lot", lot.id, {
    ...lot,
    ...left,
    state: left.mass_mg.best === 0 ? "delivered" : lot.state,
  });
  await post(book, { owner: lot.owner, place: `delivered:${body.to}` }, { ...amounts(taken), sign: 1 });
}

async function passTitle(book: Book<LedgerRecords>, body: TitlePassed): Promise<void> {
  const lot = await theLot(book, body.lot);
  await post(book, { owner: body.from, place: `title_to:${body.to}` }, { ...amounts(lot), sign: 1 });
  await post(book, { owner: body.to, place: `title_from:${body.from}` }, { ...amounts(lot), sign: -1 });
  const before = body.rules === 2 ? { owned_before: [...(lot.owned_before ?? []), body.from] } : {};
  book.put("lot", lot.id, { ...lot, owner: body.to, owned_since: body.at, ...before });
}

async function recordStep(book: Book<LedgerRecords>, body: StepRecorded): Promise<void> {
  const made = body.outputs.map((o) => o.lot);
  const before: Lot[] = [];
  for (const { lot } of body.inputs) before.push(await theLot(book, lot));
  const takings = await carryTakings(book, body, before);
  let owner = body.outputs[0]?.owner ?? "";
  for (const input of body.inputs) {
    const lot = await theLot(book, input.lot);
    owner = lot.owner;
    const drawn = { lot, mass_mg: input.mass_mg, entry: `${body.step}/${lot.id}` };
    const left = leftBy(body.rules, drawn);
    const state = left.mass_mg.best === 0 ? "consumed" : lot.state;
    const trace = made.length > 0 ? {} : { lost_in: [...(lot.lost_in ?? []), body.step] };
    book.put("lot", lot.id, { ...lot, ...left, ...trace, state, children: [...lot.children, ...made] });
  }
  const parents = body.inputs.map((i) => ({ lot: i.lot, mass_mg: i.mass_mg.best }));
  const descent = body.rules === 4 ? risenBy(body, before) : {};
  for (const output of body.outputs) {
    const { lot, kind, place, data_from, notes, mass_mg, elements_mg, feeds_mg } = output;
    book.put("lot", lot, {
      id: lot,
      kind,
      owner: output.owner,
      place,
      state: "on_hand",
      mass_mg,
      elements_mg,
      opened: { at: body.at, mass_mg, elements_mg },
      feeds_mg,
      parents,
      children: [],
      made_by: body.step,
      data_from,
      notes,
      ...descent,
      ...raisedIn(before, { mass_mg, elements_mg, ...descent }),
    });
  }
  await postStep(book, { owner, body, sign: 1 });
  const carried = Object.keys(takings.drawn).length > 0 ? { takings } : {};
  book.put("step", body.step, { ...body, owner, ...carried });
}

/** Books what a step added, lost and left open. `sign` -1 takes it back. */
async function postStep(
  book: Book<LedgerRecords>,
  given: { owner: string; body: StepRecorded; sign: 1 | -1 },
): Promise<void> {
  const { owner, body, sign } = given;
  for (const addition of body.additions) {
    await post(book, { owner, place: "added" }, { ...amounts(addition), sign: sign === 1 ? -1 : 1 });
  }
  for (const loss of body.losses) {
    await post(book, { owner, place: `lost:${loss.place}` }, { ...amounts(loss), sign });
  }
  const open = Object.entries(body.closure.elements).filter(([, b]) => b.residual_mg !== 0);
  if (body.closure.mass.residual_mg !== 0 || open.length > 0) {
    await post(
      book,
      { owner, place: "unaccounted" },
      {
        mass_mg: body.closure.mass.residual_mg,
        elements_mg: Object.fromEntries(open.map(([element, b]) => [element, b.residual_mg])),
        sign,
      },
    );
  }
}

async function reverseStep(book: Book<LedgerRecords>, body: LedgerBodies["step_reversed"]): Promise<void> {
  const step = await book.get("step", body.step);
  assert(step, `step ${body.step} is on the books`);
  const made = new Set(step.outputs.map((o) => o.lot));
  for (const output of step.outputs) {
    const lot = await theLot(book, output.lot);
    const nothing: Contents = draw(lot, lot.mass_mg.best, 2).left;
    book.put("lot", lot.id, { ...lot, ...nothing, state: "reversed" });
  }
  for (const input of step.inputs) {
    const { lost_in = [], ...lot } = await theLot(book, input.lot);
    const lost = lost_in.filter((other) => other !== step.step);
    book.put("lot", lot.id, {
      ...lot,
      ...(lost.length > 0 ? { lost_in: lost } : {}),
      ...restored(lot, input),
      state: "on_hand",
      children: lot.children.filter((c) => !made.has(c)),
    });
  }
  const takings = step.takings && (await putBack(book, step.takings, { made: [...made], rules: body.rules }));
  await postStep(book, { owner: step.owner, body: step, sign: -1 });
  const reversed = { at: body.at, why: body.why };
  book.put("step", step.step, { ...step, ...(takings ? { takings } : {}), reversed });
}

/** Puts a draw back: whole numbers add exactly, and moves of one lot's own causes add linearly. */
function restored(lot: Contents, input: Contents): Contents {
  const add = (a: Measured | undefined, b: Measured | undefined): Measured => {
    const moves: Record<string, number> = { ...a?.moves };
    for (const [cause, move] of Object.entries(b?.moves ?? {})) {
      const moved = (moves[cause] ?? 0) + move;
      if (moved === 0) delete moves[cause];
      else moves[cause] = moved;
    }
    return { best: (a?.best ?? 0) + (b?.best ?? 0), moves };
  };
  const names = new Set([...Object.keys(lot.elements_mg), ...Object.keys(input.elements_mg)]);
  return {
    mass_mg: add(lot.mass_mg, input.mass_mg),
    elements_mg: Object.fromEntries(
      [...names].map((name) => {
        const below = lot.elements_mg[name]?.below || input.elements_mg[name]?.below;
        return [
          name,
          { ...add(lot.elements_mg[name], input.elements_mg[name]), ...(below ? { below } : {}) },
        ];
      }),
    ),
    feeds_mg: sumFeeds([lot.feeds_mg, input.feeds_mg]),
  };
}
