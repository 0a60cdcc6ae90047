import { TAKINGS, type TakenBy, type TakingKind } from "../../ledger/index.ts";
import { Mass } from "../kit/show/figure.tsx";
import { Go, ToOrder, ToPassport } from "../kit/show/go.tsx";
import { Panel } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";

type Takable = Exclude<TakingKind, "delivered">;

export interface WithTakings {
  readonly taken: Readonly<Record<TakingKind, TakenBy>>;
  readonly free_mg: Readonly<Record<Takable, number>>;
}

const BY: Readonly<Record<TakingKind, (id: string) => React.ReactNode>> = {
  claimed: (id) => <ToPassport id={id} />,
  returned: (id) => <Go to="/settle">{id}</Go>,
  promised: (id) => <ToOrder id={id} />,
  delivered: (id) => id,
};

/** What each gram of a lot was taken for, each once in each way, and what is left to take. */
export function TakenOf({ of }: { of: WithTakings }) {
  const rows = TAKINGS.flatMap((taking) =>
    Object.entries(of.taken[taking]).map(([by, mg]) => ({ taking, by, mg })),
  );
  if (rows.length === 0) return null;
  return (
    <Panel
      title="Taken of it"
      says="Each gram is claimed, returned, promised and delivered once, wherever its lot is divided to."
    >
      <Table
        caption="takings"
        rows={rows}
        keyOf={(r) => `${r.taking} ${r.by}`}
        columns={[
          { head: "Taken", cell: (r) => r.taking, kind: "keep" },
          { head: "By", cell: (r) => BY[r.taking](r.by) },
          { head: "Mass", cell: (r) => <Mass mg={r.mg} />, kind: "num" },
          {
            head: "Left to take",
            cell: (r) => (r.taking === "delivered" ? "–" : <Mass mg={of.free_mg[r.taking]} />),
            kind: "num",
          },
        ]}
      />
    </Panel>
  );
}
