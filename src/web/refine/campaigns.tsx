import type { Campaign } from "../../refine/index.ts";
import { Acts } from "../act/do.tsx";
import { useAskPages } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { dateText, decimals, percentText } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Go, ToCampaign, ToLot } from "../kit/show/go.tsx";
import { type Mood, Page, Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";

/** Campaigns with what they are for and what was predicted of them. */
export function Campaigns() {
  const [state, setState] = useFilter("state");
  const pages = useAskPages("refine/list", { state, limit: 20 });
  return (
    <Page
      title="Campaigns"
      says="Separations designed, simulated and run: what was predicted, and what came out."
      actions={
        <>
          <Acts on="campaigns" />
          <Go to="/column" className="button">
            Try a column
          </Go>
        </>
      }
    >
      <Panel title="Planned and run">
        <div className="filters">
          <Choose
            label="State"
            chosen={state}
            choose={setState}
            among={{ planned: "planned", run: "run", cancelled: "cancelled" }}
          />
        </div>
        <PagedTable
          pages={pages}
          caption="campaigns"
          keyOf={(c) => c.campaign}
          empty="No campaign is planned yet."
          columns={[
            { head: "Campaign", cell: (c) => <ToCampaign id={c.campaign} />, kind: "keep" },
            { head: "Lot", cell: (c) => <ToLot lot={c.lot} />, kind: "keep" },
            { head: "Begins", cell: (c) => dateText(c.at), kind: "keep" },
            { head: "Takes", cell: (c) => daysText(c.duration_h), kind: "num" },
            { head: "System", cell: (c) => c.system, kind: "keep" },
            { head: "Cycles", cell: (c) => c.cycles, kind: "num" },
            { head: "Predicted yields", cell: (c) => <Yields of={c} /> },
            { head: "State", cell: (c) => <CampaignState of={c} /> },
          ]}
        />
      </Panel>
    </Page>
  );
}

const MOODS: Readonly<Record<Campaign["state"], Mood>> = { planned: "warn", run: "good", cancelled: "mute" };

export const CampaignState = ({ of }: { of: Pick<Campaign, "state" | "findings"> }) => (
  <>
    <Tag mood={MOODS[of.state]}>{of.state}</Tag>{" "}
    {of.findings.length > 0 ? <Tag mood="bad">shorter than its plan</Tag> : null}
  </>
);

/** A campaign's time as people plan it: hours below two days, days above. */
export const daysText = (hours: number): string =>
  hours < 48 ? `${decimals(hours, 1)} h` : `${decimals(hours / 24, 1)} days`;

const Yields = ({ of }: { of: Campaign }) => (
  <span className="figure">
    {Object.entries(of.predicted)
      .map(([element, p]) => `${element} ${percentText(p.yield_fraction)}`)
      .join(" · ")}
  </span>
);
