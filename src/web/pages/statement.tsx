import { Accordion, Group, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useAsk } from "../api.ts";
import { instant } from "../format.ts";
import { Answer, Card, PageFrame, State } from "../parts/frame.tsx";

interface Line {
  readonly id: string;
  readonly label: string;
  readonly role: string;
  readonly unit: string;
  readonly shown: string;
  readonly arithmetic: string;
}
interface Statement {
  readonly lot: string;
  readonly status: string;
  readonly revision: number;
  readonly supersedes: { statement: string; reason: string } | null;
  readonly lines: readonly Line[];
  readonly notes: readonly string[];
  readonly digest: string;
}
interface Statements {
  readonly lot: string;
  readonly issued: readonly { at: string; statement: Statement }[];
}

export function StatementPage() {
  const { lot } = useParams({ strict: false }) as { lot: string };
  const all = useAsk<{ items: Statements[] }>("settle/statements", { limit: 500 });
  return (
    <PageFrame title={`Statement for ${lot}`} hint="Open a line to see its arithmetic">
      <Answer of={all}>
        {({ items }) => {
          const found = items.find((s) => s.lot === lot)?.issued ?? [];
          return found.length === 0 ? (
            <Text>There is no statement for {lot}.</Text>
          ) : (
            [...found]
              .reverse()
              .map((i) => <Shown key={i.statement.digest} at={i.at} statement={i.statement} />)
          );
        }}
      </Answer>
    </PageFrame>
  );
}

function Shown({ at, statement }: { at: string; statement: Statement }) {
  return (
    <Card>
      <Group justify="space-between">
        <Text fw={600}>
          Revision {statement.revision}, {instant(at)}
        </Text>
        <State state={statement.status} />
      </Group>
      {statement.supersedes ? (
        <Text size="sm">Replaces an earlier statement: {statement.supersedes.reason}</Text>
      ) : null}
      <Accordion variant="default" mt="sm" chevronPosition="left">
        {statement.lines.map((line) => (
          <Accordion.Item key={line.id} value={line.id}>
            <Accordion.Control>
              <Group justify="space-between" wrap="nowrap">
                <Text size="sm" fw={line.role === "due" || line.role === "charge" ? 650 : 400}>
                  {line.label}
                </Text>
                <Text size="sm" className="num" fw={line.role === "due" ? 650 : 400}>
                  {line.shown} {line.unit}
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Text className="mono">{line.arithmetic || "as given"}</Text>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {statement.notes.map((note) => (
        <Text key={note} size="sm" c="dimmed" mt="xs">
          {note}
        </Text>
      ))}
      <Text mt="sm" className="mono" c="dimmed">
        {statement.digest}
      </Text>
    </Card>
  );
}
