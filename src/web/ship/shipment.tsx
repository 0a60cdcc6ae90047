import { useParams } from "@tanstack/react-router";
import type { Shipment } from "../../ship/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { DOUBT_NOTE, Known, Mass, Sigmas } from "../kit/show/figure.tsx";
import { timeText, words } from "../kit/show/figure-text.ts";
import { ToDocument, ToLot } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Facts, Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { differencesOf } from "./shipments.tsx";

/** One shipment: bill of lading, seals, both weights of each lot, and how far apart they are. */
export function ShipmentPage() {
  const { shipment = "" } = useParams({ strict: false }) as { shipment?: string };
  const asked = useAsk("ship/show", { shipment });
  const names = useNames();
  return (
    <Page
      title={shipment}
      actions={asked.isError ? undefined : <Acts on="shipment" id={shipment} knows={lotsIn(asked.data)} />}
    >
      <Answered asked={asked}>
        {(of) => (
          <>
            <Panel title="The way">
              <Facts
                of={[
                  ["From", `${names.site(of.from)} (${names.party(of.shipper)})`],
                  ["To", `${names.site(of.to)} (${names.party(of.consignee)})`],
                  ["Carrier", `${of.carrier}, by ${of.mode}`],
                  ["Goods", of.description],
                  ["Left", timeText(of.at)],
                  [
                    "Received",
                    of.received ? (
                      timeText(of.received.at)
                    ) : (
                      <Tag key="on" mood="warn">
                        on the way
                      </Tag>
                    ),
                  ],
                  [
                    "Bill of lading",
                    of.bill_digest ? (
                      <ToDocument key="bill" digest={of.bill_digest}>
                        PDF
                      </ToDocument>
                    ) : (
                      "none"
                    ),
                  ],
                ]}
              />
            </Panel>
            <Weights of={of} />
            <Remarks of={of} />
          </>
        )}
      </Answered>
    </Page>
  );
}

/** The lots on the way, as the form that receives them asks for them. */
const lotsIn = (of: Shipment | undefined): Readonly<Record<string, string>> =>
  of && !of.received ? Object.fromEntries(of.lots.map(({ lot }, k) => [`lots.${k}.lot`, lot])) : {};

function Weights({ of }: { of: Shipment }) {
  const differences = new Map(differencesOf(of).map((d) => [d.lot, d]));
  const received = new Map(of.received?.lots.map((l) => [l.lot, l]));
  return (
    <Panel title="Weights" says={`${DOUBT_NOTE} σ counts the difference in its own standard uncertainty.`}>
      <Table
        caption="weights of each lot"
        rows={of.lots}
        keyOf={(l) => l.lot}
        columns={[
          { head: "Lot", cell: (l) => <ToLot lot={l.lot} />, kind: "keep" },
          { head: "Pieces", cell: (l) => l.pieces, kind: "num" },
          { head: "Seals", cell: (l) => l.seals.join(", ") || "none" },
          { head: "Sender", cell: (l) => <Known of={l.mass_mg} unit="kg" />, kind: "num" },
          {
            head: "Receiver",
            kind: "num",
            cell: (l) => {
              const arrived = received.get(l.lot);
              return arrived ? <Known of={arrived.mass_mg} unit="kg" /> : <span className="dim">–</span>;
            },
          },
          {
            head: "Difference",
            kind: "num",
            cell: (l) => {
              const d = differences.get(l.lot);
              return d ? <Mass mg={d.difference_mg} sd={d.sd_mg} /> : <span className="dim">–</span>;
            },
          },
          {
            head: "σ",
            kind: "num",
            cell: (l) => {
              const d = differences.get(l.lot);
              return d ? <Sigmas of={d.sigmas} within={d.within} /> : <span className="dim">–</span>;
            },
          },
          {
            head: "Sealed",
            cell: (l) => {
              const arrived = received.get(l.lot);
              if (!arrived) return <span className="dim">–</span>;
              return arrived.seals_intact ? <Tag mood="good">intact</Tag> : <Tag mood="bad">broken</Tag>;
            },
          },
        ]}
      />
    </Panel>
  );
}

function Remarks({ of }: { of: Shipment }) {
  const findings = of.received?.findings ?? [];
  if (findings.length === 0 && of.corrections.length === 0) return null;
  return (
    <Panel title="Remarks">
      <ul className="list">
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
        {of.corrections.map((c) => (
          <li key={`${c.at} ${c.lot} ${c.side}`}>
            {timeText(c.at)}: the {words(c.side)}'s weight of {c.lot} is <Known of={c.mass_mg} unit="kg" />,
            because {c.why}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
