import { z } from "zod";
import { OrderId } from "../../contract/identifiers.ts";
import { decideAllocation } from "../../orders/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { everyRecord } from "../core/pages.ts";
import { query } from "../core/use-case.ts";
import { offered } from "./offered.ts";

export const onOffer = query({
  room: "orders",
  verb: "on-offer",
  summary: "The lots of which mass can be promised to an order, with what is free of each over all orders.",
  input: z.strictObject({ order: OrderId() }),
  example: { order: "O-1" },
  async answer({ store, clock }, { order: id }) {
    const order = (await store.load("order", id))?.record;
    if (!order) return refuse("order_unknown", "order", `no order ${id} is on the books`);
    const lots = await everyRecord(store, "lot", { where: { owner: order.seller, state: "on_hand" } });
    const at = clock.now().toISOString();
    const items: { lot: string; free_mg: number; place: string }[] = [];
    for (const lot of lots.filter((l) => l.notes["oxide"] === order.oxide)) {
      const certificate = (await store.load("certificate", lot.id))?.record;
      const promises = (await store.load("promises", lot.id))?.record;
      const offer = offered(lot, certificate, order.specification);
      // A lot is on offer if the least mass there is could be promised.
      const ask = { order: id, lot: lot.id, mass_mg: 1, at };
      if (!decideAllocation(order, { offer, promises, ask }).ok) continue;
      items.push({
        lot: lot.id,
        free_mg: offer.mass_mg - (promises?.promised_mg ?? 0),
        place: lot.place,
      });
    }
    return done({ items });
  },
});
