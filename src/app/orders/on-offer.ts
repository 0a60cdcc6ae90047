import { z } from "zod";
import { OrderId } from "../../contract/identifiers.ts";
import { productOf } from "../../ledger/index.ts";
import { canBePromised, freeOn, promisedTo } from "../../orders/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { everyRecord } from "../core/pages.ts";
import { query } from "../core/use-case.ts";
import { offerOn } from "./offered.ts";

export const onOffer = query({
  room: "orders",
  verb: "on-offer",
  summary: "The lots of which mass can be promised to an order, with what is free of each over all orders.",
  input: z.strictObject({ order: OrderId() }),
  example: { order: "O-1" },
  async answer({ store }, { order: id }) {
    const order = (await store.load("order", id))?.record;
    if (!order) return refuse("order_unknown", "order", `no order ${id} is on the books`);
    const buyer = (await store.load("buyer", order.buyer))?.record;
    const lots = await everyRecord(store, "lot", { where: { owner: order.seller, state: "on_hand" } });
    const items: { lot: string; free_mg: number; place: string }[] = [];
    for (const lot of lots.filter((l) => productOf(l) === order.oxide)) {
      const offer = await offerOn(store, lot);
      // A lot is on offer if the least mass there is could be promised beside what the order holds of it.
      const holding = { order: id, lot: lot.id, mass_mg: promisedTo(order, lot.id) + 1 };
      if (!canBePromised({ order, buyer, offer, coming: [] }, holding).ok) continue;
      items.push({ lot: lot.id, free_mg: freeOn(offer), place: lot.place });
    }
    return done({ items });
  },
});
