import type { Auditor } from "../auditor/index.ts";
import { sum } from "../auditor/seen.ts";
import type { Books } from "../books.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

const planner = by("planner@ref");
const mg = (mass_mg: number): string => `${mass_mg} mg`;

interface OnOffer {
  readonly items: readonly { readonly lot: string; readonly free_mg: number }[];
}

interface Plan {
  readonly oxides: readonly {
    readonly orders: readonly {
      readonly order: string;
      readonly from_stock: readonly { readonly lot: string; readonly mass_mg: number }[];
      readonly held_up: readonly { readonly lot: string; readonly why: { readonly code: string } }[];
    }[];
  }[];
}

/** What a list offers to an order is promised where it is asked for, and what it does not is refused. */
async function lists(books: Books, auditor: Auditor): Promise<void> {
  const { orders, lots } = auditor.seen;
  const refusing = books.copy("probe");
  for (const { order, oxide, mass, shipped } of orders.values()) {
    const { items } = await books.answer<OnOffer>("orders on-offer", { order });
    const listed = new Map(items.map(({ lot, free_mg }) => [lot, free_mg]));
    const promised = sum([...lots.values()].map((lot) => lot.taken.promised.get(order) ?? 0));
    const open = mass - shipped - promised;
    for (const lot of lots.values()) {
      if (lot.state !== "on_hand" || lot.product !== oxide) continue;
      const asks = (mass_mg: number) => ({ order, lot: lot.lot, mass: mg(mass_mg) });
      const free = listed.get(lot.lot);
      const refused = free === undefined ? 1 : free < open ? free + 1 : undefined;
      if (refused !== undefined) {
        const { code } = await refusing.ask("orders allocate", asks(refused), planner);
        must(
          code !== "done",
          "what is not on offer is refused",
          () => `${refused} mg of ${lot.lot} for ${order}`,
        );
      }
      if (free === undefined) continue;
      must(free > 0 && open > 0, "what is on offer is there", () => `${free} mg of ${lot.lot} for ${order}`);
      const accepting = copied(books, auditor);
      const { code } = await accepting.ask("orders allocate", asks(Math.min(free, open)), planner);
      must(
        code === "done",
        "what is on offer is accepted",
        () => `${free} mg of ${lot.lot} for ${order}: ${code}`,
      );
    }
  }
}

/** All that the plan calls promisable can be promised together, and what it holds up cannot leave, for the reason it names. */
async function plan(books: Books, auditor: Auditor): Promise<void> {
  const rows = (await books.answer<Plan>("overview plan", {})).oxides.flatMap(({ orders }) => orders);
  const copy = copied(books, auditor);
  for (const { order, held_up } of rows)
    for (const { lot, why } of held_up) {
      const asked = { order, lot, passport: "P-0", carrier: "car" };
      const { code } = await copy.books.ask("orders ship", asked, planner);
      must(code === why.code, "what is held up is refused by its name", () => `${lot}: ${code}, ${why.code}`);
    }
  for (const { order, from_stock } of rows)
    for (const { lot, mass_mg } of from_stock) {
      const { code } = await copy.ask("orders allocate", { order, lot, mass: mg(mass_mg) }, planner);
      must(
        code === "done",
        "what the plan offers is accepted",
        () => `${mass_mg} mg of ${lot} for ${order}: ${code}`,
      );
    }
}

export const OFFERS: Probe = {
  name: "offers",
  after: /^(?:order_|allocation_|buyer_|lot_|lots_|step_|title_|certificate_|product_|campaign_)/,
  async try(books, auditor) {
    await lists(books, auditor);
    await plan(books, auditor);
  },
};
