import type { StepRecord } from "../../ledger/index.ts";
import { useAskPages } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, words } from "../kit/show/figure-text.ts";
import { ToLot } from "../kit/show/go.tsx";
import { Site } from "../kit/show/named.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";

/** Steps on the books with what went in, what came out, and whether it closes. */
export function Steps() {
  const pages = useAskPages("prepare/steps", { limit: 15 });
  return (
    <Panel title="Steps">
      <PagedTable
        pages={pages}
        caption="steps"
        keyOf={(s) => s.step}
        empty="No step was recorded yet."
        columns={[
          { head: "Step", cell: (s) => s.step, kind: "keep" },
          { head: "What", cell: (s) => words(s.kind), kind: "keep" },
          { head: "Where", cell: (s) => <Site id={s.site} />, kind: "keep" },
          { head: "When", cell: (s) => dateText(s.at), kind: "keep" },
          { head: "From", cell: (s) => <LotLinks lots={s.inputs} /> },
          { head: "To", cell: (s) => <LotLinks lots={s.outputs} /> },
          { head: "Lost", cell: (s) => <Mass mg={s.closure.mass.lost_mg} unit="kg" />, kind: "num" },
          { head: "Closes", cell: (s) => <Closes step={s} /> },
        ]}
      />
    </Panel>
  );
}

function LotLinks({ lots }: { lots: readonly { readonly lot: string }[] }) {
  return (
    <>
      {lots.map(({ lot }) => (
        <div key={lot} className="keep">
          <ToLot lot={lot} />
        </div>
      ))}
    </>
  );
}

export function Closes({ step }: { step: Pick<StepRecord, "closure" | "reversed"> }) {
  if (step.reversed) return <Tag>reversed</Tag>;
  return step.closure.closes ? <Tag mood="good">closes</Tag> : <Tag mood="bad">left open</Tag>;
}
