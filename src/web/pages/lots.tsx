import { Anchor, Group, Select, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mass, measuredMass, spread, words } from "../format.ts";
import { Card, PageFrame, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";

export interface Measured {
  readonly best: number;
  readonly moves: Record<string, number>;
  readonly below?: boolean;
}
export interface Lot {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly place: string;
  readonly state: string;
  readonly mass_mg: Measured;
  readonly elements_mg: Record<string, Measured>;
}

export function LotsPage() {
  const [state, setState] = useState<string | null>("on_hand");
  const [owner, setOwner] = useState("");
  return (
    <PageFrame title="Lots" hint="What is where, whose it is, and what it holds">
      <Card>
        <Group mb="sm">
          <Select
            label="State"
            data={["on_hand", "in_transit", "consumed", "delivered", "reversed"].map((value) => ({
              value,
              label: words(value),
            }))}
            value={state}
            onChange={setState}
            clearable
            w={160}
          />
          <TextInput
            label="Owner"
            value={owner}
            onChange={(e) => setOwner(e.currentTarget.value)}
            w={200}
            placeholder="all"
          />
        </Group>
        <PagedTable<Lot>
          key={`${state} ${owner}`}
          path="ledger/lots"
          input={{ state: state ?? undefined, owner: owner || undefined }}
          label="Lots"
          empty="No lot is like this."
          keyOf={(l) => l.id}
          columns={[
            {
              name: "Lot",
              cell: (l) => (
                <Anchor component={Link} to={`/lots/${l.id}`}>
                  {l.id}
                </Anchor>
              ),
            },
            { name: "Kind", cell: (l) => words(l.kind) },
            { name: "Place", cell: (l) => words(l.place) },
            { name: "Owner", cell: (l) => l.owner },
            { name: "State", cell: (l) => <State state={l.state} /> },
            { name: "Mass", number: true, cell: (l) => mass(l.mass_mg.best) },
            ...["Nd", "Dy"].map((element) => ({
              name: element,
              number: true,
              cell: (l: Lot) => {
                const content = l.elements_mg[element];
                return content ? measuredMass(content.best, spread(content.moves)) : "none";
              },
            })),
          ]}
        />
      </Card>
    </PageFrame>
  );
}
