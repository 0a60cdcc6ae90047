import type { Answer } from "../kit/client/contract.ts";
import { MassIfAny } from "../kit/show/figure.tsx";
import { dateText, timeText } from "../kit/show/figure-text.ts";
import { Formulas } from "../kit/show/formula.tsx";
import { ToLot } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Facts, Panel } from "../kit/show/page.tsx";
import { Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { Released } from "./released.tsx";

type Shown = Extract<Answer<"assay/show">, { readonly purpose: "product" }>;

/** A sample of a product: what was taken of which lot, and what the laboratory found in it. */
export function ProductSample({ of }: { of: Shown }) {
  const names = useNames();
  return (
    <>
      <div className="columns">
        <Panel title="Sampling" says="Of a product, for its certificate of analysis.">
          <Facts
            of={[
              ["Lot", <ToLot key="lot" lot={of.lot} />],
              ["Taken", timeText(of.at)],
              ["How", `${of.method}; ${of.increments_count} increments`],
              ["Witnessed by", of.witnessed_by.map(names.party).join(", ") || "nobody"],
            ]}
          />
        </Panel>
        <Panel title="Portions">
          <Table
            caption="portions"
            rows={of.portions}
            keyOf={(p) => p.side}
            columns={[
              {
                head: "For",
                cell: (p) => (p.side === "product" ? "the laboratory" : "kept"),
                kind: "keep",
              },
              { head: "Seal", cell: (p) => p.seal ?? "none", kind: "keep" },
              { head: "Mass", cell: (p) => <MassIfAny mg={p.mass_mg ?? 0} />, kind: "num" },
            ]}
          />
        </Panel>
      </div>
      {of.composite.length > 0 ? (
        <Panel title="Composite" says="What was taken of each lot.">
          <Table
            caption="parts of the composite"
            rows={of.composite}
            keyOf={(part) => part.lot}
            columns={[
              { head: "Lot", cell: (part) => <ToLot lot={part.lot} />, kind: "keep" },
              { head: "Drums", cell: (part) => part.drums.join(", ") },
              { head: "Increments", cell: (part) => part.increments_count, kind: "num" },
            ]}
          />
        </Panel>
      ) : null}
      <Found of={of} />
    </>
  );
}

function Found({ of }: { of: Shown }) {
  const names = useNames();
  const report = of.reports.product;
  if (!report)
    return (
      <Panel title="Results">
        <Empty>The laboratory has not reported yet.</Empty>
      </Panel>
    );
  return (
    <Panel title="Results" says="A certificate of analysis is made of released results only.">
      <p>
        {names.party(report.laboratory)}, {report.method}; analysed {dateText(report.analysed_on)}, reported{" "}
        {timeText(report.at)}
        {report.corrects ? `; replaces an earlier report: ${report.corrects}` : ""}{" "}
        <Released of={of.released?.product} />
      </p>
      <Table
        caption="results by analyte"
        rows={report.results}
        keyOf={(r) => r.analyte}
        columns={[
          { head: "Analyte", cell: (r) => <Formulas in={r.analyte} /> },
          { head: "mg/kg", cell: (r) => r.mg_per_kg, kind: "num" },
          { head: "Standard uncertainty", cell: (r) => r.u ?? "", kind: "num" },
        ]}
      />
    </Panel>
  );
}
