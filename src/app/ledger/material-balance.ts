import { z } from "zod";
import { Id, Instant } from "../../contract/fields.ts";
import {
  ALL_MASS,
  areaOf,
  COLUMNS,
  type Entry,
  type Flow,
  flowsOf,
  inFigure,
  MaterialBalance,
} from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { LedgerStore } from "../ports.ts";
import { query } from "../use-case.ts";
import { everyEntry, freshBooks, isAfter } from "./walk.ts";

const Period = {
  from: Instant.optional().describe("opening: entries booked up to this instant"),
  to: Instant.optional().describe("closing: entries booked after this instant do not count"),
  owner: Id.optional(),
};

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly owner?: string | undefined;
}

const runsBackwards = ({ from, to }: Asked) =>
  from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to)
    ? refuse("period_runs_backwards", "to", "a period ends after it begins")
    : undefined;

/** The flows of a period in the order of the log; `onOpening` sees the books as the period begins. */
async function* flowsIn(
  store: LedgerStore,
  asked: Asked,
  onOpening: (books: ReturnType<typeof freshBooks>) => void = () => {},
): AsyncGenerator<{ readonly entry: Entry; readonly flows: readonly Flow[] }, ReturnType<typeof freshBooks>> {
  const books = freshBooks(store);
  let opened = asked.from === undefined;
  if (opened) onOpening(books);
  for await (const entry of everyEntry(store)) {
    if (asked.to !== undefined && isAfter(entry, asked.to)) break;
    if (!opened && asked.from !== undefined && isAfter(entry, asked.from)) {
      opened = true;
      onOpening(books);
    }
    const flows = opened ? await flowsOf(entry, books) : [];
    await books.take(entry);
    const mine = flows.filter((flow) => counts(flow, asked.owner));
    if (mine.length > 0) yield { entry, flows: mine };
  }
  if (!opened) onOpening(books);
  return books;
}

/** A title that passes changes nothing on the floor: it counts only where the books of one owner are looked at. */
const counts = (flow: Flow, owner: string | undefined): boolean =>
  owner === undefined ? !/title_(from|to):/.test(`${flow.from} ${flow.to}`) : flow.owner === owner;

export const materialBalance = query({
  room: "ledger",
  verb: "material-balance",
  summary:
    "A period of each place and element: opening, in, added, restated, out, lost, unexplained with its sigmas, closing.",
  input: z.object(Period),
  example: { from: "2026-01-01T00:00:00Z", to: "2026-03-31T23:59:59Z" },
  async answer({ store }, asked) {
    const backwards = runsBackwards(asked);
    if (backwards) return backwards;
    const balance = new MaterialBalance();
    const mine = (books: ReturnType<typeof freshBooks>) =>
      [...books.lots.values()].filter((lot) => asked.owner === undefined || lot.owner === asked.owner);
    const walk = flowsIn(store, asked, (books) => balance.open(mine(books), areaOf));
    let entries = 0;
    let step = await walk.next();
    for (; !step.done; step = await walk.next()) {
      entries++;
      for (const flow of step.value.flows) balance.add(flow);
    }
    balance.close(mine(step.value), areaOf);
    return done({ entries, rows: balance.rows(), links: balance.links() });
  },
});

export const balanceEntries = query({
  room: "ledger",
  verb: "balance-entries",
  summary: "The entries behind one figure of the material balance, each with the amount it put there.",
  input: z.object({
    ...Period,
    area: z.string().max(80).describe("a place of the balance, or transit"),
    element: z.string().max(8).default(ALL_MASS).describe("an element, or mass"),
    column: z.enum(COLUMNS),
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  example: { area: "noblesville", element: "Nd", column: "lost" as const, after: 0, limit: 50 },
  async answer({ store }, { after, limit, area, element, column, ...asked }) {
    const backwards = runsBackwards(asked);
    if (backwards) return backwards;
    const items: object[] = [];
    let last = 0;
    for await (const { entry, flows } of flowsIn(store, asked)) {
      if (entry.seq <= after) continue;
      const here = flows.flatMap((flow) => {
        const figure = inFigure(flow, { area, element, column });
        return figure ? [lineOf(entry, flow, figure)] : [];
      });
      if (here.length === 0) continue;
      if (items.length >= limit) return done({ items, next: last });
      items.push(...here);
      last = entry.seq;
    }
    return done({ items });
  },
});

function lineOf(entry: Entry, flow: Flow, figure: { readonly mg: number; readonly sd_mg: number }) {
  const { step, shipment } = entry.body as { step?: string; shipment?: string };
  return {
    seq: entry.seq,
    time: entry.time,
    kind: entry.kind,
    actor: entry.actor,
    from: flow.from,
    to: flow.to,
    ...(flow.lot === undefined ? {} : { lot: flow.lot }),
    ...(step === undefined ? {} : { step }),
    ...(shipment === undefined ? {} : { shipment }),
    ...figure,
    ...(flow.to === "unaccounted" && figure.sd_mg > 0 ? { sigmas: Math.abs(figure.mg) / figure.sd_mg } : {}),
  };
}
