import { NativeSelect } from "@mantine/core";
import { useAskPages } from "../kit/client/hooks.ts";
import { Actor } from "../kit/show/actor.tsx";
import { EntryBody } from "../kit/show/entry-body.tsx";
import { timeText } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Panel } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useEntryKinds } from "./entry-kinds.ts";

/** The log, the newest first. Each entry names the one before by its hash. With `entry` in the address, it begins there. */
export function Entries() {
  const [kind, setKind] = useFilter("kind");
  const [entry, setEntry] = useFilter("entry");
  const kinds = useEntryKinds();
  const from = entry !== undefined && /^\d+$/.test(entry) ? Number(entry) + 1 : undefined;
  const pages = useAskPages("ledger/entries", { kind, order: "newest", limit: 50 }, from);
  return (
    <Panel title="Entries, the newest first">
      <div className="filters">
        <NativeSelect
          label="Kind"
          value={kind ?? ""}
          onChange={(e) => setKind(e.currentTarget.value)}
          data={[...kinds.options]}
        />
        {from === undefined ? null : (
          <button type="button" className="plain" onClick={() => setEntry(undefined)}>
            From entry {entry} on; show from the newest
          </button>
        )}
      </div>
      <PagedTable
        pages={pages}
        caption="entries"
        keyOf={(e) => String(e.seq)}
        empty="No entry is here."
        columns={[
          { head: "No.", cell: (e) => e.seq, kind: "num" },
          { head: "When", cell: (e) => timeText(e.time), kind: "keep" },
          { head: "What", cell: (e) => kinds.titleOf(e.kind), kind: "keep" },
          { head: "Who", kind: "keep", cell: (e) => <Actor of={e.actor} /> },
          {
            head: "Content",
            cell: (e) => <EntryBody key={e.seq} body={e.body} opened={from === e.seq + 1} />,
          },
          { head: "Hash", cell: (e) => <span className="mono keep">{e.hash.slice(0, 12)}…</span> },
        ]}
      />
    </Panel>
  );
}
