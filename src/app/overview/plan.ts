import { z } from "zod";
import { SPECIFICATIONS } from "../../certify/index.ts";
import { ATOMIC_WEIGHTS, readOxide, TRADED_OXIDE } from "../../chemistry/index.ts";
import { type Lot, productOf } from "../../ledger/index.ts";
import { type Buyer, coverOrders, type Expected, type LotOnOffer, type Order } from "../../orders/index.ts";
import { done } from "../../quantity/index.ts";
import { type Campaign, endOf, feedOf, SYSTEMS } from "../../refine/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { LedgerStore } from "../core/ports.ts";
import { query } from "../core/use-case.ts";
import { heldLots } from "../ledger/balance.ts";
import { offerOn } from "../orders/offered.ts";

/** A campaign on a column, from its start to when its cycles should be through, or were. */
export interface Booking {
  readonly campaign: string;
  readonly lot: string;
  readonly state: Campaign["state"];
  readonly from: string;
  readonly to: string;
}

/** Weeks that are over are shown so far back; what is planned is shown however far ahead. */
const WEEKS_BACK = 26;
const WEEK_MS = 7 * 86_400_000;

/** Milligrams of traded oxide that hold one mole of the element. */
function oxideOfMole_mg(element: string): { readonly oxide: string; readonly mg: number } | undefined {
  const formula = TRADED_OXIDE[element];
  const oxide = formula === undefined ? undefined : readOxide(formula);
  if (formula === undefined || !oxide?.ok) return undefined;
  const { metal, metalFraction } = oxide.value;
  return { oxide: formula, mg: (Number(ATOMIC_WEIGHTS[metal]) / metalFraction.toNumber()) * 1000 };
}

export const bookingOf = (campaign: Campaign): Booking => ({
  campaign: campaign.campaign,
  lot: campaign.lot,
  state: campaign.state,
  from: campaign.at,
  to: campaign.run?.at ?? endOf(campaign.at, campaign.duration_h),
});

/** How much of what was planned for is still in the lot: some may have been drawn since. */
function stillThere(campaign: Campaign, lot: Lot): number {
  const system = SYSTEMS.find((s) => s.id === campaign.system);
  const feed = system && feedOf(system, lot.elements_mg);
  return feed?.ok ? Math.min(1, feed.value.moles / campaign.feed.moles) : 0;
}

/**
 * What planned campaigns should give, by traded oxide, and when it should be there: of what is still in their lots, for the owner
 * of those, and not before now where a campaign is overdue.
 */
export function expectedOf(
  campaigns: readonly Campaign[],
  { lots, now }: { readonly lots: ReadonlyMap<string, Lot>; readonly now: string },
): readonly Expected[] {
  return campaigns.flatMap((c) => {
    const lot = lots.get(c.lot);
    if (c.state !== "planned" || lot?.state !== "on_hand") return [];
    const { campaign, lot: _, to } = bookingOf(c);
    const ready = Date.parse(to) < Date.parse(now) ? now : to;
    const part = stillThere(c, lot);
    return Object.entries(c.predicted).flatMap(([element, { yield_fraction, purity_fraction }]) => {
      const per = oxideOfMole_mg(element);
      const moles = part * c.feed.moles * (c.feed.mole_fractions[element] ?? 0) * yield_fraction;
      if (!per) return [];
      const { oxide, mg } = per;
      const mass_mg = Math.floor(moles * mg);
      return [{ campaign, owner: lot.owner, oxide, purity_fraction, ready, mass_mg }];
    });
  });
}

/** Least part of the product that each specification asks. */
const PURITY_MIN: Readonly<Record<string, number>> = Object.fromEntries(
  SPECIFICATIONS.map(({ id, purity_min_pct }) => [id, Number(purity_min_pct) / 100]),
);

type Store = Pick<LedgerStore, "load" | "list">;

async function columnsOf(store: Store, now: string) {
  const since = Date.parse(now) - WEEKS_BACK * WEEK_MS;
  const units = (await everyRecord(store, "unit")).filter((unit) => unit.kind === "column");
  return Promise.all(
    units.map(async (unit) => {
      const booked = (await store.load("unit_bookings", unit.id))?.record.bookings ?? [];
      const found = await Promise.all(
        booked
          .filter((b) => Date.parse(b.to) >= since)
          .map(async (b) => (await store.load("campaign", b.campaign))?.record),
      );
      return { unit, bookings: found.flatMap((campaign) => (campaign ? [bookingOf(campaign)] : [])) };
    }),
  );
}

async function openOrders(store: Store): Promise<{ orders: Order[]; buyers: Map<string, Buyer> }> {
  const [open, allocated] = await Promise.all(
    ["open", "allocated"].map((state) => everyRecord(store, "order", { where: { state } })),
  );
  const orders = [...(open ?? []), ...(allocated ?? [])];
  const buyers = new Map<string, Buyer>();
  for (const id of new Set(orders.map((o) => o.buyer))) {
    const buyer = await store.load("buyer", id);
    if (buyer) buyers.set(id, buyer.record);
  }
  return { orders, buyers };
}

export const plan = query({
  room: "overview",
  verb: "plan",
  summary:
    "Columns and what stands on them in past and coming weeks, and open orders against what can be promised to them now and the output of planned campaigns.",
  input: z.strictObject({}),
  example: {},
  async answer({ store, clock }) {
    const now = clock.now().toISOString();
    const held = await heldLots(store);
    const { orders, buyers } = await openOrders(store);
    const campaigns = await everyRecord(store, "campaign", { where: { state: "planned" } });
    const expected = expectedOf(campaigns, {
      lots: new Map(held.map((lot) => [lot.id, lot])),
      now,
    });
    const oxideOf = (lot: Lot) => productOf(lot) ?? "";
    const lots = held.filter((lot) => oxideOf(lot) !== "" && lot.state !== "delivered");
    const oxides = [
      ...new Set([...lots.map(oxideOf), ...orders.map((o) => o.oxide), ...expected.map((e) => e.oxide)]),
    ].sort();
    const asked = new Set(orders.map((o) => o.oxide));
    const offers: LotOnOffer[] = [];
    for (const lot of lots) if (asked.has(oxideOf(lot))) offers.push(await offerOn(store, lot));
    const covered = coverOrders({
      ...{ orders, buyers, lots: offers, expected, purity_min: PURITY_MIN },
      planned: new Set(campaigns.map((campaign) => campaign.lot)),
    });
    return done({
      at: now,
      columns: await columnsOf(store, now),
      oxides: oxides.map((oxide) => {
        const mine = new Set(orders.filter((o) => o.oxide === oxide).map((o) => o.order));
        const total = (parts: readonly { readonly mass_mg: number }[]) =>
          parts.reduce((mg, part) => mg + part.mass_mg, 0);
        const on_hand_mg = lots
          .filter((lot) => oxideOf(lot) === oxide && lot.state === "on_hand")
          .reduce((mg, lot) => mg + lot.mass_mg.best, 0);
        const promised_mg = total(orders.filter((o) => mine.has(o.order)).flatMap((o) => o.allocations));
        return {
          oxide,
          on_hand_mg,
          promised_mg,
          free_mg: Math.max(0, on_hand_mg - promised_mg),
          planned_mg: total(expected.filter((e) => e.oxide === oxide)),
          orders: covered.filter((o) => mine.has(o.order)),
        };
      }),
    });
  },
});
