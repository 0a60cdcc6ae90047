import { Button } from "@mantine/core";
import { useState } from "react";
import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import type { LineIdentity } from "../../identify/index.ts";
import { decimals, words } from "../kit/show/figure-text.ts";
import { Tag } from "../kit/show/page.tsx";
import { type Column, Table } from "../kit/show/table.tsx";
import { sureText } from "./reading.ts";

/** More rows than this are not read by a person: the rest is behind the button. */
const SHOWN = 200;
const SURE = 0.9;
const HALF_SURE = 0.6;

/** "61 (24 to 130)": the mean and the 90 % interval, in grams. */
function gramsText(e: { best: number; lo90: number; hi90: number } | undefined): string {
  if (!e) return "";
  const places = e.best >= 100 ? 0 : e.best >= 1 ? 1 : 3;
  return `${decimals(e.best, places)} (${decimals(e.lo90, places)} to ${decimals(e.hi90, places)})`;
}

export function LinesTable(props: {
  lines: readonly LineIdentity[];
  first: readonly number[];
  onCorrect: (row: number) => void;
}) {
  const { lines, first, onCorrect } = props;
  const [byDoubt, setByDoubt] = useState(false);
  const [all, setAll] = useState(false);
  const doubted = new Set(first);
  const order = byDoubt
    ? [...first, ...lines.map((_, i) => i).filter((i) => !doubted.has(i))]
    : lines.map((_, i) => i);
  const rows = order.slice(0, all ? undefined : SHOWN).flatMap((at) => {
    const line = lines[at];
    return line ? [{ at, line }] : [];
  });
  return (
    <>
      <label className="small">
        <input type="checkbox" checked={byDoubt} onChange={(e) => setByDoubt(e.currentTarget.checked)} />{" "}
        least sure first
      </label>
      <Table
        caption="lines as they were read"
        rows={rows}
        keyOf={(row) => String(row.at)}
        columns={columnsOf(onCorrect)}
      />
      {rows.length < lines.length ? (
        <Button variant="default" size="compact-sm" onClick={() => setAll(true)}>
          Show all {lines.length}
        </Button>
      ) : null}
    </>
  );
}

interface Row {
  readonly at: number;
  readonly line: LineIdentity;
}

function columnsOf(onCorrect: (row: number) => void): readonly Column<Row>[] {
  return [
    { head: "Line", cell: ({ line }) => line.line.trim().slice(0, 120) || "(blank)" },
    { head: "Pieces", cell: ({ line }) => line.quantity, kind: "num" },
    {
      head: "Class",
      cell: ({ line }) => (
        <Tag mood={line.class === "unknown" || line.p < HALF_SURE ? "bad" : line.p < SURE ? "warn" : "good"}>
          {words(line.class)}
        </Tag>
      ),
      kind: "keep",
    },
    { head: "Sure", cell: ({ line }) => sureText(line.p), kind: "num" },
    ...MAGNET_ELEMENTS.map((element) => ({
      head: `${element}, g (90 %)`,
      cell: ({ line }: Row) => gramsText(line.elements_g[element]),
      kind: "num" as const,
    })),
    {
      head: "Evidence",
      cell: ({ line }) => (line.magnets.length > 0 ? line.evidence : ""),
      kind: "keep",
    },
    {
      head: "If it is wrong",
      cell: ({ line, at }) =>
        line.line.trim() === "" ? null : (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Correct line ${at + 1}`}
            onClick={() => onCorrect(at)}
          >
            Correct
          </Button>
        ),
    },
  ];
}
