import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { instant, mass, number } from "../format.ts";
import { Card, PageFrame, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";

interface Shipment {
  readonly shipment: string;
  readonly from: string;
  readonly to: string;
  readonly carrier: string;
  readonly at: string;
  readonly state: string;
  readonly bill_digest?: string;
  readonly lots: readonly { lot: string; mass_mg: { best: number } }[];
  readonly received?: {
    differences: readonly { lot: string; difference_mg: number; sigmas: number; within: boolean }[];
    findings: readonly string[];
  };
}
type Reading = { best: number; sd: number } | { below: number };
interface Sample {
  readonly sample: string;
  readonly lot: string;
  readonly at: string;
  readonly state: string;
  readonly waits_for: readonly string[];
  readonly reports: "sealed" | Record<string, { laboratory: string; mg_per_kg: Record<string, Reading> }>;
}

export function ShipPage() {
  return (
    <PageFrame title="Ship and assay" hint="Two firms' weights and two laboratories' results, side by side">
      <Card title="Shipments">
        <PagedTable<Shipment>
          path="ship/list"
          label="Shipments"
          empty="Nothing was shipped yet."
          keyOf={(s) => s.shipment}
          columns={[
            {
              name: "Bill of lading",
              cell: (s) =>
                s.bill_digest ? (
                  <Anchor href={`/api/documents/${s.bill_digest}`} target="_blank">
                    {s.shipment}
                  </Anchor>
                ) : (
                  s.shipment
                ),
            },
            { name: "From, to", cell: (s) => `${s.from} → ${s.to}` },
            { name: "Sent", cell: (s) => instant(s.at) },
            { name: "State", cell: (s) => <State state={s.state} /> },
            {
              name: "Lots",
              cell: (s) =>
                s.lots.map((l) => (
                  <Anchor key={l.lot} component={Link} to={`/lots/${l.lot}`}>
                    {l.lot}{" "}
                  </Anchor>
                )),
            },
            {
              name: "Sent mass",
              number: true,
              cell: (s) => mass(s.lots.reduce((sum, l) => sum + l.mass_mg.best, 0)),
            },
            {
              name: "Receiver less sender",
              number: true,
              cell: (s) =>
                s.received?.differences
                  .map((d) => `${mass(d.difference_mg)} (${number(d.sigmas, 1)} sigma)`)
                  .join("; ") ?? "on the way",
            },
            { name: "Findings", cell: (s) => s.received?.findings.join("; ") || "none" },
          ]}
        />
      </Card>
      <Card title="Samples">
        <PagedTable<Sample>
          path="assay/list"
          label="Samples"
          empty="No sample was taken yet."
          keyOf={(s) => s.sample}
          columns={[
            { name: "Sample", cell: (s) => s.sample },
            {
              name: "Lot",
              cell: (s) => (
                <Anchor component={Link} to={`/lots/${s.lot}`}>
                  {s.lot}
                </Anchor>
              ),
            },
            { name: "Taken", cell: (s) => instant(s.at) },
            { name: "State", cell: (s) => <State state={s.state} /> },
            ...["Nd", "Pr", "Dy"].map((element) => ({
              name: `${element}, wt %: supplier | processor`,
              number: true,
              cell: (s: Sample) => both(s, element),
            })),
          ]}
        />
      </Card>
    </PageFrame>
  );
}

function both(sample: Sample, element: string): string {
  if (sample.reports === "sealed") return "sealed until both have reported";
  const { reports } = sample;
  const say = (side: string) => {
    const reading = reports[side]?.mg_per_kg[element];
    if (!reading) return "not reported";
    return "below" in reading
      ? `<${number(reading.below / 1e4, 4)}`
      : `${number(reading.best / 1e4, 3)} ± ${number((1.645 * reading.sd) / 1e4, 3)}`;
  };
  return `${say("supplier")} | ${say("processor")}`;
}
