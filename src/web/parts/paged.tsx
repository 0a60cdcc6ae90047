import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { type Page, useAsk } from "../api.ts";
import { Answer, type Column, DataTable } from "./frame.tsx";

/** A list from the API, a page at a time; the way back is remembered. */
export function PagedTable<T>({
  path,
  input = {},
  columns,
  label,
  empty,
  keyOf,
}: {
  path: string;
  input?: Record<string, string | number | undefined>;
  columns: readonly Column<T>[];
  label: string;
  empty: string;
  keyOf: (row: T) => string;
}) {
  const [trail, setTrail] = useState<readonly (string | number | undefined)[]>([undefined]);
  const page = useAsk<Page<T>>(path, { limit: 25, ...input, after: trail.at(-1) });
  return (
    <Answer of={page}>
      {({ items, next }) => (
        <>
          <DataTable rows={items} columns={columns} label={label} empty={empty} keyOf={keyOf} />
          {trail.length > 1 || next !== undefined ? (
            <Group mt="sm">
              <Button
                variant="default"
                size="xs"
                disabled={trail.length === 1}
                onClick={() => setTrail(trail.slice(0, -1))}
              >
                Back
              </Button>
              <Button
                variant="default"
                size="xs"
                disabled={next === undefined}
                onClick={() => setTrail([...trail, next])}
              >
                Next
              </Button>
            </Group>
          ) : null}
        </>
      )}
    </Answer>
  );
}
