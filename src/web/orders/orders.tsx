import type { Order } from "../../orders/index.ts";
import { Acts } from "../act/do.tsx";
import { useAskPages } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { Mass } from "../kit/show/figure.tsx";
import { dateText } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Formulas } from "../kit/show/formula.tsx";
import { ToOrder } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { type Mood, Page, Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useParties, useWho } from "../kit/who.tsx";

const MOODS: Readonly<Record<Order["state"], Mood>> = {
  open: "warn",
  allocated: "good",
  shipped: "mute",
  cancelled: "mute",
};

export const OrderState = ({ state }: { state: Order["state"] }) => <Tag mood={MOODS[state]}>{state}</Tag>;

/** Orders with what is promised of them, and the buyers with their qualification. */
export function Orders() {
  return (
    <Page
      actions={<Acts on="orders" />}
      title="Orders"
      says="What was asked, what is promised, and who may ask for how much."
    >
      <OrderList />
      <BuyerList />
    </Page>
  );
}

function OrderList() {
  const { view } = useWho();
  const [state, setState] = useFilter("state");
  const viewed = (useParties().data ?? []).find((p) => p.id === view);
  const mine = viewed?.kind === "buyer" ? { buyer: view } : { seller: view };
  const pages = useAskPages("orders/list", { state, limit: 20, ...(view ? mine : {}) });
  return (
    <Panel title="Orders">
      <div className="filters">
        <Choose
          label="State"
          chosen={state}
          choose={setState}
          among={{ open: "open", allocated: "allocated", shipped: "shipped", cancelled: "cancelled" }}
        />
      </div>
      <PagedTable
        pages={pages}
        caption="orders"
        keyOf={(o) => o.order}
        empty="No order is here."
        columns={[
          { head: "Order", cell: (o) => <ToOrder id={o.order} />, kind: "keep" },
          { head: "Buyer", cell: (o) => <Party id={o.buyer} />, kind: "keep" },
          { head: "Seller", cell: (o) => <Party id={o.seller} />, kind: "keep" },
          { head: "What", cell: (o) => <Formulas in={`${o.oxide}, ${o.specification}`} />, kind: "keep" },
          { head: "Mass", cell: (o) => <Mass mg={o.mass_mg} unit="kg" />, kind: "num" },
          { head: "Promised", cell: (o) => <Mass mg={promised(o)} unit="kg" />, kind: "num" },
          { head: "Shipped", cell: (o) => <Mass mg={shipped(o)} unit="kg" />, kind: "num" },
          { head: "Due", cell: (o) => dateText(o.due), kind: "keep" },
          {
            head: "State",
            cell: (o) => (
              <>
                <OrderState state={o.state} /> {o.trial ? <Tag>trial</Tag> : null}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}

export const promised = (o: Order) => o.allocations.reduce((mg, a) => mg + a.mass_mg, 0);
export const shipped = (o: Order) => o.shipped.reduce((mg, s) => mg + s.mass_mg, 0);

function BuyerList() {
  const pages = useAskPages("orders/buyers", { limit: 20 });
  return (
    <Panel title="Buyers">
      <PagedTable
        pages={pages}
        caption="buyers"
        keyOf={(b) => b.buyer}
        empty="No buyer is registered yet."
        columns={[
          { head: "Buyer", cell: (b) => <Party id={b.buyer} />, kind: "keep" },
          { head: "Segment", cell: (b) => b.segment },
          {
            head: "Qualification",
            cell: (b) => <Tag mood={b.state === "qualified" ? "good" : "mute"}>{b.state}</Tag>,
          },
          { head: "Trial limit", cell: (b) => <Mass mg={b.trial_limit_mg} unit="kg" />, kind: "num" },
          {
            head: "Ordered on trial",
            cell: (b) => <Mass mg={b.ordered_on_trial_mg} unit="kg" />,
            kind: "num",
          },
          {
            head: "Last step",
            cell: (b) => {
              const last = b.history.at(-1);
              return last
                ? `${last.to} on ${dateText(last.at)}: ${last.why} (${last.evidence})`
                : "registered";
            },
          },
        ]}
      />
    </Panel>
  );
}
