import { Anchor, Button, Group, List, Text, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ask, useSend } from "../api.ts";
import { day, number } from "../format.ts";
import { Card, PageFrame, Problem, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";

export interface Consignment {
  readonly consignment: string;
  readonly from_zip: string;
  readonly from_name?: string;
  readonly site: string;
  readonly state: string;
  readonly at: string;
  readonly lines: number;
  readonly devices: number;
  readonly open_devices: number;
}

export function ConsignmentsPage() {
  return (
    <PageFrame title="Consignments" hint="What came in, from where, and what still bears data">
      <NewConsignment />
      <Card>
        <PagedTable<Consignment>
          path="intake/list"
          label="Consignments"
          empty="No consignment was received yet."
          keyOf={(c) => c.consignment}
          columns={[
            {
              name: "Consignment",
              cell: (c) => (
                <Anchor component={Link} to={`/consignments/${c.consignment}`}>
                  {c.consignment}
                </Anchor>
              ),
            },
            { name: "From", cell: (c) => `${c.from_name ?? ""} ${c.from_zip}` },
            { name: "Centre", cell: (c) => c.site },
            { name: "Received", cell: (c) => day(c.at) },
            { name: "State", cell: (c) => <State state={c.state} /> },
            { name: "Lines", number: true, cell: (c) => number(c.lines, 0) },
            { name: "Devices", number: true, cell: (c) => number(c.devices, 0) },
            { name: "Data open", number: true, cell: (c) => number(c.open_devices, 0) },
          ]}
        />
      </Card>
    </PageFrame>
  );
}

interface Offer {
  readonly site: string;
  readonly name: string;
  readonly offered: boolean;
  readonly distance_miles: number;
  readonly why: string;
}

function NewConsignment() {
  const [zip, setZip] = useState("");
  const [owner, setOwner] = useState("sample-recycler");
  const [offers, setOffers] = useState<readonly Offer[]>();
  const [error, setError] = useState<Error>();
  const receive = useSend<{ consignment: string; site: string }>("intake/receive");
  const find = () => {
    setError(undefined);
    ask<{ offers: Offer[] }>("intake/offer", { zip })
      .then((answer) => setOffers(answer.offers))
      .catch(setError);
  };
  return (
    <Card title="New consignment">
      <Group align="end">
        <TextInput
          label="From ZIP code"
          value={zip}
          onChange={(e) => setZip(e.currentTarget.value)}
          w={140}
          inputMode="numeric"
        />
        <TextInput label="Owner" value={owner} onChange={(e) => setOwner(e.currentTarget.value)} w={200} />
        <Button variant="default" onClick={find} disabled={!/^\d{5}$/.test(zip)}>
          Which centre?
        </Button>
        <Button
          onClick={() => receive.mutate({ from_zip: zip, owner })}
          disabled={!offers?.some((o) => o.offered)}
          loading={receive.isPending}
        >
          Receive
        </Button>
      </Group>
      {error ? <Problem error={error} /> : null}
      {receive.isError ? <Problem error={receive.error} /> : null}
      {receive.data ? (
        <Text mt="sm" role="status">
          Received as{" "}
          <Anchor component={Link} to={`/consignments/${receive.data.answer.consignment}`}>
            {receive.data.answer.consignment}
          </Anchor>{" "}
          at {receive.data.answer.site}.
        </Text>
      ) : null}
      {offers ? (
        <List mt="sm" size="sm">
          {offers.slice(0, 4).map((o) => (
            <List.Item key={o.site}>
              <b>{o.name}</b>, {number(o.distance_miles, 0)} miles: {o.why}
            </List.Item>
          ))}
        </List>
      ) : null}
    </Card>
  );
}
