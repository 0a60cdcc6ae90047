import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { LotMoveProposed, LotStatements, Statement, StatementLine } from "../../settle/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { dateText, exactText, groupedText, sentence, timeText, words } from "../kit/show/figure-text.ts";
import { Formulas, Oxide } from "../kit/show/formula.tsx";
import { Go, ToLot, ToSample } from "../kit/show/go.tsx";
import { Party, useNames } from "../kit/show/named.tsx";
import { Facts, Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { NotRestated } from "./unrestated.tsx";

/** Lots whose names differ in the last letter alone are fewer than this. */
const NEAR = 500;

/** The statements of one lot as documents, the newest first. Each line opens its arithmetic. */
export function StatementPage() {
  const { lot = "" } = useParams({ strict: false }) as { lot?: string };
  // Statements are listed in the order of their lots: the list is entered just before this one.
  const asked = useAsk("settle/statements", {
    after: lot.slice(0, -1) || undefined,
    limit: NEAR,
  });
  return (
    <Page title={`Settlement of ${lot}`} actions={<Acts on="statement" id={lot} />}>
      <Answered asked={asked}>
        {({ items }) => {
          const found = items.find((s) => s.lot === lot);
          if (!found) return <Empty>{lot} was not settled yet.</Empty>;
          return (
            <>
              {found.move ? <MoveProposed of={found.move} /> : null}
              {[...found.issued].reverse().map((issued) => (
                <Document key={issued.statement.digest} of={issued} />
              ))}
            </>
          );
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

type Issued = LotStatements["issued"][number];

/** One party's word that the lot belongs under other terms; the other's moves it. */
function MoveProposed({ of }: { of: LotMoveProposed }) {
  const { lot, agreement, from, by, why } = of;
  return (
    <Panel title={agreement === from ? "Proposed: the terms in force now" : `Proposed: under ${agreement}`}>
      <p className="note warn">
        <Party id={by.party} /> proposed on {timeText(of.at)} that {lot} is settled under{" "}
        {agreement === from ? "the version now in force" : agreement}: {why}. Nothing moves until the other
        party asks for the same.
      </p>
      <p className="no-print">
        <Go to="/do/settle/move-lot" search={{ lot, agreement, from: `/settle/${lot}` }}>
          Agree to the move
        </Go>
      </p>
    </Panel>
  );
}

function Document({ of }: { of: Issued }) {
  const { statement, reversed, unrestated = [] } = of;
  const { revision, notes, supersedes } = statement;
  return (
    <Panel title={`Statement ${revision}`}>
      <Head of={of} />
      {supersedes ? <p className="note warn">Replaces an earlier statement: {supersedes.reason}</p> : null}
      {reversed ? (
        <p className="note warn">
          Moved from {reversed.agreement}: {exactText(reversed.amount_due, 2)} {reversed.currency} that was
          due there is due no more, and the oxide posted there is taken back.
        </p>
      ) : null}
      <NotRestated of={unrestated} />
      <Elements of={statement} />
      <LineByLine of={statement} />
      {notes.map((note) => (
        <p key={note} className="dim small">
          {note}
        </p>
      ))}
      <p className="mono dim">SHA-256 {statement.digest}</p>
    </Panel>
  );
}

const versionText = ({ agreement_version: version }: Statement): string =>
  version === undefined ? "" : `, version ${version}`;

/** What it is about, and who owes whom. */
function Head({ of }: { of: Issued }) {
  const { statement, at, sample, assays_released: released, received_on } = of;
  const { status, due, currency, parties } = statement;
  const names = useNames();
  const who = (side: string) => (side === "umpire" ? "the umpire" : names.party(parties[side as "supplier"]));
  return (
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
          ["Agreement", `${statement.agreement.title}${versionText(statement)}`],
          ...(received_on === undefined ? [] : [["Received", dateText(received_on)] as const]),
          ["Lot", <ToLot key="lot" lot={statement.lot} />],
          ["Sample", <ToSample key="sample" id={sample} />],
          ["Results", <Released key="results" of={released} />],
        ]}
      />
      <div className="due">
        {due.map((d) => (
          <p key={`${d.from} ${d.for}`}>
            <span className="big">
              {exactText(d.amount, 2)} {currency}
            </span>
            <br />
            <span className="dim">
              {who(d.from)} to {who(d.to)}, for {words(d.for)}
            </span>
          </p>
        ))}
        {due.length === 0 ? <p className="dim">No money is due.</p> : null}
      </div>
    </div>
  );
}

function LineByLine({ of: statement }: { of: Statement }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <h3>Line by line</h3>
      <p className="no-print">
        <button type="button" className="plain" onClick={() => setOpen(!open)}>
          {open ? "Close every line" : "Open the arithmetic of every line"}
        </button>{" "}
        <button type="button" className="plain" onClick={() => print()}>
          Print as it stands
        </button>
      </p>
      {partsOf(statement).map((part) => (
        <section key={part.title} className="ledger-part" aria-label={part.title}>
          <h4>{part.title}</h4>
          <ul className="ledger">
            {part.lines.map((line) => (
              <Line
                key={`${line.id} ${open}`}
                line={line}
                label={within(line.label, part.title)}
                all={statement.lines}
                open={open}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const STATUS: Readonly<Record<Statement["elements"][number]["status"], string>> = {
  split: "within the limit",
  final_by_terms: "final by the terms",
  umpire_due: "umpire due",
  umpire_applied: "by the umpire",
  other_conclusive: "the other assay stands",
  both_below: "neither found any",
};

function Elements({ of }: { of: Statement }) {
  return (
    <Table
      caption="what each element comes to"
      rows={of.elements}
      keyOf={(e) => e.element}
      columns={[
        { head: "Element", cell: (e) => <strong>{e.element}</strong>, kind: "keep" },
        { head: "Final assay", cell: (e) => `${exactText(e.final_pct, 4)} %`, kind: "num" },
        {
          head: "Assays",
          cell: (e) => (
            <Tag mood={e.status === "umpire_due" ? "warn" : "mute"}>
              {STATUS[e.status] ?? words(e.status)}
            </Tag>
          ),
        },
        { head: "To return", cell: (e) => (e.oxide ? <Oxide of={e.oxide} /> : "–"), kind: "keep" },
        {
          head: "Mass",
          cell: (e) => (e.oxide ? `${exactText(e.returnable_oxide_kg ?? "0", 3)} kg` : "–"),
          kind: "num",
        },
      ]}
    />
  );
}

/** "Nd: final assay" under the head Nd is "Final assay". */
const within = (label: string, title: string): string =>
  sentence(label.startsWith(title) ? label.slice(title.length).replace(/^:? +/, "") : label);

/** The lines as they stand, under the element they are about; before them the weight, after them what is due. */
function partsOf({ lines, elements }: Statement): { title: string; lines: StatementLine[] }[] {
  const parts: { title: string; lines: StatementLine[] }[] = [];
  for (const line of lines) {
    const about = elements.find((e) => line.id.startsWith(`${e.element}.`))?.element;
    const title =
      about ?? (parts.every((p) => p.title === "Weight") ? "Weight" : "All elements, and what is due");
    const last = parts.at(-1);
    if (last?.title === title) last.lines.push(line);
    else parts.push({ title, lines: [line] });
  }
  return parts;
}

const DRAWN = new Set(["charge", "rounding", "due"]);

/** One line; opened, it shows what it was worked out from. */
function Line(props: { line: StatementLine; label: string; all: readonly StatementLine[]; open: boolean }) {
  const { line, label, all, open } = props;
  const inputs = line.inputs.map((id) => all.find((l) => l.id === id)?.label ?? id);
  return (
    <li className={DRAWN.has(line.role) ? "drawn" : ""}>
      <details open={open}>
        <summary>
          <span>
            <Formulas in={label} />
          </span>
          <span className="figure">
            {groupedText(line.shown)} {line.unit === "decision" ? "" : line.unit}
          </span>
        </summary>
        <p className="mono">{line.arithmetic}</p>
        {inputs.length > 0 ? <p className="dim small">from {inputs.join("; ")}</p> : null}
        {line.value !== line.shown ? <p className="dim small mono">carried as {line.value}</p> : null}
      </details>
    </li>
  );
}
