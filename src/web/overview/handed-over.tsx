import { Acts } from "../act/do.tsx";
import type { Item } from "../kit/client/contract.ts";
import { useAsk, useAskPages } from "../kit/client/hooks.ts";
import { dateText, whole, words } from "../kit/show/figure-text.ts";
import { ToConsignment, ToDocument } from "../kit/show/go.tsx";
import { Party, Site } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { ToGuide } from "../kit/show/to-guide.tsx";
import { ForYou } from "./for-you.tsx";

type Consignment = Item<"intake/list">;

/** The first page of a customer: what it handed over, what became of it, and what still waits. */
export function HandedOver() {
  const pages = useAskPages("intake/list", { limit: 25 });
  return (
    <Page
      title="What you handed over"
      says="Your consignments, what was found in them, and what became of the data on them."
      actions={<ToGuide />}
    >
      <Waits />
      <Panel title="Consignments">
        <PagedTable
          pages={pages}
          caption="what you handed over"
          keyOf={(c) => c.consignment}
          empty="Nothing was received from you yet."
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
            { head: "Devices", cell: (c) => <Devices of={c} />, kind: "num" },
            { head: "Can hold data", cell: (c) => <Data of={c} /> },
            { head: "Certificate of sanitization", cell: (c) => <LastCertificate of={c} /> },
          ]}
        />
      </Panel>
      <ForYou />
      <Incidents recyclers={[...new Set(pages.items.map(({ owner }) => owner))]} />
    </Page>
  );
}

const isRead = ({ state }: Consignment): boolean => state !== "received";

const Devices = ({ of }: { of: Consignment }) =>
  isRead(of) ? whole(of.devices) : <span className="dim">not counted yet</span>;

/** Before its list is read nobody knows what can hold data. */
function Data({ of }: { of: Consignment }) {
  const { data_devices: all, open_devices: open } = of;
  if (!isRead(of)) return <span className="dim">list not read yet</span>;
  if (all === 0) return "none";
  return open === 0 ? (
    `${whole(all)}, all sanitized`
  ) : (
    <Tag mood="warn">
      {whole(open)} of {whole(all)} still to be sanitized
    </Tag>
  );
}

function LastCertificate({ of }: { of: Consignment }) {
  const last = of.certificates.at(-1);
  if (!last) return <span className="dim">none yet</span>;
  return (
    <>
      {dateText(last.at)}: <ToDocument digest={last.pdf_digest}>PDF</ToDocument>,{" "}
      <ToDocument digest={last.json_digest}>JSON</ToDocument>
      {last.complete ? null : <div className="dim">not of every device</div>}
    </>
  );
}

/** Whatever stands between a consignment and its whole certificate. */
function Waits() {
  const desk = useAsk("intake/desk", {});
  const unread = useAsk("intake/list", { state: "received", limit: 25 });
  return (
    <Panel title="What waits">
      <Answered asked={desk}>
        {({ to_destroy, to_settle }) => (
          <Answered asked={unread}>
            {({ items }) =>
              to_destroy.length + to_settle.length + items.length === 0 ? (
                <Empty>Nothing. Every device that can hold data has its record of sanitization.</Empty>
              ) : (
                <ul className="list">
                  {items.map(({ consignment, at }) => (
                    <Waiting key={consignment} id={consignment} since={at}>
                      its list is not read yet
                    </Waiting>
                  ))}
                  {to_destroy.map(({ consignment, open_devices, at }) => (
                    <Waiting key={consignment} id={consignment} since={at}>
                      {whole(open_devices)} devices that can hold data have no record of sanitization yet
                    </Waiting>
                  ))}
                  {to_settle.map(({ consignment, unresolved_rows, at }) => (
                    <Waiting key={consignment} id={consignment} since={at}>
                      {whole(unresolved_rows)} rows of its list could not be read and are looked at by hand
                    </Waiting>
                  ))}
                </ul>
              )
            }
          </Answered>
        )}
      </Answered>
    </Panel>
  );
}

const Waiting = (props: { id: string; since: string; children: React.ReactNode }) => (
  <li>
    <ToConsignment id={props.id} />: {props.children}
    <div className="dim">received {dateText(props.since)}</div>
  </li>
);

/** What it complained about, and what its recycler says went wrong with its devices. */
function Incidents({ recyclers }: { recyclers: readonly string[] }) {
  const pages = useAskPages("trust/incidents", { limit: 20 });
  // Where there is one recycler, it is whose to put right.
  const recycler = recyclers.length === 1 ? recyclers[0] : undefined;
  return (
    <Panel title="Incidents and complaints">
      <PagedTable
        pages={pages}
        caption="incidents and complaints"
        keyOf={(one) => one.incident}
        empty="None that concerns you."
        columns={[
          {
            head: "About",
            cell: (one) => (
              <>
                {one.about}
                {one.closed ? <div className="dim">{one.closed.correction}</div> : null}
              </>
            ),
          },
          { head: "Kind", cell: (one) => words(one.kind) },
          { head: "Who puts it right", cell: (one) => <Party id={one.party} /> },
          {
            head: "State",
            cell: (one) =>
              one.closed ? (
                <Tag mood="good">put right {dateText(one.closed.at)}</Tag>
              ) : (
                <Tag mood={one.overdue ? "bad" : "warn"}>by {dateText(one.due)}</Tag>
              ),
          },
        ]}
      />
      <Acts on="customer" knows={{ kind: "complaint", ...(recycler ? { party: recycler } : {}) }} />
    </Panel>
  );
}
