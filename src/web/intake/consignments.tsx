import type { Consignment } from "../../intake/index.ts";
import { useAskPages } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, whole, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Go, ToConsignment } from "../kit/show/go.tsx";
import { Site } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { useSites, useWho } from "../kit/who.tsx";
import { Desk } from "./desk.tsx";

/** Consignments with what each still needs before its magnets may move on. */
export function Consignments() {
  const { view } = useWho();
  const may = useMay();
  const [site, setSite] = useFilter("site");
  const [state, setState] = useFilter("state");
  const sites = useSites().data ?? [];
  const pages = useAskPages("intake/list", { site, state, owner: view, limit: 25 });
  return (
    <Page
      title="Consignments"
      says="What came in, at which centre, and which devices still need a destruction record."
      actions={
        may("intake/receive") ? (
          <Go to="/consignments/new" className="button">
            New consignment
          </Go>
        ) : undefined
      }
    >
      <Desk site={site} owner={view} />
      <Panel title="Received">
        <div className="filters">
          <Choose
            label="Centre"
            chosen={site}
            choose={setSite}
            among={Object.fromEntries(sites.map((s) => [s.id, s.name]))}
          />
          <Choose
            label="State"
            chosen={state}
            choose={setState}
            among={{ received: "received", read: "manifest read", on_the_books: "on the books" }}
          />
        </div>
        <PagedTable
          pages={pages}
          caption="consignments"
          keyOf={(c) => c.consignment}
          empty="No consignment is here. Receive one from its ZIP code."
          columns={[
            {
              head: "Consignment",
              kind: "keep",
              cell: (c) => (
                <>
                  <ToConsignment id={c.consignment} />
                  <div className="dim">{c.from_name ?? c.from_zip}</div>
                </>
              ),
            },
            { head: "Received", cell: (c) => dateText(c.at), kind: "keep" },
            { head: "Centre", cell: (c) => <Site id={c.site} />, kind: "keep" },
            {
              head: "Net",
              kind: "num",
              cell: (c) => <Mass mg={c.pallets.reduce((mg, p) => mg + p.net_mg.best, 0)} unit="kg" />,
            },
            { head: "Lines", cell: (c) => c.lines, kind: "num" },
            { head: "Devices", cell: (c) => whole(c.devices), kind: "num" },
            { head: "Data", cell: (c) => <DataState of={c} /> },
            { head: "State", cell: (c) => <Tag>{words(c.state)}</Tag> },
          ]}
        />
      </Panel>
    </Page>
  );
}

export function DataState({ of }: { of: Pick<Consignment, "data_devices" | "open_devices"> }) {
  if (of.data_devices === 0) return <Tag>no data devices</Tag>;
  if (of.open_devices === 0) return <Tag mood="good">all sanitized</Tag>;
  return <Tag mood="warn">{whole(of.open_devices)} open</Tag>;
}
