import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { day, percent } from "../format.ts";
import { Card, PageFrame, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";
import type { Campaign } from "./campaign.tsx";

export function CampaignsPage() {
  return (
    <PageFrame title="Campaigns" hint="Separations on displacement columns: designed, simulated, run">
      <Card>
        <PagedTable<Campaign>
          path="refine/list"
          label="Campaigns"
          empty="No campaign was planned yet."
          keyOf={(c) => c.campaign}
          columns={[
            {
              name: "Campaign",
              cell: (c) => (
                <Anchor component={Link} to={`/campaigns/${c.campaign}`}>
                  {c.campaign}
                </Anchor>
              ),
            },
            { name: "Site", cell: (c) => c.site },
            {
              name: "Feed lot",
              cell: (c) => (
                <Anchor component={Link} to={`/lots/${c.lot}`}>
                  {c.lot}
                </Anchor>
              ),
            },
            { name: "Planned", cell: (c) => day(c.at) },
            { name: "State", cell: (c) => <State state={c.state} /> },
            { name: "Cycles", number: true, cell: (c) => c.cycles },
            {
              name: "Predicted yields",
              cell: (c) =>
                Object.entries(c.predicted)
                  .map(([e, p]) => `${e} ${percent(p.yield_fraction, 1)}`)
                  .join(", "),
            },
          ]}
        />
      </Card>
    </PageFrame>
  );
}
