import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import type { Consignment, Pallet } from "../../intake/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk, useCommand } from "../kit/client/hooks.ts";
import { DOUBT_NOTE, Known, Mass } from "../kit/show/figure.tsx";
import { dateText, timeText, whole, words } from "../kit/show/figure-text.ts";
import { Go, ToDocument, ToLot } from "../kit/show/go.tsx";
import { Party, Site } from "../kit/show/named.tsx";
import { OnlyWhoMay } from "../kit/show/only-who-may.tsx";
import { Facts, Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useMay, useSignedIn } from "../kit/signed-in.ts";
import { DataState } from "./consignments.tsx";
import { Lines } from "./lines.tsx";
import { Manifests } from "./manifest.tsx";

/** One consignment from the truck to its lots. */
export function ConsignmentPage() {
  const { consignment = "" } = useParams({ strict: false }) as { consignment?: string };
  const asked = useAsk("intake/show", { consignment });
  const me = useSignedIn();
  return (
    <Page
      title={consignment}
      actions={asked.isError ? undefined : <Acts on="consignment" id={consignment} />}
    >
      <Answered asked={asked} rows={10}>
        {(of) => (
          <>
            <div className="columns">
              <Arrival of={of} />
              <Data of={of} />
            </div>
            <Acts
              on="about_consignment"
              id={of.consignment}
              knows={{ party: of.owner, ...whoElse(of, me?.kind) }}
            />
            <Pallets pallets={of.pallets} />
            <Manifests of={of} />
            <Panel
              title="Lines"
              says="Class, grams of each element in the whole line, and their 90 % intervals."
            >
              <Lines consignment={of.consignment} />
            </Panel>
            {me?.kind === "customer" ? null : <OpenLots of={of} />}
          </>
        )}
      </Answered>
    </Page>
  );
}

function Arrival({ of }: { of: Consignment }) {
  const why = of.offers.find((o) => o.site === of.site)?.why;
  return (
    <Panel title="Arrival">
      <Facts
        of={[
          ["From", `${of.from_name ? `${of.from_name}, ` : ""}ZIP ${of.from_zip}`],
          ...(of.customer === undefined
            ? []
            : ([["Customer", <Party key="customer" id={of.customer} />]] as const)),
          ["Collected in", collectedText(of)],
          ["Was before", feedstockText(of)],
          ["Received", timeText(of.at)],
          ["Centre", <Site key="site" id={of.site} />],
          ["Why there", why ?? "chosen by hand"],
          ["Owner", <Party key="owner" id={of.owner} />],
          ["State", <Tag key="state">{words(of.state)}</Tag>],
        ]}
      />
    </Panel>
  );
}

/** Whom an incident of it concerns beside its owner; a customer's own word is a complaint. */
function whoElse({ customer }: Consignment, kind: string | undefined): Readonly<Record<string, string>> {
  if (kind === "customer") return { kind: "complaint" };
  return customer === undefined ? {} : { concerns: customer };
}

function collectedText({ provenance }: Consignment): string {
  const { country, region } = provenance?.collected_in ?? {};
  return [region, country].filter(Boolean).join(", ") || "not stated";
}

function feedstockText({ provenance }: Consignment): string {
  const { class: was, evidence } = provenance?.feedstock ?? {};
  const later = provenance?.stated_later ? "; not all of it was stated at receipt" : "";
  return `${was ? words(was) : "not stated"}${evidence ? ` (${evidence})` : ""}${later}`;
}

function Data({ of }: { of: Consignment }) {
  const may = useMay();
  return (
    <Panel
      title="Data"
      says="Magnets stay at the centre until every device that can hold data has its record."
    >
      <Facts
        of={[
          ["Devices", whole(of.devices)],
          ["Can hold data", whole(of.data_devices)],
          ["Sanitized", whole(of.sanitized_devices)],
          ["State", <DataState key="state" of={of} />],
          ...(of.open_devices > 0 && may("intake/sanitize")
            ? ([
                [
                  "Next",
                  <Go key="next" to={`/consignments/${encodeURIComponent(of.consignment)}/destruction`}>
                    Record their destruction
                  </Go>,
                ],
              ] as const)
            : []),
          [
            "Certificates",
            of.certificates.length === 0 ? (
              <span key="none" className="dim">
                none issued
              </span>
            ) : (
              of.certificates.map((c) => (
                <div key={c.pdf_digest}>
                  {dateText(c.at)}, {whole(c.devices)} devices:{" "}
                  <ToDocument digest={c.pdf_digest}>PDF</ToDocument>,{" "}
                  <ToDocument digest={c.json_digest}>JSON</ToDocument>
                </div>
              ))
            ),
          ],
        ]}
      />
    </Panel>
  );
}

function Pallets({ pallets }: { pallets: readonly Pallet[] }) {
  return (
    <Panel title="Pallets" says={DOUBT_NOTE}>
      {pallets.length === 0 ? (
        <Empty>No pallet was weighed yet.</Empty>
      ) : (
        <Table
          caption="pallets"
          rows={pallets}
          keyOf={(p) => p.pallet}
          columns={[
            { head: "Pallet", cell: (p) => p.pallet, kind: "keep" },
            { head: "Stream", cell: (p) => words(p.stream ?? "not sorted"), kind: "keep" },
            { head: "Gross", cell: (p) => <Mass mg={p.gross_mg} unit="kg" />, kind: "num" },
            { head: "Tare", cell: (p) => <Mass mg={p.tare_mg} unit="kg" />, kind: "num" },
            { head: "Net", cell: (p) => <Known of={p.net_mg} unit="kg" />, kind: "num" },
          ]}
        />
      )}
    </Panel>
  );
}

/** What a lot holds of the elements that are paid for, with the doubt of all its lines together. */
function Holds({ lot }: { lot: string }) {
  const of = useAsk("ledger/lot", { lot }).data;
  if (!of) return null;
  return (
    <span className="small">
      <Known of={of.mass_mg} unit="kg" />
      {MAGNET_ELEMENTS.flatMap((element) => {
        const held = of.elements_mg[element];
        return held
          ? [
              <span key={element} className="keep">
                {" · "}
                {element} <Known of={held} unit="g" />
              </span>,
            ]
          : [];
      })}
    </span>
  );
}

function OpenLots({ of }: { of: Consignment }) {
  const open = useCommand("intake/open-lots");
  return (
    <Panel title="Lots">
      {of.lots.length > 0 ? (
        <>
          <ul className="list">
            {of.lots.map((lot) => (
              <li key={lot}>
                <ToLot lot={lot} /> <Holds lot={lot} />
              </li>
            ))}
          </ul>
          <p className="small">
            <Go to="/labels" search={{ lots: of.lots.join(",") }}>
              Print their labels
            </Go>
          </p>
        </>
      ) : (
        <>
          <p className="dim small">
            Opens a lot for each stream, with its net mass and the elements expected in it. No more lines can
            be read after that.
          </p>
          <OnlyWhoMay command="intake/open-lots" says="Opening lots">
            <Button
              onClick={() => open.mutate({ consignment: of.consignment })}
              loading={open.isPending}
              disabled={of.state === "received"}
            >
              Open lots
            </Button>
          </OnlyWhoMay>
          {of.state === "received" ? <p className="dim small">Read the manifest first.</p> : null}
          <RefusedNote error={open.error} />
        </>
      )}
    </Panel>
  );
}
