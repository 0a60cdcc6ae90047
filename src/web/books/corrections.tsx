import { NativeSelect } from "@mantine/core";
import { useAskPages } from "../kit/client/hooks.ts";
import { Actor } from "../kit/show/actor.tsx";
import { timeText, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Go } from "../kit/show/go.tsx";
import { Panel } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";

interface Correction {
  readonly seq: number;
  readonly time: string;
  readonly kind: string;
  readonly actor: { readonly role: string; readonly party: string; readonly verified: boolean };
  readonly subject: string;
  readonly why: string;
  readonly corrects?: { readonly seq: number; readonly time: string; readonly kind: string };
}

const KINDS = [
  "step_reversed",
  "lot_restated",
  "shipment_weight_corrected",
  "pallets_weighed",
  "row_resolved",
  "line_corrected",
  "assay_reported",
  "statement_issued",
  "agreement_made",
  "certificate_released",
  "passport_revoked",
  "allocation_released",
  "order_cancelled",
  "party_changed",
  "site_changed",
  "unit_changed",
];

const ToEntry = ({ seq, children }: { seq: number; children: string }) => (
  <Go to="/books" search={{ entry: String(seq) }}>
    {children}
  </Go>
);

/** What was taken back or replaced: by whom, when, why, and the entry that said it before. */
export function Corrections() {
  const [kind, setKind] = useFilter("corrected");
  const pages = useAskPages<Correction>("ledger/corrections", { kind, limit: 20 });
  return (
    <Panel
      title="Corrections"
      says="Whatever takes back or replaces what an earlier entry said. Both stay on the books."
    >
      <div className="filters">
        <NativeSelect
          label="Kind of correction"
          value={kind ?? ""}
          onChange={(e) => setKind(e.currentTarget.value)}
          data={[{ value: "", label: "any" }, ...KINDS.map((k) => ({ value: k, label: words(k) }))]}
        />
      </div>
      <PagedTable
        pages={pages}
        caption="corrections, the newest first"
        keyOf={(c) => String(c.seq)}
        empty="Nothing was corrected."
        columns={[
          { head: "No.", cell: (c) => <ToEntry seq={c.seq}>{String(c.seq)}</ToEntry>, kind: "num" },
          { head: "When", cell: (c) => timeText(c.time), kind: "keep" },
          { head: "What", cell: (c) => words(c.kind), kind: "keep" },
          { head: "Of", cell: (c) => subjectText(c.subject) },
          { head: "Why", cell: (c) => words(c.why) },
          { head: "Who", kind: "keep", cell: (c) => <Actor of={c.actor} /> },
          {
            head: "Corrects",
            kind: "keep",
            cell: (c) =>
              c.corrects ? (
                <ToEntry seq={c.corrects.seq}>{`${c.corrects.seq}, ${words(c.corrects.kind)}`}</ToEntry>
              ) : (
                <span className="dim">not stated</span>
              ),
          },
        ]}
      />
    </Panel>
  );
}

/** Digests of manifests are long and say little; their beginning is enough to tell them apart. */
const subjectText = (subject: string): string =>
  subject.replaceAll(/[0-9a-f]{40,}/g, (digest) => `${digest.slice(0, 8)}…`);
