import { Anchor, Button, Group, TextInput } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAsk, useSend } from "../api.ts";
import { instant, mass } from "../format.ts";
import { Answer, Card, DataTable, Facts, PageFrame, Problem, State } from "../parts/frame.tsx";

export interface Order {
  readonly order: string;
  readonly buyer: string;
  readonly seller: string;
  readonly oxide: string;
  readonly specification: string;
  readonly mass_mg: number;
  readonly due: string;
  readonly state: string;
  readonly trial: boolean;
  readonly allocations: readonly { lot: string; mass_mg: number }[];
  readonly shipped: readonly { lot: string; mass_mg: number; passport: string; at: string }[];
}

export function OrderPage() {
  const { order } = useParams({ strict: false }) as { order: string };
  const found = useAsk<Order>("orders/show", { order });
  return (
    <PageFrame title={`Order ${order}`}>
      <Answer of={found}>{(o) => <Details order={o} />}</Answer>
    </PageFrame>
  );
}

function Details({ order: o }: { order: Order }) {
  return (
    <>
      <Card title="Facts">
        <Facts
          facts={[
            ["Buyer", o.buyer],
            ["Seller", o.seller],
            ["Product", `${o.oxide}, ${o.specification}`],
            ["Mass", mass(o.mass_mg)],
            ["Due", o.due],
            ["State", <State key="s" state={o.state} />],
            ["Trial", o.trial ? "yes" : "no"],
          ]}
        />
      </Card>
      <Card title="Promised">
        <DataTable
          rows={o.allocations}
          label="Promised lots"
          empty="No lot is promised to it."
          keyOf={(a) => a.lot}
          columns={[
            {
              name: "Lot",
              cell: (a) => (
                <Anchor component={Link} to={`/lots/${a.lot}`}>
                  {a.lot}
                </Anchor>
              ),
            },
            { name: "Mass", number: true, cell: (a) => mass(a.mass_mg) },
          ]}
        />
        {o.state === "open" ? <Allocate order={o.order} /> : null}
      </Card>
      <Card title="Delivered">
        <DataTable
          rows={o.shipped}
          label="Deliveries"
          empty="Nothing was delivered yet."
          keyOf={(s) => s.lot + s.at}
          columns={[
            { name: "Lot", cell: (s) => s.lot },
            { name: "Mass", number: true, cell: (s) => mass(s.mass_mg) },
            {
              name: "Passport",
              cell: (s) => (
                <Anchor component={Link} to={`/passport/${s.passport}`}>
                  {s.passport}
                </Anchor>
              ),
            },
            { name: "When", cell: (s) => instant(s.at) },
          ]}
        />
      </Card>
    </>
  );
}

function Allocate({ order }: { order: string }) {
  const [lot, setLot] = useState("");
  const [amount, setAmount] = useState("");
  const allocate = useSend("orders/allocate");
  return (
    <>
      <Group align="end" mt="sm">
        <TextInput label="Lot" value={lot} onChange={(e) => setLot(e.currentTarget.value)} />
        <TextInput
          label="Mass with unit"
          placeholder="2 kg"
          value={amount}
          onChange={(e) => setAmount(e.currentTarget.value)}
        />
        <Button
          disabled={!lot || !amount}
          loading={allocate.isPending}
          onClick={() => allocate.mutate({ order, lot, mass: amount })}
        >
          Promise
        </Button>
      </Group>
      {allocate.isError ? <Problem error={allocate.error} /> : null}
    </>
  );
}
