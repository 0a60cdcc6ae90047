import { useParams } from "@tanstack/react-router";
import type { Order } from "../../orders/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, timeText } from "../kit/show/figure-text.ts";
import { Formulas } from "../kit/show/formula.tsx";
import { ToLot, ToPassport } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { Facts, Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { TakeBackForm } from "../kit/show/take-back.tsx";
import { useMay } from "../kit/signed-in.ts";
import { AllocateForm } from "./allocate-form.tsx";
import { OrderState, promised, shipped } from "./orders.tsx";

/** An order, and which of its promises could not leave as things are. */
interface Shown extends Order {
  readonly held_up: readonly { readonly lot: string; readonly why: { readonly message: string } }[];
}

/** One order: terms, promises, deliveries with their passports. */
export function OrderPage() {
  const { order = "" } = useParams({ strict: false }) as { order?: string };
  const asked = useAsk("orders/show", { order });
  return (
    <Page title={order} actions={asked.isError ? undefined : <Acts on="order" id={order} />}>
      <Answered asked={asked}>
        {(of) => (
          <>
            <Terms of={of} />
            <Promised of={of} />
            <Delivered of={of} />
          </>
        )}
      </Answered>
    </Page>
  );
}

function Terms({ of }: { of: Order }) {
  const missing_mg = Math.max(0, of.mass_mg - promised(of) - shipped(of));
  return (
    <Panel title="Terms">
      <Facts
        of={[
          [
            "State",
            <span key="state">
              <OrderState state={of.state} /> {of.trial ? <Tag>trial</Tag> : null}
            </span>,
          ],
          ["Buyer", <Party key="buyer" id={of.buyer} />],
          ["Seller", <Party key="seller" id={of.seller} />],
          ["What", <Formulas key="what" in={`${of.oxide} to ${of.specification}`} />],
          ["Mass", <Mass key="mass" mg={of.mass_mg} unit="kg" />],
          ["Not yet promised", <Mass key="missing" mg={missing_mg} unit="kg" />],
          ["Placed", timeText(of.at)],
          ["Due", dateText(of.due)],
          ...(of.reference ? ([["Reference", of.reference]] as const) : []),
          ...(of.cancelled
            ? ([["Cancelled", `${timeText(of.cancelled.at)}: ${of.cancelled.why}`]] as const)
            : []),
        ]}
      />
    </Panel>
  );
}

function Promised({ of }: { of: Shown }) {
  const may = useMay();
  return (
    <Panel title="Promised" says="No gram is promised twice, over all orders.">
      {of.allocations.length === 0 ? (
        <Empty>Nothing is promised now.</Empty>
      ) : (
        <Table
          caption="promises"
          rows={of.allocations}
          keyOf={(a) => a.lot}
          columns={[
            { head: "Lot", cell: (a) => <ToLot lot={a.lot} />, kind: "keep" },
            { head: "Mass", cell: (a) => <Mass mg={a.mass_mg} unit="kg" />, kind: "num" },
            {
              head: "Can it leave?",
              cell: (a) => {
                const held = of.held_up.find((h) => h.lot === a.lot);
                return held ? <Tag mood="bad">{held.why.message}</Tag> : "with its passport";
              },
            },
            {
              head: "Undo",
              cell: (a) => (
                <TakeBackForm
                  ask="Take it back…"
                  says="The mass is free again for another order; both entries stay on the books."
                  what={`the promise of ${a.lot}`}
                  path="orders/release"
                  input={{ order: of.order, lot: a.lot }}
                />
              ),
            },
          ]}
        />
      )}
      {of.released.length > 0 ? <Released of={of} /> : null}
      {of.state === "open" && may("orders/allocate") ? <AllocateForm of={of} /> : null}
    </Panel>
  );
}

/** Promises that were taken back or withdrawn: the order asks for their mass again, and here stands why. */
const Released = ({ of }: { of: Order }) => (
  <Table
    caption="promises given back"
    rows={of.released}
    keyOf={(r) => `${r.lot} ${r.at} ${r.mass_mg}`}
    columns={[
      { head: "Given back", cell: (r) => <ToLot lot={r.lot} />, kind: "keep" },
      { head: "Mass", cell: (r) => <Mass mg={r.mass_mg} unit="kg" />, kind: "num" },
      { head: "When", cell: (r) => timeText(r.at), kind: "keep" },
      { head: "Why", cell: (r) => r.why },
    ]}
  />
);

function Delivered({ of }: { of: Order }) {
  return (
    <Panel title="Delivered">
      {of.shipped.length === 0 ? (
        <Empty>Nothing was delivered yet.</Empty>
      ) : (
        <Table
          caption="deliveries"
          rows={of.shipped}
          keyOf={(s) => `${s.shipment} ${s.lot}`}
          columns={[
            { head: "Delivery", cell: (s) => s.shipment, kind: "keep" },
            { head: "Lot", cell: (s) => <ToLot lot={s.lot} />, kind: "keep" },
            { head: "Mass", cell: (s) => <Mass mg={s.mass_mg} unit="kg" />, kind: "num" },
            { head: "Passport", cell: (s) => <ToPassport id={s.passport} />, kind: "keep" },
            { head: "Carrier", cell: (s) => s.carrier, kind: "keep" },
            { head: "When", cell: (s) => timeText(s.at), kind: "keep" },
          ]}
        />
      )}
    </Panel>
  );
}
