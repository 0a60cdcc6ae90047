import { Button, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { RowRecord } from "../../intake/index.ts";
import { useAskAll, useCommand } from "../kit/client/hooks.ts";
import { Download } from "../kit/show/download.tsx";
import { Tag } from "../kit/show/page.tsx";
import { Answered, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { Gone } from "./as-written.tsx";
import { findingsFile } from "./findings-file.ts";

/** Rows with findings; a rejected one is settled here, or the lot of them is downloaded. */
export function Findings(props: { consignment: string; manifest: string; name: string }) {
  const { consignment, manifest, name } = props;
  const asked = useAskAll("intake/findings", { consignment, manifest });
  const [chosen, setChosen] = useState<number>();
  const may = useMay();
  return (
    <Answered asked={asked}>
      {(rows) => (
        <>
          <Table
            caption="findings by row and column"
            rows={rows}
            keyOf={(r) => r.id}
            columns={[
              { head: "Row", cell: (r) => r.row, kind: "num" },
              {
                head: "As it stands",
                cell: (r) =>
                  r.withheld ? <Gone of={r.withheld} /> : r.cells.filter((c) => c.trim() !== "").join(" · "),
              },
              { head: "What is wrong", cell: (r) => <Wrong of={r} /> },
              {
                head: "So",
                cell: (r) =>
                  r.state === "rejected" && may("intake/resolve-row") ? (
                    <button
                      type="button"
                      className="plain"
                      aria-label={`Settle row ${r.row}`}
                      aria-expanded={chosen === r.row}
                      onClick={() => setChosen(chosen === r.row ? undefined : r.row)}
                    >
                      Settle
                    </button>
                  ) : (
                    <Tag mood={r.state === "resolved" ? "good" : "mute"}>{r.state}</Tag>
                  ),
              },
            ]}
          />
          {chosen === undefined ? null : (
            <SettleRow
              key={chosen}
              consignment={consignment}
              manifest={manifest}
              row={chosen}
              close={() => setChosen(undefined)}
            />
          )}
          <p className="small no-print">
            <Download
              name={`${name.replace(/\.\w+$/, "")}-findings.csv`}
              type="text/csv"
              content={() => findingsFile(rows)}
            >
              Download these rows
            </Download>
          </p>
        </>
      )}
    </Answered>
  );
}

function Wrong({ of }: { of: RowRecord }) {
  return (
    <>
      {of.findings.map((f) => (
        <div key={`${f.column} ${f.code}`}>
          {f.column ? <strong>{f.column}: </strong> : null}
          {f.message}
        </div>
      ))}
      {of.resolution ? (
        <div className="dim">
          {of.resolution.line === undefined ? "Set aside" : `Line ${of.resolution.line}`}: {of.resolution.why}
        </div>
      ) : null}
    </>
  );
}

/** Says what a row is, which adds a line, or sets it aside; either way with the reason. */
function SettleRow(props: { consignment: string; manifest: string; row: number; close: () => void }) {
  const { consignment, manifest, row, close } = props;
  const [text, setText] = useState("");
  const [quantity, setQuantity] = useState<number | string>(1);
  const [why, setWhy] = useState("");
  const settle = useCommand("intake/resolve-row", { onDone: close });
  const device = text.trim() !== "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    settle.mutate({
      consignment,
      manifest,
      row,
      why,
      ...(device ? { text: text.trim(), quantity: Number(quantity) } : {}),
    });
  };
  return (
    <form
      onSubmit={send}
      className="form note"
      aria-label={`Settle row ${row}`}
      style={{ maxWidth: "52rem" }}
    >
      <div className="form-row">
        <TextInput
          label="What it is (empty: no device)"
          placeholder="WDC WD10EZEX 1TB 3.5 HDD"
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <NumberInput
          label="Pieces"
          min={1}
          max={100_000}
          value={quantity}
          onChange={setQuantity}
          disabled={!device}
        />
        <TextInput
          label="How you know"
          required
          placeholder="looked at on the floor"
          value={why}
          onChange={(e) => setWhy(e.currentTarget.value)}
        />
      </div>
      <div className="acts">
        <Button type="submit" loading={settle.isPending}>
          {device ? `Add row ${row} as a line` : `Set row ${row} aside`}
        </Button>
        <button type="button" className="plain" onClick={close}>
          Leave it
        </button>
      </div>
      <RefusedNote error={settle.error} />
    </form>
  );
}
