import { Alert, Anchor, Button, FileButton, Group, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAsk, useSend } from "../api.ts";
import { instant, mass, number, percent, words } from "../format.ts";
import { Answer, Card, DataTable, Facts, PageFrame, Problem, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";
import type { Consignment as Listed } from "./consignments.tsx";

interface Finding {
  readonly row: number;
  readonly column: string;
  readonly severity: string;
  readonly message: string;
}
interface Manifest {
  readonly name: string;
  readonly rows: number;
  readonly kept: number;
  readonly rejected: number;
  readonly blank: number;
  readonly findings: readonly Finding[];
}
interface Consignment extends Listed {
  readonly pallets: readonly {
    pallet: string;
    gross_mg: number;
    tare_mg: number;
    net_mg: { best: number };
    stream?: string;
  }[];
  readonly manifests: readonly Manifest[];
  readonly lots: readonly string[];
  readonly data_devices: number;
  readonly certificates: readonly { pdf_digest: string; at: string }[];
}
interface Line {
  readonly id: string;
  readonly row: number;
  readonly text: string;
  readonly class: string;
  readonly p: number;
  readonly quantity: number;
  readonly data_bearing: string;
  readonly sanitized: number;
  readonly elements_g: Record<string, { best: number; lo90: number; hi90: number }>;
}

export function ConsignmentPage() {
  const { consignment } = useParams({ strict: false }) as { consignment: string };
  const found = useAsk<Consignment>("intake/show", { consignment });
  return (
    <PageFrame title={`Consignment ${consignment}`}>
      <Answer of={found}>{(c) => <Details consignment={c} />}</Answer>
    </PageFrame>
  );
}

function Details({ consignment: c }: { consignment: Consignment }) {
  const open = useSend<{ lots: string[] }>("intake/open-lots");
  return (
    <>
      {c.open_devices > 0 ? (
        <Alert
          color="orange"
          variant="light"
          title={`${number(c.open_devices, 0)} data-bearing devices have no accepted destruction record`}
        >
          Nothing that may hold them leaves {c.site} before they have one.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card title="Facts">
          <Facts
            facts={[
              ["From", `${c.from_name ?? ""} ${c.from_zip}`],
              ["Centre", c.site],
              ["Received", instant(c.at)],
              ["State", <State key="s" state={c.state} />],
              ["Devices", `${number(c.devices, 0)}, of which ${number(c.data_devices, 0)} bear data`],
              ["Lots", c.lots.length === 0 ? "not opened yet" : <LotLinks key="l" lots={c.lots} />],
              [
                "Certificates",
                c.certificates.length === 0 ? "none" : <Certificates key="c" certificates={c.certificates} />,
              ],
            ]}
          />
          {c.lots.length === 0 && c.lines > 0 && c.pallets.length > 0 ? (
            <Button
              mt="sm"
              onClick={() => open.mutate({ consignment: c.consignment })}
              loading={open.isPending}
            >
              Open lots
            </Button>
          ) : null}
          {open.isError ? <Problem error={open.error} /> : null}
        </Card>
        <Card title="Pallets">
          <DataTable
            rows={c.pallets}
            label="Pallets"
            empty="No pallet was weighed yet."
            keyOf={(p) => p.pallet}
            columns={[
              { name: "Pallet", cell: (p) => p.pallet },
              { name: "Stream", cell: (p) => words(p.stream ?? "mixed") },
              { name: "Gross", number: true, cell: (p) => mass(p.gross_mg) },
              { name: "Net", number: true, cell: (p) => mass(p.net_mg.best) },
            ]}
          />
        </Card>
      </SimpleGrid>
      <ManifestCard consignment={c} />
      <Card title="What it holds">
        <PagedTable<Line>
          path="intake/lines"
          input={{ consignment: c.consignment }}
          label="Lines"
          empty="No line was read yet."
          keyOf={(l) => l.id}
          columns={[
            { name: "Line", number: true, cell: (l) => l.row },
            { name: "Description", cell: (l) => l.text },
            { name: "Quantity", number: true, cell: (l) => number(l.quantity, 0) },
            { name: "Class", cell: (l) => `${words(l.class)} (${percent(l.p, 0)})` },
            { name: "Nd, g (90 %)", number: true, cell: (l) => grams(l, "Nd") },
            { name: "Dy, g (90 %)", number: true, cell: (l) => grams(l, "Dy") },
            {
              name: "Data",
              cell: (l) =>
                l.data_bearing === "no"
                  ? "none"
                  : `${number(l.sanitized, 0)} of ${number(l.quantity, 0)} destroyed`,
            },
          ]}
        />
      </Card>
    </>
  );
}

function grams(line: Line, element: string): string {
  const e = line.elements_g[element];
  return e && e.best > 0 ? `${number(e.best, 1)} (${number(e.lo90, 1)} to ${number(e.hi90, 1)})` : "0";
}

const LotLinks = ({ lots }: { lots: readonly string[] }) => (
  <Group gap="xs">
    {lots.map((lot) => (
      <Anchor key={lot} component={Link} to={`/lots/${lot}`}>
        {lot}
      </Anchor>
    ))}
  </Group>
);

const Certificates = ({ certificates }: { certificates: readonly { pdf_digest: string; at: string }[] }) => (
  <Group gap="xs">
    {certificates.map(({ pdf_digest, at }) => (
      <Anchor key={pdf_digest} href={`/api/documents/${pdf_digest}`} target="_blank">
        PDF of {instant(at)}
      </Anchor>
    ))}
  </Group>
);

function ManifestCard({ consignment: c }: { consignment: Consignment }) {
  const [text, setText] = useState("");
  const [name, setName] = useState("pasted");
  const read = useSend<Manifest>("intake/read-manifest");
  const shown = read.data ? [read.data.answer] : c.manifests;
  const findings = shown.flatMap((m) =>
    m.findings.map((f) => ({ ...f, id: `${m.name} ${f.row} ${f.column}` })),
  );
  const take = (file: File | null) => {
    if (!file) return;
    setName(file.name);
    void file.text().then(setText);
  };
  return (
    <Card title="Manifest">
      {c.lots.length === 0 ? (
        <Stack gap="xs" mb="md">
          <Textarea
            label="Paste lines, or a CSV with a header"
            minRows={3}
            maxRows={8}
            autosize
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
          <Group>
            <FileButton onChange={take} accept=".csv,.txt,text/csv,text/plain">
              {(props) => (
                <Button variant="default" {...props}>
                  Choose a file
                </Button>
              )}
            </FileButton>
            <Button
              disabled={text.trim() === ""}
              loading={read.isPending}
              onClick={() => read.mutate({ consignment: c.consignment, name, text })}
            >
              Read
            </Button>
          </Group>
          {read.isError ? <Problem error={read.error} /> : null}
        </Stack>
      ) : null}
      {shown.map((m) => (
        <Text key={m.name} size="sm">
          <b>{m.name}</b>: {number(m.rows, 0)} rows, {number(m.kept, 0)} kept, {number(m.rejected, 0)}{" "}
          rejected, {number(m.blank, 0)} blank.
        </Text>
      ))}
      {findings.length > 0 ? (
        <DataTable
          rows={findings.slice(0, 200)}
          label="Findings"
          empty=""
          keyOf={(f) => f.id}
          columns={[
            { name: "Row", number: true, cell: (f) => f.row },
            { name: "Column", cell: (f) => f.column },
            { name: "Finding", cell: (f) => `${f.severity}: ${f.message}` },
          ]}
        />
      ) : null}
    </Card>
  );
}
