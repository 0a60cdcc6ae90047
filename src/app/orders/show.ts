import { z } from "zod";
import { OrderId } from "../../contract/identifiers.ts";
import { heldUp, type LotOnOffer } from "../../orders/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { query } from "../core/use-case.ts";
import { offerOn } from "./offered.ts";

export const showOrder = query({
  room: "orders",
  verb: "show",
  summary:
    "One order with its promises and deliveries, what was given back of it, and which promises could not leave now.",
  input: z.strictObject({ order: OrderId() }),
  example: { order: "O-1" },
  async answer({ store }, { order: id }) {
    const order = (await store.load("order", id))?.record;
    if (!order) return refuse("order_unknown", "order", `no order ${id} is on the books`);
    const buyer = (await store.load("buyer", order.buyer))?.record;
    const lots = new Map<string, LotOnOffer>();
    for (const { lot } of order.allocations) {
      const held = await store.load("lot", lot);
      if (held) lots.set(lot, await offerOn(store, held.record));
    }
    const held_up = heldUp(order, { buyers: new Map(buyer ? [[order.buyer, buyer]] : []), lots });
    return done({ ...order, held_up });
  },
});
