import type { Unrestated } from "../../settle/index.ts";
import { Mass } from "../kit/show/figure.tsx";
import { ToStatement } from "../kit/show/go.tsx";
import { Table } from "../kit/show/table.tsx";

type Row = Unrestated & { readonly lot?: string };

/** What was agreed of a lot and the books could not restate, because the lot had been used by then. */
export function NotRestated({ of }: { of: readonly Row[] }) {
  if (of.length === 0) return null;
  const lots = of.some((row) => row.lot !== undefined);
  return (
    <>
      <h3>Settled, but not restated on the books</h3>
      <p className="small">
        The money and the oxide owed are as agreed. The lot had been used by then, so the books keep what they
        held of it; the difference stands here.
      </p>
      <Table
        caption="differences between what was agreed and what the books hold"
        rows={of}
        keyOf={(row) => `${row.lot ?? ""} ${row.element}`}
        columns={[
          ...(lots
            ? [
                {
                  head: "Lot",
                  cell: (row: Row) => <ToStatement lot={row.lot ?? ""} />,
                  kind: "keep" as const,
                },
              ]
            : []),
          { head: "Metal", cell: (row) => <strong>{row.element}</strong>, kind: "keep" },
          { head: "Agreed", cell: (row) => <Mass mg={row.agreed_mg} />, kind: "num" },
          { head: "On the books", cell: (row) => <Mass mg={row.booked_mg} />, kind: "num" },
          { head: "Difference", cell: (row) => <Mass mg={row.difference_mg} />, kind: "num" },
          { head: "Why", cell: (row) => <span className="small">{row.why}</span> },
        ]}
      />
    </>
  );
}
