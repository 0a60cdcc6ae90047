import { useAskPages } from "../kit/client/hooks.ts";
import { Actor } from "../kit/show/actor.tsx";
import { Mass, Sigmas } from "../kit/show/figure.tsx";
import { timeText, words } from "../kit/show/figure-text.ts";
import { Go, ToLot, ToShipment } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Panel } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { type FigureOf, HEADS, sideName } from "./balance.ts";

interface Line {
  readonly seq: number;
  readonly time: string;
  readonly kind: string;
  readonly actor: { readonly role: string; readonly party: string; readonly verified: boolean };
  readonly from: string;
  readonly to: string;
  readonly lot?: string;
  readonly step?: string;
  readonly shipment?: string;
  readonly mg: number;
  readonly sd_mg: number;
  readonly sigmas?: number;
}

/** The entries that make one figure; their amounts add up to it. */
export function Behind(props: {
  figure: FigureOf;
  element: string;
  period: { from: string | undefined; to: string | undefined; owner: string | undefined };
  close: () => void;
}) {
  const { figure, element, period, close } = props;
  const names = useNames();
  const pages = useAskPages("ledger/balance-entries", { ...period, ...figure, element, limit: 50 });
  return (
    <Panel
      title={`Behind the figure: ${HEADS[figure.column].toLowerCase()} at ${sideName(figure.area, names)}`}
    >
      <PagedTable
        pages={pages}
        caption="entries behind the figure"
        keyOf={(line) => `${line.seq} ${line.from} ${line.to} ${line.lot ?? ""}`}
        empty="No entry moved any of it."
        columns={[
          {
            head: "Entry",
            kind: "num",
            cell: (line) => (
              <Go to="/books" search={{ entry: String(line.seq) }}>
                {String(line.seq)}
              </Go>
            ),
          },
          { head: "When", cell: (line) => timeText(line.time), kind: "keep" },
          { head: "What", cell: (line) => words(line.kind), kind: "keep" },
          { head: "Of", cell: (line) => <Subject of={line} />, kind: "keep" },
          { head: "From", cell: (line) => sideName(line.from, names), kind: "keep" },
          { head: "To", cell: (line) => sideName(line.to, names), kind: "keep" },
          { head: "Amount", cell: (line) => <Mass mg={line.mg} sd={line.sd_mg} />, kind: "num" },
          {
            head: "σ",
            kind: "num",
            cell: ({ sigmas }) => (sigmas === undefined ? "" : <Sigmas of={sigmas} within={sigmas <= 3} />),
          },
          { head: "Who", cell: (line) => <Actor of={line.actor} />, kind: "keep" },
        ]}
      />
      <button type="button" className="plain" onClick={close}>
        Close
      </button>
    </Panel>
  );
}

function Subject({ of }: { of: Line }) {
  if (of.lot) return <ToLot lot={of.lot} />;
  if (of.shipment) return <ToShipment id={of.shipment} />;
  return of.step ?? "";
}
