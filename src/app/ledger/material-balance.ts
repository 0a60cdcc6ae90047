import { z } from "zod";
import { Instant } from "../../contract/fields.ts";
import { ElementSymbol, PartyId, PlaceName, titled } from "../../contract/identifiers.ts";
import {
  ALL_MASS,
  areaOf,
  COLUMNS,
  type Entry,
  type Figure,
  type Flow,
  inFigure,
  MaterialBalance,
} from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { LedgerStore } from "../core/ports.ts";
import { query } from "../core/use-case.ts";
import { counts, pastOf } from "./past.ts";
import { lastUpTo } from "./walk.ts";

const Period = {
  from: titled(Instant, "from").optional().describe("opening: entries booked up to this instant"),
  to: titled(Instant, "to").optional().describe("closing: entries booked after this instant do not count"),
  owner: PartyId().optional(),
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

/** The period as entries: what comes after the one, up to the other. */
async function periodOf(store: LedgerStore, { from, to, owner: asked }: Asked) {
  const { past, owner, sites } = await pastOf(store, asked);
  const head = past.last?.seq ?? 0;
  const upTo = async (at: string) => Math.min(head, await lastUpTo(store, at));
  return {
    ...{ past, owner, sites },
    after: from === undefined ? 0 : await upTo(from),
    to: to === undefined ? head : await upTo(to),
  };
}

/** A period, as it is told. */
interface PeriodBalance {
  /**
   * Entries that moved anything of the owner's whose books these are, wherever it stood; of everyone's where they are nobody's alone. At
   * a firm's own sites rows and links tell of what is others' too: how many entries that took stands at each link, and not here.
   */
  readonly entries: number;
  readonly rows: ReturnType<MaterialBalance["rows"]>;
  readonly links: ReturnType<MaterialBalance["links"]>;
}

export const materialBalance = query({
  room: "ledger",
  verb: "material-balance",
  summary:
    "A period of each place and element: opening, in, added, restated, out, lost, unexplained with its sigmas, closing.",
  input: z.strictObject(Period),
  example: { from: "2026-01-01T00:00:00Z", to: "2026-03-31T23:59:59Z" },
  async answer({ store }, asked) {
    const backwards = runsBackwards(asked);
    if (backwards) return backwards;
    const period = await periodOf(store, asked);
    const { owner, sites } = period;
    const own = await balanceIn(period, owner);
    const told: PeriodBalance = { entries: own.entries, rows: own.rows(), links: own.links() };
    if (sites.size === 0) return done(told);
    // At their own sites everything, whoever's it is; elsewhere what is theirs.
    const all = await balanceIn(period, undefined);
    const isHere = ({ from, to }: { readonly from: string; readonly to: string }) =>
      sites.has(from) || sites.has(to);
    return done<PeriodBalance>({
      entries: told.entries,
      rows: [
        ...all.rows().filter(({ area }) => sites.has(area)),
        ...told.rows.filter(({ area }) => !sites.has(area)),
      ],
      links: [...all.links().filter(isHere), ...told.links.filter((link) => !isHere(link))],
    });
  },
});

/** What moved in a period, of one owner or of all. */
async function balanceIn(
  { past, ...period }: Pick<Awaited<ReturnType<typeof periodOf>>, "past" | "after" | "to">,
  owner: string | undefined,
): Promise<MaterialBalance> {
  const lotsAfter = async (seq: number) =>
    [...(await past.after(seq)).books.lots.values()].filter((lot) => (owner ?? lot.owner) === lot.owner);
  const balance = new MaterialBalance();
  balance.open(await lotsAfter(period.after), areaOf);
  for await (const part of past.moved(period)) {
    if ("sums" in part) balance.merge(part.sums.of(owner));
    else balance.addEntry(part.flows.filter((flow) => counts(flow, owner)));
  }
  balance.close(await lotsAfter(period.to), areaOf);
  return balance;
}

export const balanceEntries = query({
  room: "ledger",
  verb: "balance-entries",
  summary: "The entries behind one figure of the material balance, each with the amount it put there.",
  input: z.strictObject({
    ...Period,
    area: PlaceName(z.string().max(80)).describe("a place of the balance, or transit"),
    element: ElementSymbol(z.string().max(8)).default(ALL_MASS).describe("an element, or mass"),
    column: z.enum(COLUMNS),
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  example: { area: "noblesville", element: "Nd", column: "lost" as const, after: 0, limit: 50 },
  async answer({ store }, { after, limit, area, element, column, ...asked }) {
    const backwards = runsBackwards(asked);
    if (backwards) return backwards;
    const { past, owner: alone, sites, ...period } = await periodOf(store, asked);
    const owner = sites.has(area) ? undefined : alone;
    const figure = { area, element, column };
    const items: ReturnType<typeof lineOf>[] = [];
    let last = 0;
    for await (const part of past.moved({
      after: Math.max(after, period.after),
      to: period.to,
      opens: (sums) => sums.of(owner).holds(figure),
    })) {
      if ("sums" in part) continue;
      const { entry, flows } = part;
      const here = flows
        .filter((flow) => counts(flow, owner))
        .flatMap((flow) => {
          const amount = inFigure(flow, figure);
          return amount ? [lineOf(entry, flow, amount)] : [];
        });
      if (here.length === 0) continue;
      if (items.length >= limit) return done({ items, next: last });
      items.push(...here);
      last = entry.seq;
    }
    return done({ items });
  },
});

function lineOf(entry: Entry, flow: Flow, figure: Figure) {
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
