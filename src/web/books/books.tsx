import { NativeSelect } from "@mantine/core";
import type { Entry } from "../../ledger/index.ts";
import { useAsk, useAskPages } from "../api/hooks.ts";
import type { Balance } from "../overview/now.ts";
import { timeText, words } from "../show/figure-text.ts";
import { useFilter } from "../show/filter.ts";
import { Page, Panel, Tag } from "../show/page.tsx";
import { Answered } from "../show/states.tsx";
import { PagedTable } from "../show/table.tsx";

const KINDS = [
  "consignment_received",
  "manifest_read",
  "media_sanitized",
  "lot_opened",
  "step_recorded",
  "step_reversed",
  "shipment_sent",
  "shipment_received",
  "sample_taken",
  "assay_reported",
  "statement_issued",
  "account_posted",
  "campaign_planned",
  "campaign_run",
  "certificate_released",
  "passport_issued",
  "order_placed",
  "order_allocated",
  "order_shipped",
];

/** The log from the first entry on. Each names the one before by its hash. */
export function Books() {
  const [kind, setKind] = useFilter("kind");
  const pages = useAskPages<Entry>("ledger/entries", { kind, limit: 50 });
  return (
    <Page
      title="Books"
      says="Entries are only ever added; a mistake is corrected by another entry. Each is linked to the one before by its hash."
    >
      <AuditState />
      <Panel title="Entries, the first one first">
        <div className="filters">
          <NativeSelect
            label="Kind"
            value={kind ?? ""}
            onChange={(e) => setKind(e.currentTarget.value)}
            data={[{ value: "", label: "any" }, ...KINDS.map((k) => ({ value: k, label: words(k) }))]}
          />
        </div>
        <PagedTable
          pages={pages}
          caption="entries"
          keyOf={(e) => String(e.seq)}
          empty="No entry is here."
          columns={[
            { head: "No.", cell: (e) => e.seq, kind: "num" },
            { head: "When", cell: (e) => timeText(e.time), kind: "keep" },
            { head: "What", cell: (e) => words(e.kind), kind: "keep" },
            {
              head: "Who",
              kind: "keep",
              cell: (e) => (
                <>
                  {e.actor.role} @ {e.actor.party}
                  {e.actor.verified ? "" : <span className="dim"> unverified</span>}
                </>
              ),
            },
            { head: "Hash", cell: (e) => <span className="mono keep">{e.hash.slice(0, 12)}…</span> },
            { head: "Content", cell: (e) => <Body of={e} /> },
          ]}
        />
      </Panel>
    </Page>
  );
}

function Body({ of }: { of: Entry }) {
  return (
    <details>
      <summary className="keep">open</summary>
      <pre className="mono body">{JSON.stringify(of.body, null, 1)}</pre>
    </details>
  );
}

function AuditState() {
  const asked = useAsk<Balance>("ledger/balance");
  return (
    <Panel title="Do they close?">
      <Answered asked={asked} rows={1}>
        {({ closes }) => (
          <p style={{ margin: 0 }}>
            {closes ? <Tag mood="good">yes</Tag> : <Tag mood="bad">no</Tag>}{" "}
            {closes
              ? "Over all lots and named places, mass and every element add up to nothing, to the milligram."
              : "Mass or an element does not add up over all lots and named places."}{" "}
            <span className="dim">
              The whole chain and every closure are checked again by <code>didym ledger audit</code>.
            </span>
          </p>
        )}
      </Answered>
    </Panel>
  );
}
