import { useState } from "react";
import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import type { Line } from "../../intake/index.ts";
import { useAskPages } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { decimals, whole, words } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { AsWritten } from "./as-written.tsx";

/** The lines of a consignment as they were identified. Unknown stays unknown, with its wide interval. */
export function Lines({ consignment }: { consignment: string }) {
  const [bearing, setBearing] = useState("");
  const may = useMay();
  const pages = useAskPages("intake/lines", {
    consignment,
    data_bearing: bearing || undefined,
    limit: 25,
  });
  return (
    <>
      <div className="filters">
        <Choose
          label="Can hold data"
          chosen={bearing}
          choose={setBearing}
          among={{ yes: "yes", unknown: "unknown", no: "no" }}
        />
      </div>
      <PagedTable
        pages={pages}
        caption="lines"
        keyOf={(l) => l.id}
        empty="No line is here; read a manifest."
        columns={[
          { head: "Row", cell: (l) => l.row, kind: "num" },
          { head: "As written", cell: (l) => <AsWritten of={l} /> },
          { head: "Class", cell: (l) => <ClassOf line={l} />, kind: "keep" },
          { head: "Pieces", cell: (l) => whole(l.quantity), kind: "num" },
          ...MAGNET_ELEMENTS.map((element) => ({
            head: `${element}, g`,
            kind: "num" as const,
            cell: (l: Line) => <Grams of={l.elements_g[element]} />,
          })),
          { head: "Data", cell: (l) => <DataOf line={l} /> },
          ...(may("intake/correct-line")
            ? [
                {
                  head: "Wrong?",
                  cell: (l: Line) => (
                    <Go
                      to="/do/intake/correct-line"
                      search={{ consignment, row: String(l.row), from: `/consignments/${consignment}` }}
                    >
                      Correct
                    </Go>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

function ClassOf({ line }: { line: Line }) {
  return (
    <>
      {words(line.class)}
      <div className="dim">
        p = {line.p.toFixed(2)}, evidence {line.evidence}
      </div>
    </>
  );
}

/** Best estimate above, the interval below: it is not symmetric, so it is not written with ±. */
function Grams({ of }: { of: { best: number; lo90: number; hi90: number } | undefined }) {
  if (!of) return <span className="dim">–</span>;
  const places = of.hi90 >= 100 ? 0 : of.hi90 >= 10 ? 1 : of.hi90 >= 0.1 ? 2 : 4;
  return (
    <>
      {decimals(of.best, places)}
      <div className="dim">
        {decimals(of.lo90, places)} to {decimals(of.hi90, places)}
      </div>
    </>
  );
}

function DataOf({ line }: { line: Line }) {
  if (line.data_bearing === "no") return <span className="dim">no</span>;
  const open = line.quantity - line.sanitized;
  if (open <= 0) return <Tag mood="good">sanitized</Tag>;
  return (
    <span title={line.data_why}>
      <Tag mood="warn">{line.data_bearing === "unknown" ? "unknown, held" : `${open} open`}</Tag>
    </span>
  );
}
