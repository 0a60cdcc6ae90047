import { Alert, Badge, Box, Group, Loader, Paper, Stack, Table, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Refused } from "../api.ts";

export function PageFrame({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Didym`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Box>
        <Title order={1} size="h2">
          {title}
        </Title>
        {hint ? <Text c="dimmed">{hint}</Text> : null}
      </Box>
      {children}
    </Stack>
  );
}

export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      {title ? (
        <Title order={2} size="h4" mb="sm">
          {title}
        </Title>
      ) : null}
      {children}
    </Paper>
  );
}

export function Problem({ error }: { error: Error }) {
  const place =
    error instanceof Refused
      ? `${error.code.replaceAll("_", " ")}, at ${error.at}`
      : "The server could not be reached";
  return (
    <Alert color="red" variant="light" title={error.message}>
      {place}
    </Alert>
  );
}

/** Loading, refused, or the answer: the three things a page can show. */
export function Answer<A>({
  of,
  children,
}: {
  of: UseQueryResult<A, Error>;
  children: (answer: A) => ReactNode;
}) {
  if (of.isPending) {
    return (
      <Group role="status">
        <Loader size="sm" />
        <Text c="dimmed">Loading</Text>
      </Group>
    );
  }
  return of.isError ? <Problem error={of.error} /> : children(of.data);
}

export interface Column<T> {
  readonly name: string;
  readonly number?: boolean;
  readonly cell: (row: T) => ReactNode;
}

export function DataTable<T>({
  rows,
  columns,
  label,
  empty,
  keyOf,
}: {
  rows: readonly T[];
  columns: readonly Column<T>[];
  label: string;
  empty: string;
  keyOf: (row: T) => string;
}) {
  if (rows.length === 0) return <Text c="dimmed">{empty}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="scroll" aria-label={label} tabIndex={0}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map((c) => (
              <Table.Th key={c.name} className={c.number ? "num" : ""}>
                {c.name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map((c) => (
                <Table.Td key={c.name} className={c.number ? "num" : ""}>
                  {c.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

const COLOURS: Readonly<Record<string, string>> = {
  on_hand: "teal",
  final: "teal",
  qualified: "teal",
  shipped: "teal",
  run: "teal",
  exchanged: "teal",
  received: "blue",
  open: "blue",
  planned: "blue",
  in_transit: "orange",
  provisional: "orange",
  waiting: "orange",
  trial: "orange",
  half_reported: "orange",
};

export const State = ({ state }: { state: string }) => (
  <Badge
    variant="outline"
    color={COLOURS[state] ?? "gray"}
    tt="none"
    style={{ whiteSpace: "nowrap" }}
    styles={{ label: { color: "var(--mantine-color-text)" } }}
  >
    {state.replaceAll("_", " ")}
  </Badge>
);

export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <Table variant="vertical" withTableBorder={false} layout="auto">
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w="11rem" style={{ background: "transparent" }}>
              {name}
            </Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
