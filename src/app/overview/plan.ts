import { z } from "zod";
import { ATOMIC_WEIGHTS, readOxide, TRADED_OXIDE } from "../../chemistry/index.ts";
import type { Lot } from "../../ledger/index.ts";
import type { Order } from "../../orders/index.ts";
import { done } from "../../quantity/index.ts";
import type { Campaign } from "../../refine/index.ts";
import { everyRecord } from "../core/pages.ts";
import { query } from "../core/use-case.ts";
import { heldLots } from "../ledger/balance.ts";

/** A campaign on a column, from its start to when its cycles should be through, or were. */
export interface Booking {
  readonly campaign: string;
  readonly lot: string;
  readonly state: Campaign["state"];
  readonly from: string;
  readonly to: string;
}

export interface Asked {
  readonly order: string;
  readonly buyer: string;
  readonly due: string;
  readonly left_mg: number;
  /** Promised already, free in stock, expected of planned campaigns in time, and what nothing covers. */
  readonly promised_mg: number;
  readonly from_stock_mg: number;
  readonly from_plan_mg: number;
  readonly short_mg: number;
}

interface Expected {
  readonly oxide: string;
  readonly ready: string;
  readonly mass_mg: number;
}

const DAY_MS = 86_400_000;

/** Milligrams of traded oxide that hold one mole of the element. */
function oxideOfMole_mg(element: string): { readonly oxide: string; readonly mg: number } | undefined {
  const formula = TRADED_OXIDE[element];
  const oxide = formula === undefined ? undefined : readOxide(formula);
  if (formula === undefined || !oxide?.ok) return undefined;
  const { metal, metalFraction } = oxide.value;
  return { oxide: formula, mg: (Number(ATOMIC_WEIGHTS[metal]) / metalFraction.toNumber()) * 1000 };
}

export function bookingOf(campaign: Campaign): Booking {
  const cycle_s = Number(campaign.design["cycle_s"] ?? 0);
  const planned = new Date(Date.parse(campaign.at) + campaign.cycles * cycle_s * 1000).toISOString();
  return {
    campaign: campaign.campaign,
    lot: campaign.lot,
    state: campaign.state,
    from: campaign.at,
    to: campaign.run?.at ?? planned,
  };
}

/** What planned campaigns should give, by traded oxide, and the day it should be there. */
export function expectedOf(campaigns: readonly Campaign[]): readonly Expected[] {
  return campaigns
    .filter((c) => c.state === "planned")
    .flatMap((c) =>
      Object.entries(c.predicted).flatMap(([element, { yield_fraction }]) => {
        const per = oxideOfMole_mg(element);
        const moles = c.feed.moles * (c.feed.mole_fractions[element] ?? 0) * yield_fraction;
        return per ? [{ oxide: per.oxide, ready: bookingOf(c).to, mass_mg: Math.floor(moles * per.mg) }] : [];
      }),
    );
}

/**
 * Orders of one oxide against what there is and what is planned, the earliest due first. What is promised stays with its
 * order; free stock goes before planned output, and planned output counts only when it is there by the day it is due.
 */
export function coverOrders(given: {
  readonly orders: readonly Order[];
  readonly free_mg: number;
  readonly expected: readonly Expected[];
}): readonly Asked[] {
  let free_mg = given.free_mg;
  const coming = given.expected.map((e) => ({ ...e })).sort((a, b) => (a.ready < b.ready ? -1 : 1));
  return [...given.orders]
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
    .map((order) => {
      const shipped_mg = order.shipped.reduce((mg, s) => mg + s.mass_mg, 0);
      const promised_mg = order.allocations.reduce((mg, a) => mg + a.mass_mg, 0);
      const left_mg = order.mass_mg - shipped_mg;
      let open_mg = Math.max(0, left_mg - promised_mg);
      const from_stock_mg = Math.min(open_mg, free_mg);
      free_mg -= from_stock_mg;
      open_mg -= from_stock_mg;
      let from_plan_mg = 0;
      for (const lot of coming) {
        if (Date.parse(lot.ready) >= Date.parse(order.due) + DAY_MS) continue;
        const taken_mg = Math.min(open_mg, lot.mass_mg);
        lot.mass_mg -= taken_mg;
        open_mg -= taken_mg;
        from_plan_mg += taken_mg;
      }
      const { order: id, buyer, due } = order;
      return { order: id, buyer, due, left_mg, promised_mg, from_stock_mg, from_plan_mg, short_mg: open_mg };
    });
}

export const plan = query({
  room: "overview",
  verb: "plan",
  summary:
    "Columns and what stands on them, and open orders against stock and the output of planned campaigns.",
  input: z.strictObject({}),
  example: {},
  async answer({ store, clock }) {
    const units = await everyRecord(store, "unit");
    const campaigns = await everyRecord(store, "campaign");
    const orders = (await everyRecord(store, "order")).filter(
      (o) => o.state === "open" || o.state === "allocated",
    );
    const lots = (await heldLots(store)).filter((lot) => lot.kind === "oxide" && lot.state === "on_hand");
    const expected = expectedOf(campaigns);
    const oxideOf = (lot: Lot) => lot.notes["oxide"] ?? "";
    const oxides = [
      ...new Set([...lots.map(oxideOf), ...orders.map((o) => o.oxide), ...expected.map((e) => e.oxide)]),
    ].sort();
    return done({
      at: clock.now().toISOString(),
      columns: units
        .filter((u) => u.kind === "column")
        .map((unit) => ({
          unit,
          bookings: campaigns.filter((c) => c.columns.includes(unit.id)).map(bookingOf),
        })),
      oxides: oxides.map((oxide) => {
        const of = orders.filter((o) => o.oxide === oxide);
        const on_hand_mg = lots.filter((l) => oxideOf(l) === oxide).reduce((mg, l) => mg + l.mass_mg.best, 0);
        const promised_mg = of.flatMap((o) => o.allocations).reduce((mg, a) => mg + a.mass_mg, 0);
        const comes = expected.filter((e) => e.oxide === oxide);
        return {
          oxide,
          on_hand_mg,
          promised_mg,
          planned_mg: comes.reduce((mg, e) => mg + e.mass_mg, 0),
          orders: coverOrders({
            orders: of,
            free_mg: Math.max(0, on_hand_mg - promised_mg),
            expected: comes,
          }),
        };
      }),
    });
  },
});
