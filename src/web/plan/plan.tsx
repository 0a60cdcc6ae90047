import type { Covered } from "../../orders/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, timeText } from "../kit/show/figure-text.ts";
import { Oxide } from "../kit/show/formula.tsx";
import { ToCampaign, ToLot, ToOrder } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { type ColumnPlan, Columns } from "./columns.tsx";

interface OxidePlan {
  readonly oxide: string;
  readonly on_hand_mg: number;
  readonly promised_mg: number;
  readonly free_mg: number;
  readonly planned_mg: number;
  readonly orders: readonly Covered[];
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
                <>
                  <Columns columns={of.columns} today={of.at} />
                  <StillToRun columns={of.columns} today={of.at} />
                </>
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

/** Campaigns that are planned, each once, with the time it needs; one that should be through by now is late. */
function StillToRun({ columns, today }: { columns: readonly ColumnPlan[]; today: string }) {
  const planned = new Map<string, { booking: ColumnPlan["bookings"][number]; on: string[] }>();
  for (const { unit, bookings } of columns)
    for (const booking of bookings.filter((b) => b.state === "planned")) {
      const on = [...(planned.get(booking.campaign)?.on ?? []), unit.name];
      planned.set(booking.campaign, { booking, on });
    }
  const rows = [...planned.values()].sort((a, b) => (a.booking.from < b.booking.from ? -1 : 1));
  if (rows.length === 0) return <p className="dim small">No campaign is planned: the columns are free.</p>;
  return (
    <Table
      caption="planned campaigns"
      rows={rows}
      keyOf={({ booking }) => booking.campaign}
      columns={[
        { head: "Campaign", cell: ({ booking }) => <ToCampaign id={booking.campaign} />, kind: "keep" },
        { head: "Lot", cell: ({ booking }) => <ToLot lot={booking.lot} />, kind: "keep" },
        { head: "Begins", cell: ({ booking }) => timeText(booking.from), kind: "keep" },
        { head: "Through", cell: ({ booking }) => timeText(booking.to), kind: "keep" },
        { head: "On", cell: ({ on }) => on.join(", ") },
        {
          head: "State",
          cell: ({ booking }) => {
            if (booking.to < today) return <Tag mood="bad">late: record its run, or move it</Tag>;
            return <Tag mood="warn">{booking.from <= today ? "begun" : "planned"}</Tag>;
          },
        },
      ]}
    />
  );
}

/** What of an order nothing covers, and why; what is only expected is not called promisable. */
function CoveredBy({ of }: { of: Covered }) {
  if (of.why) return <Tag mood="bad">{of.why.message}</Tag>;
  const [first] = of.held_up;
  if (first)
    return (
      <Tag mood="bad">
        <Mass mg={of.held_up_mg} unit="kg" /> held up: {first.why.message}
      </Tag>
    );
  if (of.short_mg > 0)
    return (
      <Tag mood="bad">
        <Mass mg={of.short_mg} unit="kg" /> short
      </Tag>
    );
  if (of.from_plan_mg > 0) return <Tag mood="warn">expected in time</Tag>;
  return <Tag mood="good">{of.from_stock_mg > 0 ? "can be promised" : "promised"}</Tag>;
}

function OxideOrders({ of }: { of: OxidePlan }) {
  return (
    <Panel
      title={<Oxide of={of.oxide} />}
      says={
        <>
          <Mass mg={of.on_hand_mg} unit="kg" /> in stock: <Mass mg={of.promised_mg} unit="kg" /> promised,{" "}
          <Mass mg={of.free_mg} unit="kg" /> free; <Mass mg={of.planned_mg} unit="kg" /> expected of planned
          campaigns.
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
            {
              head: "Can be promised now",
              cell: (o) => <Mass mg={o.from_stock_mg} unit="kg" />,
              kind: "num",
            },
            { head: "Expected in time", cell: (o) => <Mass mg={o.from_plan_mg} unit="kg" />, kind: "num" },
            { head: "Covered", cell: (o) => <CoveredBy of={o} /> },
          ]}
        />
      )}
    </Panel>
  );
}
