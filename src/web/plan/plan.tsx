import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText } from "../kit/show/figure-text.ts";
import { Oxide } from "../kit/show/formula.tsx";
import { ToOrder } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { Columns } from "./columns.tsx";

interface Asked {
  readonly order: string;
  readonly buyer: string;
  readonly due: string;
  readonly left_mg: number;
  readonly promised_mg: number;
  readonly from_stock_mg: number;
  readonly from_plan_mg: number;
  readonly short_mg: number;
}

interface OxidePlan {
  readonly oxide: string;
  readonly on_hand_mg: number;
  readonly promised_mg: number;
  readonly planned_mg: number;
  readonly orders: readonly Asked[];
}

/** What stands on which column when, and whether what was ordered can be delivered. */
export function Plan() {
  const asked = useAsk("overview/plan");
  return (
    <Page
      actions={<Acts on="plan" />}
      title="Plan"
      says="Columns by week, and open orders against stock and the output of planned campaigns."
    >
      <Answered asked={asked} rows={10}>
        {(of) => (
          <>
            <Panel title="Columns by week">
              {of.columns.length === 0 ? (
                <Empty>No column is registered yet.</Empty>
              ) : (
                <Columns columns={of.columns} today={of.at} />
              )}
            </Panel>
            {of.oxides.length === 0 ? (
              <Panel title="Oxides">
                <Empty>There is no oxide in stock, none planned and none ordered.</Empty>
              </Panel>
            ) : null}
            {of.oxides.map((oxide) => (
              <OxideOrders key={oxide.oxide} of={oxide} />
            ))}
          </>
        )}
      </Answered>
    </Page>
  );
}

function OxideOrders({ of }: { of: OxidePlan }) {
  return (
    <Panel
      title={<Oxide of={of.oxide} />}
      says={
        <>
          <Mass mg={of.on_hand_mg} unit="kg" /> in stock, <Mass mg={of.promised_mg} unit="kg" /> of it
          promised; <Mass mg={of.planned_mg} unit="kg" /> expected of planned campaigns.
        </>
      }
    >
      {of.orders.length === 0 ? (
        <Empty>Nobody has an open order for it.</Empty>
      ) : (
        <Table
          caption={`orders of ${of.oxide}`}
          rows={of.orders}
          keyOf={(o) => o.order}
          columns={[
            { head: "Order", cell: (o) => <ToOrder id={o.order} />, kind: "keep" },
            { head: "Buyer", cell: (o) => <Party id={o.buyer} />, kind: "keep" },
            { head: "Due", cell: (o) => dateText(o.due), kind: "keep" },
            { head: "To deliver", cell: (o) => <Mass mg={o.left_mg} unit="kg" />, kind: "num" },
            { head: "Promised", cell: (o) => <Mass mg={o.promised_mg} unit="kg" />, kind: "num" },
            { head: "Free in stock", cell: (o) => <Mass mg={o.from_stock_mg} unit="kg" />, kind: "num" },
            { head: "Planned in time", cell: (o) => <Mass mg={o.from_plan_mg} unit="kg" />, kind: "num" },
            {
              head: "Covered",
              cell: (o) =>
                o.short_mg === 0 ? (
                  <Tag mood="good">can be promised</Tag>
                ) : (
                  <Tag mood="bad">
                    <Mass mg={o.short_mg} unit="kg" /> short
                  </Tag>
                ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
