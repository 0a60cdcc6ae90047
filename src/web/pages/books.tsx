import { Text } from "@mantine/core";
import { instant, words } from "../format.ts";
import { Card, PageFrame } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";

interface Entry {
  readonly seq: number;
  readonly time: string;
  readonly kind: string;
  readonly actor: { role: string; party: string; verified: boolean };
  readonly hash: string;
  readonly key: string;
}

export function BooksPage() {
  return (
    <PageFrame
      title="Books"
      hint="Every entry from the first; each is linked to the one before by its hash, and none is ever changed"
    >
      <Card>
        <PagedTable<Entry>
          path="ledger/entries"
          label="Entries"
          empty="The books are empty."
          keyOf={(e) => String(e.seq)}
          columns={[
            { name: "Entry", number: true, cell: (e) => e.seq },
            { name: "When", cell: (e) => instant(e.time) },
            { name: "What", cell: (e) => words(e.kind) },
            {
              name: "Who, as stated",
              cell: (e) => `${e.actor.role} at ${e.actor.party}${e.actor.verified ? "" : " (unverified)"}`,
            },
            { name: "Hash", cell: (e) => <span className="mono">{e.hash.slice(0, 16)}…</span> },
          ]}
        />
        <Text size="sm" c="dimmed" mt="xs">
          didym ledger audit walks this chain, redoes every closure and names the first entry that is wrong.
        </Text>
      </Card>
    </PageFrame>
  );
}
