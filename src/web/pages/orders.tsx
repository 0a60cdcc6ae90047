import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { mass } from "../format.ts";
import { Card, PageFrame, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";
import type { Order } from "./order.tsx";

interface Buyer {
  readonly buyer: string;
  readonly segment: string;
  readonly state: string;
  readonly trial_limit_mg: number;
}

export function OrdersPage() {
  return (
    <PageFrame title="Orders" hint="What is promised to whom; no gram twice">
      <Card title="Orders">
        <PagedTable<Order>
          path="orders/list"
          label="Orders"
          empty="No order was placed yet."
          keyOf={(o) => o.order}
          columns={[
            {
              name: "Order",
              cell: (o) => (
                <Anchor component={Link} to={`/orders/${o.order}`}>
                  {o.order}
                </Anchor>
              ),
            },
            { name: "Buyer", cell: (o) => o.buyer },
            { name: "Product", cell: (o) => `${o.oxide}, ${o.specification}` },
            { name: "Mass", number: true, cell: (o) => mass(o.mass_mg) },
            { name: "Due", cell: (o) => o.due },
            { name: "State", cell: (o) => <State state={o.state} /> },
          ]}
        />
      </Card>
      <Card title="Buyers">
        <PagedTable<Buyer>
          path="orders/buyers"
          label="Buyers"
          empty="No buyer is registered yet."
          keyOf={(b) => b.buyer}
          columns={[
            { name: "Buyer", cell: (b) => b.buyer },
            { name: "Segment", cell: (b) => b.segment },
            { name: "Qualification", cell: (b) => <State state={b.state} /> },
            { name: "Trial limit", number: true, cell: (b) => mass(b.trial_limit_mg) },
          ]}
        />
      </Card>
    </PageFrame>
  );
}
