import { type BalanceRow, COLUMNS, type Figure } from "../../ledger/index.ts";
import { Mass, Sigmas } from "../kit/show/figure.tsx";
import { type MassUnit, unitFor } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Table, type Column as TableColumn } from "../kit/show/table.tsx";
import { type FigureOf, HEADS, sideName } from "./balance.ts";

/** One element: a row for each place, from what stood before to what stands at the end. */
export function BalanceTable(props: {
  rows: readonly BalanceRow[];
  chosen: FigureOf | undefined;
  choose: (figure: FigureOf | undefined) => void;
  /** The days whose books the stocks are; none where a period has no beginning or goes on to now. */
  days: { readonly before: string | undefined; readonly end: string | undefined };
}) {
  const { rows, chosen, choose, days } = props;
  const names = useNames();
  const largest = Math.max(
    ...rows.flatMap((r) => [r.opening, r.closing, r.in, r.out].map((f) => Math.abs(f.mg))),
  );
  const unit = unitFor(largest);
  const used = COLUMNS.filter((column) => rows.some((row) => row[column].mg !== 0));
  const middle: TableColumn<BalanceRow>[] = used.map((column) => ({
    head: `${HEADS[column]}, ${unit}`,
    kind: "num",
    cell: (row) => (
      <OpenFigure
        of={row[column]}
        unit={unit}
        doubt={column === "restated" || column === "unexplained"}
        name={`${HEADS[column]} at ${sideName(row.area, names)}`}
        chosen={chosen?.area === row.area && chosen.column === column}
        open={() => choose({ area: row.area, column })}
      />
    ),
  }));
  return (
    <Table
      caption="balance by place"
      rows={rows}
      keyOf={(row) => row.area}
      columns={[
        { head: "Place", cell: (row) => sideName(row.area, names), kind: "keep" },
        {
          head: `Before, ${unit}`,
          cell: (row) => <Stock of={row.opening} unit={unit} day={days.before} />,
          kind: "num",
        },
        ...middle,
        { head: "σ", cell: (row) => <HowFar row={row} />, kind: "num" },
        {
          head: `At the end, ${unit}`,
          cell: (row) => <Stock of={row.closing} unit={unit} day={days.end} />,
          kind: "num",
        },
      ]}
    />
  );
}

const Nothing = () => <span className="dim">–</span>;

function Stock({ of, unit, day }: { of: Figure; unit: MassUnit; day: string | undefined }) {
  if (of.mg === 0) return <Nothing />;
  const mass = <Mass mg={of.mg} sd={of.sd_mg} unit={unit} bare />;
  return (
    <Go to="/books" search={day === undefined ? {} : { day }}>
      {mass}
    </Go>
  );
}

function HowFar({ row }: { row: BalanceRow }) {
  if (row.unexplained.mg === 0) return <Nothing />;
  if (row.sigmas === undefined) return <span className="dim">no doubt stated</span>;
  return <Sigmas of={row.sigmas} within={row.within} />;
}

function OpenFigure(props: {
  of: Figure;
  unit: MassUnit;
  doubt: boolean;
  name: string;
  chosen: boolean;
  open: () => void;
}) {
  const { of, unit, doubt, name, chosen, open } = props;
  // A figure may be nothing although entries made it: what was found and what was missed then cancel.
  if (of.mg === 0 && of.sd_mg === 0) return <Nothing />;
  return (
    <button
      type="button"
      className="plain figure"
      aria-pressed={chosen}
      title={`${name}: its entries`}
      onClick={open}
    >
      <Mass mg={of.mg} sd={doubt ? of.sd_mg : undefined} unit={unit} bare />
    </button>
  );
}
