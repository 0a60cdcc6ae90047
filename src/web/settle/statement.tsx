import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { LotStatements, Statement, StatementLine } from "../../settle/index.ts";
import { Acts } from "../act/do.tsx";
import type { Page as ApiPage } from "../api/client.ts";
import { useAsk } from "../api/hooks.ts";
import { exactText, timeText, words } from "../show/figure-text.ts";
import { ToLot, ToSample } from "../show/go.tsx";
import { Facts, Page, Panel, Tag } from "../show/page.tsx";
import { Answered, Empty } from "../show/states.tsx";

/** Lots whose names differ in the last letter alone are fewer than this. */
const NEAR = 500;

/** The statements of one lot as documents, the newest first. Each line opens its arithmetic. */
export function StatementPage() {
  const { lot = "" } = useParams({ strict: false }) as { lot?: string };
  // Statements are listed in the order of their lots: the list is entered just before this one.
  const asked = useAsk<ApiPage<LotStatements>>("settle/statements", {
    after: lot.slice(0, -1) || undefined,
    limit: NEAR,
  });
  return (
    <Page title={`Settlement of ${lot}`} actions={<Acts on="statement" id={lot} />}>
      <Answered asked={asked}>
        {({ items }) => {
          const found = items.find((s) => s.lot === lot);
          if (!found) return <Empty>{lot} was not settled yet.</Empty>;
          return [...found.issued]
            .reverse()
            .map((issued) => (
              <Document
                key={issued.statement.digest}
                statement={issued.statement}
                at={issued.at}
                sample={issued.sample}
                released={issued.assays_released}
              />
            ));
        }}
      </Answered>
    </Page>
  );
}

/** Whether a second person had released the results when the statement was made; older statements do not say. */
function Released({ of }: { of: LotStatements["issued"][number]["assays_released"] }) {
  if (!of) return <span className="dim">whether they were released was not kept</span>;
  const not = Object.entries(of).flatMap(([side, released]) => (released ? [] : [side]));
  if (not.length === 0) return <Tag mood="good">released</Tag>;
  return (
    <>
      <Tag mood="warn">not released</Tag> when this was made: {not.join(", ")}
    </>
  );
}

function Document(props: {
  statement: Statement;
  at: string;
  sample: string;
  released: LotStatements["issued"][number]["assays_released"];
}) {
  const { statement, at, sample, released } = props;
  const [open, setOpen] = useState(false);
  const { status, revision, lines, due, currency, notes, supersedes } = statement;
  return (
    <Panel title={`Statement ${revision}`}>
      <div className="columns">
        <Facts
          of={[
            [
              "State",
              <Tag key="state" mood={status === "final" ? "good" : "warn"}>
                {status}
              </Tag>,
            ],
            ["Issued", timeText(at)],
            ["Agreement", statement.agreement.title],
            ["Lot", <ToLot key="lot" lot={statement.lot} />],
            ["Sample", <ToSample key="sample" id={sample} />],
            ["Results", <Released key="results" of={released} />],
          ]}
        />
        <div>
          {due.map((d) => (
            <p key={`${d.from} ${d.for}`} style={{ margin: 0 }}>
              <span className="big">
                {exactText(d.amount, 2)} {currency}
              </span>
              <br />
              <span className="dim">
                {d.from} to {d.to}, for {words(d.for)}
              </span>
            </p>
          ))}
          {due.length === 0 ? <p className="dim">No money is due.</p> : null}
        </div>
      </div>
      {supersedes ? <p className="note warn">Replaces an earlier statement: {supersedes.reason}</p> : null}
      <Elements of={statement} />
      <h3>Line by line</h3>
      <p className="no-print">
        <button type="button" className="plain" onClick={() => setOpen(!open)}>
          {open ? "Close every line" : "Open the arithmetic of every line"}
        </button>{" "}
        <button type="button" className="plain" onClick={() => print()}>
          Print as it stands
        </button>
      </p>
      <ul className="ledger">
        {lines.map((line) => (
          <Line key={`${line.id} ${open}`} line={line} all={lines} open={open} />
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="dim small">
          {note}
        </p>
      ))}
      <p className="mono dim">SHA-256 {statement.digest}</p>
    </Panel>
  );
}

function Elements({ of }: { of: Statement }) {
  return (
    <ul className="list">
      {of.elements.map((e) => (
        <li key={e.element}>
          <strong>{e.element}</strong> {exactText(e.final_pct, 4)} %{" "}
          <Tag mood={e.status === "umpire_due" ? "warn" : "mute"}>{words(e.status)}</Tag>
          {e.oxide ? ` ${exactText(e.returnable_oxide_kg ?? "0", 3)} kg ${e.oxide} to return` : ""}
        </li>
      ))}
    </ul>
  );
}

const DRAWN = new Set(["charge", "rounding", "due"]);

/** One line; opened, it shows what it was worked out from. */
function Line(props: { line: StatementLine; all: readonly StatementLine[]; open: boolean }) {
  const { line, all, open } = props;
  const inputs = line.inputs.map((id) => all.find((l) => l.id === id)?.label ?? id);
  return (
    <li className={DRAWN.has(line.role) ? "drawn" : ""}>
      <details open={open}>
        <summary>
          <span>{line.label}</span>
          <span className="figure">
            {line.shown} {line.unit === "decision" ? "" : line.unit}
          </span>
        </summary>
        <p className="mono">{line.arithmetic}</p>
        {inputs.length > 0 ? <p className="dim small">from {inputs.join("; ")}</p> : null}
        {line.value !== line.shown ? <p className="dim small mono">carried as {line.value}</p> : null}
      </details>
    </li>
  );
}
