import { Button, TextInput } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { Consignment } from "../../intake/index.ts";
import type { Item } from "../kit/client/contract.ts";
import { useAsk, useAskAll, useCommand } from "../kit/client/hooks.ts";
import { whole, words } from "../kit/show/figure-text.ts";
import { Go, ToConsignment } from "../kit/show/go.tsx";
import { OnlyWhoMay } from "../kit/show/only-who-may.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { type Column, Table } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { AsWritten } from "./as-written.tsx";

type Line = Item<"intake/lines">;

interface Recorded {
  readonly accepted: number;
  readonly devices: number;
  readonly open_devices: number;
  readonly findings: readonly { readonly record: number; readonly message: string }[];
}

/** How they were destroyed: the same for all that went through one machine on one day. */
const HOW = [
  { name: "technique", label: "How they were destroyed", sample: "shredded to 6 mm" },
  { name: "tool", label: "With which machine", sample: "drive shredder" },
  { name: "verification", label: "How that was verified", sample: "count and particle size" },
  { name: "sanitized_by", label: "Destroyed by (a role)", sample: "operator" },
  { name: "validated_by", label: "Validated by (another role)", sample: "approver" },
  { name: "destination", label: "What is left goes to", sample: "magnet recovery" },
] as const;

type How = Readonly<Record<(typeof HOW)[number]["name"], string>>;

/** Destruction of data-bearing devices, recorded by the batch: the lines that are still open, and what was done to them. */
export function Destruction() {
  const { consignment = "" } = useParams({ strict: false }) as { consignment?: string };
  const of = useAsk("intake/show", { consignment });
  const lines = useAskAll("intake/lines", { consignment });
  const may = useMay();
  return (
    <Page
      title={`Data destruction of ${consignment}`}
      says="Devices destroyed together are recorded by the batch (NIST SP 800-88, revision 2). One that was cleared or purged has a record of its own."
      actions={
        may("intake/sanitize") ? (
          <nav className="acts" aria-label="what can be done">
            <Go to="/do/intake/sanitize" search={{ consignment, from: `/consignments/${consignment}` }}>
              Record a single device
            </Go>
          </nav>
        ) : undefined
      }
    >
      <Answered asked={of}>
        {(found) => (
          <Answered asked={lines} rows={10}>
            {(all) => <Open of={found} lines={all.filter((l) => l.data_bearing !== "no" && left(l) > 0)} />}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}

const left = (line: Line): number => line.quantity - line.sanitized;

function Open({ of, lines }: { of: Consignment; lines: readonly Line[] }) {
  const [without, setWithout] = useState<ReadonlySet<number>>(new Set());
  const [how, setHow] = useState<How>({
    ...(Object.fromEntries(HOW.map(({ name }) => [name, ""])) as Record<keyof How, string>),
  });
  const record = useCommand("intake/sanitize");
  const chosen = lines.filter((l) => !without.has(l.row));
  const devices = chosen.reduce((sum, l) => sum + left(l), 0);
  const send = (event: FormEvent) => {
    event.preventDefault();
    record.mutate({ consignment: of.consignment, records: chosen.map((l) => recordOf(l, how, of.site)) });
  };
  const turn = (row: number) => {
    const next = new Set(without);
    if (!next.delete(row)) next.add(row);
    setWithout(next);
  };
  return (
    <>
      {record.data ? <Written of={record.data.answer} consignment={of.consignment} /> : null}
      {lines.length === 0 ? (
        <Panel title="Open lines">
          <Empty>
            Every device of <ToConsignment id={of.consignment} /> that can hold data has its record.{" "}
            <Go to="/do/intake/issue-certificate" search={{ consignment: of.consignment }}>
              Issue the certificate
            </Go>
          </Empty>
        </Panel>
      ) : (
        <form onSubmit={send}>
          <Panel title="What was done">
            <OnlyWhoMay command="intake/sanitize" says="Recording it">
              <HowForm how={how} setHow={setHow} />
              <p>
                <Button type="submit" loading={record.isPending} disabled={chosen.length === 0}>
                  Record {whole(devices)} devices as destroyed
                </Button>
              </p>
              <RefusedNote error={record.error} />
            </OnlyWhoMay>
          </Panel>
          <Panel title="Open lines" says="What was not in the batch is unticked, and stays open.">
            <p>
              <button
                type="button"
                className="plain"
                onClick={() => setWithout(new Set(chosen.length > 0 ? lines.map((l) => l.row) : []))}
              >
                {chosen.length > 0 ? "Untick all" : "Tick all"}
              </button>
            </p>
            <Table
              caption="open lines"
              rows={lines}
              keyOf={(l) => l.id}
              columns={openColumns(without, turn)}
            />
          </Panel>
        </form>
      )}
    </>
  );
}

/** How the batch was destroyed: said once, written into the record of every line. */
function HowForm({ how, setHow }: { how: How; setHow: (how: How) => void }) {
  return (
    <div className="form-row" style={{ maxWidth: "60rem" }}>
      {HOW.map(({ name, label, sample }) => (
        <TextInput
          key={name}
          label={label}
          placeholder={sample}
          required
          value={how[name]}
          onChange={(e) => setHow({ ...how, [name]: e.currentTarget.value })}
        />
      ))}
    </div>
  );
}

function openColumns(without: ReadonlySet<number>, turn: (row: number) => void): readonly Column<Line>[] {
  return [
    {
      head: "Row",
      kind: "keep",
      cell: (l) => (
        <label>
          <input type="checkbox" checked={!without.has(l.row)} onChange={() => turn(l.row)} /> {l.row}
        </label>
      ),
    },
    { head: "As written", cell: (l) => <AsWritten of={l} /> },
    { head: "Class", cell: (l) => words(l.class), kind: "keep" },
    { head: "Open", cell: (l) => whole(left(l)), kind: "num" },
    {
      head: "Why it counts",
      cell: (l) => (l.data_bearing === "unknown" ? <Tag mood="warn">{l.data_why}</Tag> : l.data_why),
    },
  ];
}

/** One line of the batch. Maker and model stand on the line as they came; the serial number too, where it is one device with one. */
function recordOf(line: Line, how: How, place: string): object {
  const { verification, ...done } = how;
  const [serial] = line.quantity === 1 && line.serials.length === 1 ? line.serials : [];
  return {
    ...done,
    row: line.row,
    revision: "2",
    media: {
      type: words(line.class),
      manufacturer: "as on the line",
      model: line.withheld ? "words erased" : line.text.slice(0, 200),
      ...(serial === undefined ? {} : { serial }),
    },
    devices: left(line),
    method: "destroy",
    verification: { method: verification, result: "passed" },
    place,
  };
}

function Written({ of, consignment }: { of: Recorded; consignment: string }) {
  return (
    <div className="note good" role="status">
      {whole(of.devices)} devices recorded, {whole(of.open_devices)} still open.{" "}
      <ToConsignment id={consignment} />
      {of.findings.map((f) => (
        <div key={f.record}>{f.message}</div>
      ))}
    </div>
  );
}
