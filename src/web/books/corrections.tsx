import { NativeSelect } from "@mantine/core";
import { useAskPages } from "../kit/client/hooks.ts";
import { Actor } from "../kit/show/actor.tsx";
import { timeText, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Go } from "../kit/show/go.tsx";
import { Panel } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useEntryKinds } from "./entry-kinds.ts";

const ToEntry = ({ seq, children }: { seq: number; children: string }) => (
  <Go to="/books" search={{ entry: String(seq) }}>
    {children}
  </Go>
);

/** What was taken back or replaced: by whom, when, why, and the entry that said it before. */
export function Corrections() {
  const [kind, setKind] = useFilter("corrected");
  const kinds = useEntryKinds({ corrects: true });
  const pages = useAskPages("ledger/corrections", { kind, limit: 20 });
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
          data={[...kinds.options]}
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
          { head: "What", cell: (c) => kinds.titleOf(c.kind), kind: "keep" },
          { head: "Of", cell: (c) => subjectText(c.subject) },
          { head: "Why", cell: (c) => words(c.why) },
          { head: "Who", kind: "keep", cell: (c) => <Actor of={c.actor} /> },
          {
            head: "Corrects",
            kind: "keep",
            cell: (c) =>
              c.corrects ? (
                <ToEntry
                  seq={c.corrects.seq}
                >{`${c.corrects.seq}, ${kinds.titleOf(c.corrects.kind)}`}</ToEntry>
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
