import { NativeSelect } from "@mantine/core";
import type { Shipment } from "../../ship/index.ts";
import { Acts } from "../act/do.tsx";
import { useAskPages } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { Mass, Sigmas } from "../kit/show/figure.tsx";
import { dateText, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { ToLot, ToSample, ToShipment } from "../kit/show/go.tsx";
import { Site, useNames } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useWho } from "../kit/who.tsx";

/** Shipments with both firms' weights; samples with what each waits for. */
export function Shipments() {
  return (
    <Page
      actions={<Acts on="shipments" />}
      title="Ship & assay"
      says="What the sender weighed and what the receiver weighed, and what two laboratories say of it."
    >
      <ShipmentList />
      <SampleList />
    </Page>
  );
}

/** The differences after every correction. */
export const differencesOf = (s: Shipment) =>
  s.corrections.at(-1)?.differences ?? s.received?.differences ?? [];

function ShipmentList() {
  const { view } = useWho();
  const [state, setState] = useFilter("shipped");
  const [side, setSide] = useFilter("side");
  const names = useNames();
  const mine = side === "consignee" ? { consignee: view } : { shipper: view };
  const pages = useAskPages("ship/list", { state, limit: 15, ...(view ? mine : {}) });
  return (
    <Panel title="Shipments">
      <div className="filters">
        <Choose
          label="State"
          chosen={state}
          choose={setState}
          among={{ in_transit: "on the way", received: "received" }}
        />
        {view ? (
          <NativeSelect
            label={`${names.party(view)} is`}
            value={side ?? "shipper"}
            onChange={(e) => setSide(e.currentTarget.value)}
            data={["shipper", "consignee"]}
          />
        ) : null}
      </div>
      <PagedTable
        pages={pages}
        caption="shipments"
        keyOf={(s) => s.shipment}
        empty="No shipment is here."
        columns={[
          { head: "Shipment", cell: (s) => <ToShipment id={s.shipment} />, kind: "keep" },
          { head: "From", cell: (s) => <Site id={s.from} />, kind: "keep" },
          { head: "To", cell: (s) => <Site id={s.to} />, kind: "keep" },
          { head: "Left", cell: (s) => dateText(s.at), kind: "keep" },
          {
            head: "Sender",
            kind: "num",
            cell: (s) => <Mass mg={s.lots.reduce((mg, l) => mg + l.mass_mg.best, 0)} unit="kg" />,
          },
          {
            head: "Receiver",
            kind: "num",
            cell: (s) =>
              s.received ? (
                <Mass mg={differencesOf(s).reduce((mg, d) => mg + d.received_mg, 0)} unit="kg" />
              ) : (
                <span className="dim">–</span>
              ),
          },
          { head: "Worst difference", cell: (s) => <Worst of={s} />, kind: "num" },
          {
            head: "State",
            cell: (s) => <Tag mood={s.state === "in_transit" ? "warn" : "good"}>{words(s.state)}</Tag>,
          },
        ]}
      />
    </Panel>
  );
}

function Worst({ of }: { of: Shipment }) {
  const worst = [...differencesOf(of)].sort((a, b) => Math.abs(b.sigmas) - Math.abs(a.sigmas))[0];
  return worst ? <Sigmas of={worst.sigmas} within={worst.within} /> : <span className="dim">–</span>;
}

function SampleList() {
  const [state, setState] = useFilter("sampled");
  const pages = useAskPages("assay/list", { state, limit: 15 });
  return (
    <Panel title="Samples" says="Results of two firms are sealed until both have reported.">
      <div className="filters">
        <Choose
          label="State"
          chosen={state}
          choose={setState}
          among={{
            waiting: "nobody reported",
            half_reported: "one side reported",
            exchanged: "both reported",
            reported: "product reported, not released",
            released: "product released",
          }}
        />
      </div>
      <PagedTable
        pages={pages}
        caption="samples"
        keyOf={(s) => s.sample}
        empty="No sample is here."
        columns={[
          { head: "Sample", cell: (s) => <ToSample id={s.sample} />, kind: "keep" },
          { head: "Lot", cell: (s) => <ToLot lot={s.lot} />, kind: "keep" },
          { head: "Taken", cell: (s) => dateText(s.at), kind: "keep" },
          { head: "Reported", cell: (s) => s.reported.join(", ") || "nobody yet" },
          {
            head: "Waits for",
            cell: (s) =>
              s.waits_for.length > 0 ? (
                <Tag mood="warn">{s.waits_for.join(", ")}</Tag>
              ) : (
                <Tag mood="good">nothing</Tag>
              ),
          },
        ]}
      />
    </Panel>
  );
}
